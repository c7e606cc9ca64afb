// Recorders of a producer: added by its owner, in by a code that works once, out at once.
import { expect } from 'chai';
import jsQrModule from 'jsqr';
import sharp from 'sharp';
import { testApp } from '../support/app.ts';
import type { Client, TestApp } from '../support/app.ts';
import { badInputs, expectRefused } from '../support/bad-input.ts';
import { aBrowser, aPerson, aSignedInBrowser, passTime } from '../support/factories.accounts.ts';
import { aBatch, newStepJson } from '../support/factories.batches.ts';
import type { Farm } from '../support/factories.batches.ts';
import type { Batch } from '../../src/batches/batches.types.ts';
import { anAdmin, anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import { formOf, wordsOf } from '../support/forms.ts';

// Its types describe an ES module, the package is CommonJS.
const jsQr = jsQrModule as unknown as typeof jsQrModule.default;

/** What a decoder reads in a picture of the page. */
const decodeSvg = async (svg: string): Promise<string> => {
  const picture = sharp(
    Buffer.from(svg.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg" width="500" height="500"')),
  );
  const { data, info } = await picture.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return jsQr(new Uint8ClampedArray(data), info.width, info.height)?.data ?? '';
};

type Json = Record<string, unknown>;

describe('recorders', () => {
  let app: TestApp;
  let farm: Farm & { batch: Batch };

  before(async () => {
    app = await testApp();
    farm = await aBatch(app);
  });
  after(() => app.close());
  beforeEach(async () => {
    await app.db.collection('limits').deleteMany({});
  });

  const aRecorder = (parts: Json = {}): Json => ({ id: uuidv7(), name: 'Bàn Thị Ghi', agreed: true, ...parts });
  const membersPath = () => `/api/v1/producers/${farm.producer.id}/members`;
  const owner = () => app.as(farm.owner);
  const added = async (): Promise<string> => {
    const answer = await owner().post(membersPath(), aRecorder());
    expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
    return String(answer.body['id']);
  };
  const codeFor = async (memberId: string, parts: Json = {}): Promise<string> =>
    String((await owner().post(`/api/v1/members/${memberId}/codes`, parts)).body['code']);
  const join = (code: string) => app.as(undefined).post('/api/v1/join', { code });
  const withToken = async (code: string): Promise<{ authorization: string }> => ({
    authorization: `Bearer ${String((await join(code)).body['accessToken'])}`,
  });
  const record = (headers: Record<string, string>) =>
    app.as(undefined).post(`/api/v1/batches/${farm.batch.id}/steps`, newStepJson(), headers);

  it('join with a code, record work at once, and do none of the owner’s deeds', async () => {
    const memberId = await added();
    const headers = await withToken(await codeFor(memberId));
    const stranger = app.as(undefined);

    const step = await record(headers);
    const run = { id: uuidv7(), quantity: 1 };
    const refused = [
      await stranger.post(`/api/v1/batches/${farm.batch.id}/label-runs`, run, headers),
      await stranger.post(membersPath(), aRecorder(), headers),
      await stranger.get(membersPath(), headers),
      await stranger.post(`/api/v1/members/${memberId}/codes`, {}, headers),
    ];
    const me = await stranger.get('/api/v1/me', headers);

    expect(step.status, JSON.stringify(step.body)).to.equal(201);
    expect(refused.map(({ status }) => status)).to.deep.equal([403, 403, 403, 403]);
    expect(me.body['roles']).to.deep.equal([{ kind: 'recorder', producerId: farm.producer.id }]);
    expect(me.body['name']).to.equal('Bàn Thị Ghi');
  });

  it('find their code used up by the first phone, with words that say so', async () => {
    const code = await codeFor(await added());

    const answers = await Promise.all(Array.from({ length: 6 }, () => join(code)));
    const page = await aBrowser(app).get(`/join/${code}`);

    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 401, 401, 401, 401, 401]);
    const late = answers.find(({ status }) => status === 401);
    expect(late?.body['type']).to.equal('/problems/join-code-used');
    expect([page.status, wordsOf(page.text).includes('Mã này đã dùng rồi')]).to.deep.equal([401, true]);
  });

  it('see whose records a code opens before they press; looking does not use it up', async () => {
    const code = await codeFor(await added());
    const phone = aBrowser(app);

    const looks = [await phone.get(`/join/${code}`), await phone.get(`/join/${code}`)];
    const read = await app.as(undefined).get(`/api/v1/join/${code}`);
    const pressed = await phone.post(`/join/${code}`);
    const home = await phone.get('/app');
    const me = await phone.get('/app/me');

    expect(read.body).to.deep.equal({ memberName: 'Bàn Thị Ghi', producerName: 'Hợp tác xã Nương Mẫu' });
    expect(looks.map(({ status }) => status)).to.deep.equal([200, 200]);
    expect(wordsOf(looks[0]?.text ?? ''))
      .to.contain('Hợp tác xã Nương Mẫu')
      .and.contain('Bàn Thị Ghi');
    expect(looks[0]?.headers.get('cache-control')).to.equal('no-store');
    expect([pressed.status, pressed.location]).to.deep.equal([303, '/app']);
    expect(home.status).to.equal(200);
    expect(me.text).to.not.contain('/app/members');
  });

  it('type a code as they read it, and hear of one that is wrong', async () => {
    const code = await codeFor(await added());
    const phone = aBrowser(app);
    const spelled = `${code.slice(0, 5)}-${code.slice(5)}`.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l');

    const typed = await phone.post('/join', { code: ` ${spelled} ` });
    const short = await phone.post('/join', { code: '7K3M9' });
    const wrong = await join('0000000000');

    expect([typed.status, typed.location]).to.deep.equal([303, `/join/${code}`]);
    expect(short.status).to.equal(422);
    expect(formOf(short.text, 'join').fields['code']).to.equal('7K3M9');
    expect([wrong.status, wrong.body['type']]).to.deep.equal([401, '/problems/join-code-over']);
  });

  it('have fifteen minutes, and only the code that was made last', async () => {
    const memberId = await added();
    const first = await codeFor(memberId);
    const second = await codeFor(memberId);
    const [replaced] = [await join(first)];

    passTime(app, 15 * 60);
    const late = await join(second);

    expect([replaced.status, late.status]).to.deep.equal([401, 401]);
    expect(late.body['type']).to.equal('/problems/join-code-over');
  });

  it('can’t be guessed at: wrong codes of one address are limited', async () => {
    for (let n = 0; n < 30; n += 1) await join('ZZZZZZZZZZ');

    const over = await join('ZZZZZZZZZZ');

    expect(over.status).to.equal(429);
  });

  it('are out at the next request once they are revoked, on every phone, and their codes with them', async () => {
    const memberId = await added();
    const [one, other] = [await withToken(await codeFor(memberId)), await withToken(await codeFor(memberId))];
    const waiting = await codeFor(memberId);
    const before = (await record(one)).status;

    const revoked = await owner().post(`/api/v1/members/${memberId}/revocation`, {});
    const after = [await record(one), await record(other)];
    const late = await join(waiting);
    const again = await owner().post(`/api/v1/members/${memberId}/codes`, {});

    expect(before).to.equal(201);
    expect(revoked.body).to.include({ id: memberId }).and.have.property('revokedAt').that.is.a('string');
    expect(revoked.body['devices']).to.deep.equal([]);
    expect(after.map(({ status, body }) => [status, body['type']])).to.deep.equal([
      [401, '/problems/session-ended'],
      [401, '/problems/session-ended'],
    ]);
    expect(late.status).to.equal(401);
    expect([again.status, again.body['type']]).to.deep.equal([409, '/problems/member-revoked']);
  });

  it('get a new phone: the old one stays, or goes when the owner says so', async () => {
    const memberId = await added();
    const old = await withToken(await codeFor(memberId));
    const kept = await withToken(await codeFor(memberId));
    const both = await owner().get(`/api/v1/members/${memberId}`);

    const only = await withToken(await codeFor(memberId, { endsOthers: true }));

    expect(both.body['devices']).to.have.lengthOf(2);
    const statuses = [];
    for (const headers of [old, kept, only]) statuses.push((await record(headers)).status);
    expect(statuses).to.deep.equal([401, 401, 201]);
  });

  it('lose one phone and keep the other', async () => {
    const memberId = await added();
    const [lost, kept] = [await withToken(await codeFor(memberId)), await withToken(await codeFor(memberId))];
    const { body } = await owner().get(`/api/v1/members/${memberId}`);
    const [first] = (body['devices'] as { id: string; joinedAt: string }[]).sort((a, b) => (a.id < b.id ? -1 : 1));

    const ended = await owner().post(`/api/v1/members/${memberId}/devices/${first?.id ?? ''}/end`, {});

    expect(ended.status).to.equal(204);
    expect([(await record(lost)).status, (await record(kept)).status]).to.deep.equal([401, 201]);
  });

  it('stay in for a season: four months of rest, eight in all', async () => {
    const memberId = await added();
    const answer = await join(await codeFor(memberId));

    const month = 30 * 86_400;
    passTime(app, 3 * month);
    const refreshed = await app
      .as(undefined)
      .post('/api/v1/sign-in/refresh', { refreshToken: answer.body['refreshToken'] });
    passTime(app, 5 * month);
    const rested = await app
      .as(undefined)
      .post('/api/v1/sign-in/refresh', { refreshToken: refreshed.body['refreshToken'] });
    app.setNow('2026-09-04T09:41:00+07:00');

    expect([refreshed.status, rested.status]).to.deep.equal([200, 401]);
  });

  it('are renamed, which the log notes without the name', async () => {
    const memberId = await added();

    const body = Buffer.from(JSON.stringify({ name: 'Bàn Thị Mới' }));
    const answer = await owner().put(`/api/v1/members/${memberId}/name`, body, 'application/json');

    expect(answer.body['name']).to.equal('Bàn Thị Mới');
    const notes = await app.db.collection('auditLog').find({ recordId: memberId }).toArray();
    expect(notes.map(({ what }) => what as string)).to.include('recorder-renamed');
    expect(JSON.stringify(notes)).to.not.contain('Bàn Thị');
  });

  it('added twice are one; an id of somebody else is refused and gives no power', async () => {
    const sent = aRecorder();
    const [first, second] = [await owner().post(membersPath(), sent), await owner().post(membersPath(), sent)];
    const other = await owner().post(membersPath(), { ...sent, name: 'Khác' });
    await app.as(farm.officer).get('/api/v1/me');
    const stolen = await owner().post(membersPath(), aRecorder({ id: farm.officer.userId }));
    const ofOfficer = await app.as(farm.officer).get('/api/v1/me');

    expect([first.status, second.status, other.status]).to.deep.equal([201, 201, 409]);
    expect(stolen.status).to.equal(409);
    expect(stolen.body).to.not.have.any.keys('existing', 'sent');
    expect(JSON.stringify(ofOfficer.body['roles'])).to.not.contain('producer');
  });

  it('are the owner’s alone: strangers find nothing, officers and administrators may not', async () => {
    const memberId = await added();
    const callers: [string, Client, number][] = [
      ['officer of the province', app.as(farm.officer), 403],
      ['officer of another province', app.as(anOfficer('01')), 404],
      ['administrator', app.as(anAdmin()), 404],
      ['owner of another producer', app.as(aProducerUser(uuidv7())), 404],
      ['nobody', app.as(undefined), 401],
    ];

    const found = [];
    for (const [who, client, expected] of callers) {
      const path = `/api/v1/members/${memberId}`;
      const statuses = [
        (await client.get(membersPath())).status,
        (await client.post(membersPath(), aRecorder())).status,
        (await client.get(path)).status,
        (await client.post(`${path}/codes`, {})).status,
        (await client.post(`${path}/revocation`, {})).status,
        (await client.post(`${path}/devices/${uuidv7()}/end`, {})).status,
        (await client.put(`${path}/name`, Buffer.from('{"name":"x"}'), 'application/json')).status,
      ];
      found.push([who, ...statuses.filter((status) => status !== expected)]);
    }

    expect(found).to.deep.equal(callers.map(([who]) => [who]));
  });

  it('store no code, and no phone number but for the owner', async () => {
    const sent = aRecorder({ phone: '0912 000 111' });
    await owner().post(membersPath(), sent);
    const code = await codeFor(String(sent['id']));

    const stored = JSON.stringify(await app.db.collection('joinCodes').find().toArray());
    const list = await owner().get(membersPath());

    expect(stored).to.not.contain(code);
    expect(JSON.stringify(list.body)).to.contain('0912000111');
  });

  describe('on the owner’s pages', () => {
    it('are added with a code to scan; the password is asked for when it was not shown lately, and the rest is kept', async () => {
      const roles = [{ kind: 'producer' as const, producerId: farm.producer.id }];
      const person = await aPerson(app, { roles });
      const browser = await aSignedInBrowser(app, person);
      passTime(app, 13 * 3600);
      const blank = formOf((await browser.get('/app/members/new')).text, 'new-member');
      const typed = { ...blank.fields, name: 'Lò Văn Ghi', phone: '0912 000 222', agreed: 'on' };

      const without = await browser.post(blank.action, typed);
      const wrong = await browser.post(blank.action, { ...typed, password: 'không phải mật khẩu' });
      const right = await browser.post(blank.action, { ...typed, password: person.password });
      const list = await browser.get('/app/members');
      app.setNow('2026-09-04T09:41:00+07:00');

      expect([without.status, wrong.status, right.status]).to.deep.equal([422, 422, 200]);
      expect(formOf(without.text, 'new-member').fields).to.include({ name: 'Lò Văn Ghi', phone: '0912 000 222' });
      expect(wrong.text).to.not.contain('không phải mật khẩu');
      expect(right.text)
        .to.match(/data-test="code">[0-9A-Z]{5}-[0-9A-Z]{5}</)
        .and.contain('<svg viewBox="0 0 ');
      expect(wordsOf(list.text)).to.contain('Lò Văn Ghi').and.contain('Chưa vào bằng máy nào');
    });

    it('show a code that a decoder reads as the address to join, which lets one phone in', async () => {
      const form = formOf((await owner().page('/app/members/new')).text, 'new-member');
      const made = await owner().postForm(form.action, { ...form.fields, name: 'Lò Văn Quét', agreed: 'on' });
      const read = await decodeSvg(/<svg viewBox="0 0 [\s\S]*?<\/svg>/.exec(made.text)?.[0] ?? '');
      const code = /data-test="code">([^<]+)</.exec(made.text)?.[1]?.replace('-', '') ?? '';
      const { origin, pathname } = new URL(read);
      const [phone, late] = [aBrowser(app), aBrowser(app)];

      const joined = await phone.post(pathname);
      const home = await phone.get('/app');
      const looked = await late.get(pathname);
      const pressed = await late.post(pathname);

      expect([origin, pathname]).to.deep.equal([app.deps.baseUrl, `/join/${code}`]);
      expect([joined.status, home.status]).to.deep.equal([303, 200]);
      expect([looked.status, pressed.status]).to.deep.equal([401, 401]);
      expect(wordsOf(pressed.text)).to.contain('Mã này đã dùng rồi');
      expect(late.cookies.size).to.equal(0);
    });

    it('tell a browser that was put out why it has to sign in, for a page and for a form', async () => {
      const memberId = await added();
      const [reader, writer] = [aBrowser(app), aBrowser(app)];
      for (const phone of [reader, writer]) await phone.post(`/join/${await codeFor(memberId)}`);
      await owner().post(`/api/v1/members/${memberId}/revocation`, {});

      const read = await reader.get('/app');
      const sent = await writer.post(`/app/batches/${farm.batch.id}/steps`, { id: uuidv7(), kind: 'water' });
      const page = await reader.get(read.location ?? '');
      const stranger = await aBrowser(app).get('/sign-in?next=%2Fapp');

      expect([read.status, read.location]).to.deep.equal([303, '/sign-in?next=%2Fapp&ended=1']);
      expect([sent.status, sent.location]).to.deep.equal([303, '/sign-in?ended=1']);
      expect(wordsOf(page.text)).to.contain('Phiên trên máy này đã kết thúc hoặc bị thu hồi.');
      expect(stranger.text).to.not.contain('data-test="session-over"');
    });

    it('are shown with their phones, and revoked with one button', async () => {
      const memberId = await added();
      await withToken(await codeFor(memberId));
      const page = await owner().page(`/app/members/${memberId}`);
      const revoke = formOf(page.text, 'revoke');

      const pressed = await owner().postForm(revoke.action, revoke.fields);
      const after = await owner().page(`/app/members/${memberId}`);

      expect(page.text).to.contain('data-test="device"');
      expect(pressed.status).to.equal(303);
      expect(wordsOf(after.text)).to.contain('Thu hồi ngày 04/09/2026');
      expect(after.text).to.not.contain('data-test="device"').and.not.contain('data-test="new-code"');
    });
  });

  describe('bad input', () => {
    const table = [
      ...badInputs(() => ({ id: uuidv7(), name: 'Bàn Thị Ghi', agreed: true }), 'name'),
      { what: 'no word on personal data', body: aRecorder({ agreed: false }), status: 422, pointer: '/agreed' },
      { what: 'roles', body: aRecorder({ roles: [{ kind: 'admin' }] }), status: 422, pointer: '/roles' },
      { what: 'a phone number of letters', body: aRecorder({ phone: 'số nhà' }), status: 422, pointer: '/phone' },
    ];
    for (const bad of table)
      it(`refuses ${bad.what} with ${bad.status}`, () => expectRefused(owner(), membersPath(), bad));
  });
});
