// What a person may ask: everything that is held about them, and to be erased, also from a store that was restored from before.
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { userModel } from '../../src/accounts/accounts.model.ts';
import { sessionModel } from '../../src/accounts/sessions.model.ts';
import type { Actor } from '../../src/actor.ts';
import { applyErasures } from '../../src/files/erasures.ts';
import { fileModel } from '../../src/files/files.store.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aBrowser, aPerson } from '../support/factories.accounts.ts';
import { aBatch, aFarm, aStep } from '../support/factories.batches.ts';
import type { Farm } from '../support/factories.batches.ts';
import { anAdmin, aProducerUser, uuidv7 } from '../support/factories.ts';
import { newSignUpJson } from '../support/factories.producers.ts';
import { aJpeg } from '../support/pictures.ts';

const sure = (parts: Record<string, unknown> = {}) => ({ id: uuidv7(), sure: true, ...parts });

describe('one’s own data', function () {
  this.timeout(60_000);
  let app: TestApp;
  let farm: Farm;
  before(async () => {
    app = await testApp();
    farm = await aFarm(app);
  });
  after(() => app.close());

  /** A recorder with one step that has a note and a photo. */
  const aRecorder = async (colour: string) => {
    const person = aProducerUser(farm.producer.id, 'Đặng Văn Ghi');
    const { batch } = await aBatch(app, { farm });
    const bytes = await aJpeg({ colour });
    const hash = createHash('sha256').update(bytes).digest('hex');
    const note = 'Nhờ anh Bảy phun hộ.';
    const step = await aStep(app, person, batch.id, { note, photoHashes: [hash] });
    const stepId = String(step['id']);
    await app.as(person).put(`/api/v1/steps/${stepId}/photos/${hash}`, bytes, 'image/jpeg');
    return { person, batchId: batch.id, stepId, hash };
  };
  const userOf = ({ userId }: Actor) => userModel(app.db).findById(userId).lean();

  it('comes whole as one JSON file: account, sessions, organisation, what one recorded with its notes, and no secret', async () => {
    const { person, stepId } = await aRecorder('#112233');
    await userModel(app.db).updateOne({ _id: person.userId }, { $set: { passwordHash: 'argon-secret' } });

    const { status, bytes, headers } = await app.as(person).bytes('/api/v1/me/data');

    const text = Buffer.from(bytes).toString('utf8');
    const data = JSON.parse(text) as Record<string, never>;
    expect(status).to.equal(200);
    expect(headers.get('content-disposition')).to.include('attachment');
    expect(headers.get('cache-control')).to.equal('no-store');
    expect(data['account']).to.include({ id: person.userId, name: 'Đặng Văn Ghi', hasPassword: true });
    expect(data['sessions']).to.have.length(1);
    expect(data['producers']).to.have.nested.property('[0].id', farm.producer.id);
    expect(data['steps']).to.have.length(1);
    expect(data['steps']).to.have.nested.property('[0].id', stepId);
    expect(data['steps']).to.have.nested.property('[0].note', 'Nhờ anh Bảy phun hộ.');
    expect(data['auditLog']).to.be.an('array');
    expect(text).to.not.include('argon-secret');
  });

  it('names every collection in which a person’s id stands, so that a new one is not forgotten', async () => {
    const { person } = await aRecorder('#998877');
    const data = JSON.parse(
      Buffer.from((await app.as(person).bytes('/api/v1/me/data')).bytes).toString('utf8'),
    ) as object;

    const naming = Object.values(app.db.models)
      .filter((model) => ['byUserId', 'actorId', 'userId'].some((field) => model.schema.path(field) !== undefined))
      .map((model) => model.collection.name)
      .filter((name) => !['sessions', 'signInLinks'].includes(name));

    expect(Object.keys(data)).to.include.members(naming);
  });

  it('is another person’s business for nobody', async () => {
    const { person, stepId } = await aRecorder('#556677');
    const other = aProducerUser(uuidv7());

    const theirs = Buffer.from((await app.as(other).bytes('/api/v1/me/data')).bytes).toString('utf8');
    const erasing = await app.as(other).post(`/api/v1/users/${person.userId}/erasure`, sure());

    expect(theirs).to.not.include(stepId).and.to.not.include(person.userId);
    expect(erasing.status).to.equal(403);
    expect((await userOf(person))?.name).to.equal('Đặng Văn Ghi');
  });

  it('goes when it is asked for: no name, no login, no session; the entry stays and says since when', async () => {
    const { person, batchId, stepId, hash } = await aRecorder('#abcdef');
    const before = await app.as(farm.owner).page(`/app/batches/${batchId}`);

    const answer = await app.as(person).post('/api/v1/me/erasure', sure());
    const later = await app.as(person).get('/api/v1/me');
    const journal = await app.as(farm.owner).get(`/api/v1/batches/${batchId}/steps`);

    expect(before.status).to.equal(200);
    expect(answer.status).to.equal(200);
    expect(later.status).to.equal(401);
    const stored = await userOf(person);
    expect(stored).to.deep.include({ name: 'đã xoá theo yêu cầu ngày 04/09/2026', roles: [] });
    expect(JSON.stringify(stored)).to.not.match(/Đặng|example\.vn|argon/);
    expect(await sessionModel(app.db).countDocuments({ userId: person.userId })).to.equal(0);
    expect(JSON.stringify(journal.body)).to.include(stepId).and.to.include('anh Bảy').and.to.include(hash);
  });

  it('takes notes and photos along when that is asked for', async () => {
    const { person, batchId, stepId, hash } = await aRecorder('#fedcba');

    await app.as(person).post('/api/v1/me/erasure', sure({ withContents: true }));
    const journal = JSON.stringify((await app.as(farm.owner).get(`/api/v1/batches/${batchId}/steps`)).body);

    expect(journal).to.include(stepId).and.to.not.include('anh Bảy');
    const file = await fileModel(app.db).findOne({ receivedSha256: hash }).lean();
    expect(file?.erasedAt).to.be.instanceOf(Date);
  });

  it('goes again after a restore that brought the person back', async () => {
    const { person } = await aRecorder('#0f0f0f');
    const backup = await userOf(person);
    await app.as(person).post('/api/v1/me/erasure', sure());

    await userModel(app.db).replaceOne({ _id: person.userId }, backup!);
    await applyErasures(app.db);

    expect((await userOf(person))?.name).to.equal('đã xoá theo yêu cầu ngày 04/09/2026');
  });

  it('takes the phone number of a recorder and the name on an application with it, also after a restore', async () => {
    const member = { id: uuidv7(), name: 'Lò Thị Đi', phone: '0912000333', agreed: true };
    const sent = newSignUpJson({ representative: 'Lò Thị Đi' });
    await app.as(farm.owner).post(`/api/v1/producers/${farm.producer.id}/members`, member);
    await app.as(farm.owner).post(`/api/v1/members/${member.id}/codes`, {});
    await app.as(undefined).post('/api/v1/sign-ups', sent);
    const [members, producers] = [app.db.collection('members'), app.db.collection('producers')];
    const byId = { _id: member.id } as never;
    const applied = { _id: sent['id'] } as never;
    const [member0, applied0] = [await members.findOne(byId), await producers.findOne(applied)];
    const [admin, userId] = [anAdmin(), (applied0?.['signUp'] as { userId: string }).userId];
    await app.as(anAdmin()).get('/api/v1/me');

    const answers = [
      await app.as(admin).post(`/api/v1/users/${member.id}/erasure`, sure()),
      await app.as(admin).post(`/api/v1/users/${userId}/erasure`, sure()),
    ];
    const erased = [await members.findOne(byId), await producers.findOne(applied)];
    const codes = await app.db.collection('joinCodes').countDocuments({ memberId: member.id });
    await members.replaceOne(byId, member0!);
    await producers.replaceOne(applied, applied0!);
    await applyErasures(app.db);
    const again = [await members.findOne(byId), await producers.findOne(applied)];

    expect([member0?.['phone'], applied0?.['signUp']]).to.have.nested.property('[1].representative', 'Lò Thị Đi');
    expect(member0?.['phone']).to.equal('0912000333');
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200]);
    expect(codes).to.equal(0);
    for (const [ofMember, ofProducer] of [erased, again]) {
      expect(ofMember).to.include({ phone: '' }).and.have.property('revokedAt').that.is.instanceOf(Date);
      expect(ofProducer).to.have.nested.property('signUp.representative', 'đã xoá theo yêu cầu ngày 04/09/2026');
      expect(JSON.stringify([ofMember, ofProducer]))
        .to.not.include('Lò Thị Đi')
        .and.not.include('0912000333');
    }
  });

  it('is erased once, however often it is asked for, and an administrator can do it for somebody who asks', async () => {
    const { person } = await aRecorder('#00ff00');
    const path = `/api/v1/users/${person.userId}/erasure`;
    const admin = anAdmin();
    await app.as(anAdmin()).get('/api/v1/me');

    const first = await app.as(admin).post(path, sure());
    const second = await app.as(admin).post(path, sure());

    expect(first.status).to.equal(200);
    expect(second.status).to.equal(404);
  });

  it('of the only administrator stays until there is another', async () => {
    const alone = await testApp();
    const admin = anAdmin();

    const refused = await alone.as(admin).post('/api/v1/me/erasure', sure());
    const other = anAdmin();
    await alone.as(other).get('/api/v1/me');
    const done = await alone.as(admin).post('/api/v1/me/erasure', sure());

    expect([refused.status, refused.body['type']]).to.deep.equal([409, '/problems/last-admin']);
    expect(done.status).to.equal(200);
    await alone.close();
  });

  it('of two administrators who make each other or themselves go at once leaves one', async () => {
    const alone = await testApp();
    try {
      for (const isEachOther of [true, false]) {
        await userModel(alone.db).deleteMany({});
        const admins = [anAdmin(), anAdmin()];
        for (const admin of admins) await alone.as(admin).get('/api/v1/me');

        const answers = await Promise.all(
          admins.map((admin, at) => {
            const whom = admins[isEachOther ? 1 - at : at]?.userId ?? '';
            return alone.as(admin).post(`/api/v1/users/${whom}/erasure`, sure());
          }),
        );

        const left = await userModel(alone.db).countDocuments({ 'roles.kind': 'admin' });
        expect(left, JSON.stringify(answers.map(({ status }) => status))).to.be.at.least(1);
        // A refusal leaves nothing behind: once one of them stays, the other may go.
        const [stays, goes] = [anAdmin(), await userModel(alone.db).findOne({ 'roles.kind': 'admin' }).lean()];
        await alone.as(stays).get('/api/v1/me');
        const later = await alone.as(stays).post(`/api/v1/users/${goes?._id ?? ''}/erasure`, sure());
        expect(later.status).to.equal(200);
      }
    } finally {
      await alone.close();
    }
  });

  it('takes along whatever any collection keeps under the person’s id', async () => {
    const { person } = await aRecorder('#0a0b0c');
    const keeping = Object.values(app.db.models)
      .filter((model) => model.schema.path('userId') !== undefined)
      .map((model) => model.collection.name)
      // What officials agreed on is append-only and names nobody: of the person an opaque id stays.
      .filter((name) => name !== 'factorRenewals');
    for (const name of keeping)
      await app.db.collection<{ _id: string }>(name).insertOne({ _id: uuidv7(), userId: person.userId } as never);

    const answer = await app.as(person).post('/api/v1/me/erasure', sure());

    expect(answer.status).to.equal(200);
    expect(keeping).to.include.members(['sessions', 'signInLinks']);
    for (const name of keeping)
      expect(await app.db.collection(name).countDocuments({ userId: person.userId }), name).to.equal(0);
  });

  for (const [what, parts] of [
    ['no tick', { sure: false }],
    ['a tick that is a text', { sure: 'on' }],
    ['somebody else’s id', { userId: uuidv7() }],
    ['an operator', { id: { $gt: '' } }],
  ] as const) {
    it(`stays when the request has ${what}`, async () => {
      const person = aProducerUser(farm.producer.id, 'Người Ở Lại');

      const answer = await app.as(person).post('/api/v1/me/erasure', sure(parts));

      expect(answer.status).to.equal(422);
      expect((await userOf(person))?.name).to.equal('Người Ở Lại');
    });
  }

  it('is taken and erased on a page without script, which keeps what was ticked and signs the browser out', async () => {
    const person = await aPerson(app, { name: 'Người Trên Trang' });
    const browser = aBrowser(app);
    await browser.post('/sign-in', { login: person.login, password: person.password });
    const page = await browser.get('/my-data');
    const id = /name="id" value="([^"]+)"/.exec(page.text)?.[1] ?? '';

    const kept = await browser.post('/my-data/erasure', { id, withContents: 'on' });
    const done = await browser.post('/my-data/erasure', { id, withContents: 'on', sure: 'on' });
    const after = await browser.get('/app');

    expect(page.text).to.include('href="/api/v1/me/data"');
    expect(kept.status).to.equal(422);
    expect(kept.text).to.match(/name="withContents" value="on" checked/);
    expect(done.location).to.equal('/privacy?erased=1');
    expect((await browser.get('/privacy?erased=1')).text)
      .to.include('data-test="erased"')
      .and.include('Đã xoá bạn khỏi sổ');
    expect((await browser.get('/privacy')).text).to.not.include('data-test="erased"');
    expect(after.location).to.match(/^\/sign-in/);
    expect((await browser.post('/sign-in', { login: person.login, password: person.password })).status).to.equal(401);
  });
});
