import { expect } from 'chai';
import { auditOf } from '../../src/audit/audit.ts';
import { storeProof } from '../../src/accounts/sessions.model.ts';
import { testApp } from '../support/app.ts';
import type { ApiAnswer, TestApp } from '../support/app.ts';
import { formOf, wordsOf } from '../support/forms.ts';
import { aHalfSignedInBrowser, aPerson, passTime } from '../support/factories.accounts.ts';
import type { Person } from '../support/factories.accounts.ts';
import { uuidv7 } from '../support/factories.ts';
import { totpCode } from '../support/totp.ts';

const hours = 3600;
const aCode = /^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/;

describe('the second factor', () => {
  let app: TestApp;

  before(async () => {
    app = await testApp();
  });

  after(() => app.close());

  type Session = { get(path: string): Promise<ApiAnswer>; post(path: string, json?: unknown): Promise<ApiAnswer> };
  const signIn = async ({ login, password }: Person): Promise<Session> => {
    const answer = await app.as(undefined).post('/api/v1/sign-in', { login, password });
    const headers = { authorization: `Bearer ${String(answer.body['accessToken'])}` };
    return {
      get: (path) => app.as(undefined).get(`/api/v1${path}`, headers),
      post: (path, json = {}) => app.as(undefined).post(`/api/v1${path}`, json, headers),
    };
  };
  const anOfficer = () => aPerson(app, { roles: [{ kind: 'province-officer', provinceCode: '19' }] });
  const codeNow = (secret: string) => totpCode(secret, app.deps.clock());
  const prove = (session: Session, code: string) => session.post('/me/proofs/second-factor', { code });
  const statuses = (answers: ApiAnswer[]) => answers.map(({ status }) => status);
  const enrol = async (person: Person) => {
    const session = await signIn(person);
    const secret = String((await session.post('/me/second-factor/totp')).body['secret']);
    const confirmed = await session.post('/me/second-factor/totp/confirmation', { code: codeNow(secret) });
    return { session, secret, codes: confirmed.body['recoveryCodes'] as string[], confirmed };
  };

  describe('of an official', () => {
    it('is needed before anything else: the password alone opens nothing', async () => {
      for (const roles of [[{ kind: 'admin' } as const], [{ kind: 'province-officer', provinceCode: '19' } as const]]) {
        const session = await signIn(await aPerson(app, { roles }));

        const answers = [await session.get('/me'), await session.get('/users'), await session.get('/me/sessions')];

        expect(statuses(answers)).to.deep.equal([403, 403, 403]);
        expect(answers[0]?.body['type']).to.equal('/problems/second-factor-needed');
      }
    });

    it('is taken in at the first sign-in, with ten recovery codes, and opens the session', async () => {
      const officer = await anOfficer();

      const { session, codes, confirmed } = await enrol(officer);

      expect(confirmed.status).to.equal(200);
      expect(codes).to.have.lengthOf(10);
      for (const code of codes) expect(code).to.match(aCode);
      expect((await session.get('/me')).status).to.equal(200);
      expect((await session.get('/me/second-factor')).body).to.deep.equal({ hasTotp: true, recoveryLeft: 10 });
      expect((await auditOf(app.db, officer.id)).map(({ what }) => what)).to.include('second-factor-added');
    });

    it('is asked for at every sign-in after that, and a code counts once', async () => {
      const officer = await anOfficer();
      const { secret } = await enrol(officer);
      const [one, two] = [await signIn(officer), await signIn(officer)];

      const replayed = await prove(one, codeNow(secret));
      passTime(app, 30);
      const code = codeNow(secret);
      const both = await Promise.all([prove(one, code), prove(two, code)]);

      expect(replayed.status, 'the code of the enrolment').to.equal(422);
      expect(statuses(both).sort(), 'one code, two sessions').to.deep.equal([204, 422]);
    });

    it('takes a code of half a minute ago or ahead, and none of a minute ago', async () => {
      const officer = await anOfficer();
      const { secret } = await enrol(officer);
      const at = (seconds: number) => totpCode(secret, new Date(app.deps.clock().getTime() + seconds * 1000));
      const session = await signIn(officer);

      passTime(app, 300);
      const answers = [await prove(session, at(-60)), await prove(session, at(60)), await prove(session, at(-30))];
      const [now, ahead, back] = [
        await prove(session, at(0)),
        await prove(session, at(30)),
        await prove(session, at(0)),
      ];

      expect(statuses(answers)).to.deep.equal([422, 422, 204]);
      expect(statuses([now, ahead, back]), 'never an earlier step again').to.deep.equal([204, 204, 422]);
    });

    it('lets the app be changed only by whoever shows the present one', async () => {
      const officer = await anOfficer();
      const { secret } = await enrol(officer);
      const thief = await signIn(officer);

      const begun = await thief.post('/me/second-factor/totp');
      passTime(app, 60);
      await prove(thief, codeNow(secret));
      const begunAfter = await thief.post('/me/second-factor/totp');

      expect([begun.status, begun.body['type']]).to.deep.equal([403, '/problems/second-factor-needed']);
      expect(begunAfter.status).to.equal(201);
    });

    it('can’t be guessed: after ten wrong codes the right one has to wait too', async () => {
      const officer = await anOfficer();
      const { secret } = await enrol(officer);
      const session = await signIn(officer);
      passTime(app, 60);
      const right = codeNow(secret);
      const wrong = right === '123456' ? '654321' : '123456';
      for (let time = 0; time < 10; time += 1) await prove(session, wrong);

      const stopped = await prove(session, right);
      passTime(app, 15 * 60 + 1);

      expect(stopped.status).to.equal(429);
      expect((await prove(await signIn(officer), codeNow(secret))).status).to.equal(204);
    });

    it('refuses what is no code, and nothing of it reaches the store as a query', async () => {
      const { session } = await enrol(await anOfficer());
      const sent = [
        {},
        { code: '' },
        { code: 123456 },
        { code: { $ne: '' } },
        { code: '12345' },
        { code: 'x'.repeat(101) },
      ];

      const answers = [];
      for (const json of sent) answers.push(await session.post('/me/proofs/second-factor', json));

      expect(statuses(answers)).to.deep.equal(sent.map(() => 422));
    });
  });

  it('of more than 12 hours ago decides on no certificate and no producer', async () => {
    const { session, secret } = await enrol(await anOfficer());
    const decisions = [`/certificates/${uuidv7()}/decisions`, `/producers/${uuidv7()}/approvals`];
    const decide = async () => [await session.post(decisions[0] ?? ''), await session.post(decisions[1] ?? '')];
    const id = String(((await session.get('/me/sessions')).body['items'] as { id: string }[])[0]?.id);
    const longAgo = new Date(app.deps.clock().getTime() - 13 * hours * 1000);

    const fresh = await decide();
    await storeProof(app.db, id, { secondFactorAt: longAgo });
    const old = await decide();
    passTime(app, 60);
    await prove(session, codeNow(secret));
    const again = await decide();

    expect(statuses([...fresh, ...again])).to.deep.equal([422, 422, 422, 422]);
    expect(old.map(({ body }) => body['type'])).to.deep.equal(Array(2).fill('/problems/second-factor-needed'));
  });

  describe('a recovery code', () => {
    it('stands for the app once, however it is typed, and is noted', async () => {
      const officer = await anOfficer();
      const { codes } = await enrol(officer);
      const [first = '', second = ''] = codes;

      const answers = [
        await prove(await signIn(officer), first),
        await prove(await signIn(officer), first),
        await prove(await signIn(officer), ` ${second.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o')}`),
      ];
      const session = await signIn(officer);
      await prove(session, codes[2] ?? '');

      expect(statuses(answers)).to.deep.equal([204, 422, 204]);
      expect((await session.get('/me/second-factor')).body['recoveryLeft']).to.equal(7);
      const uses = (await auditOf(app.db, officer.id)).filter(({ what }) => what === 'recovery-code-used');
      expect(uses).to.have.lengthOf(3);
    });

    it('is out when new ones are made', async () => {
      const officer = await anOfficer();
      const { session, codes } = await enrol(officer);

      const renewed = await session.post('/me/second-factor/recovery-codes');
      const old = await prove(await signIn(officer), codes[0] ?? '');
      const fresh = await prove(await signIn(officer), (renewed.body['recoveryCodes'] as string[])[0] ?? '');

      expect([renewed.status, old.status, fresh.status]).to.deep.equal([201, 422, 204]);
    });

    it('and the app’s secret are nowhere in the store as they are', async () => {
      const { secret, codes } = await enrol(await anOfficer());

      const stored = JSON.stringify(await app.db.collection('secondFactors').find().toArray());

      expect(stored).to.not.include(secret);
      for (const code of codes) expect(stored).to.not.include(code).and.not.include(code.replaceAll('-', ''));
    });
  });

  it('is free for producers’ people, and asked for once they have one', async () => {
    const lan = await aPerson(app);
    const before = (await (await signIn(lan)).get('/me')).status;
    await enrol(lan);

    const after = (await (await signIn(lan)).get('/me')).status;

    expect([before, after]).to.deep.equal([200, 403]);
  });

  it('that was begun again elsewhere is confirmed by the last secret only', async () => {
    const officer = await anOfficer();
    const session = await signIn(officer);
    const first = String((await session.post('/me/second-factor/totp')).body['secret']);
    const second = String((await session.post('/me/second-factor/totp')).body['secret']);

    const none = await (
      await signIn(await anOfficer())
    ).post('/me/second-factor/totp/confirmation', { code: '123456' });
    const wrong = await session.post('/me/second-factor/totp/confirmation', { code: codeNow(first) });
    const right = await session.post('/me/second-factor/totp/confirmation', { code: codeNow(second) });

    expect(statuses([none, wrong, right])).to.deep.equal([409, 422, 200]);
  });

  describe('on the pages', () => {
    it('is asked of an official before the page that was asked for, taken in by QR or text, and leads there', async () => {
      const browser = await aHalfSignedInBrowser(app, await aPerson(app, { roles: [{ kind: 'admin' }] }));

      const asked = await browser.get('/admin');
      const none = await browser.get(asked.location ?? '');
      const begin = formOf(none.text, 'second-factor-begin');
      const shown = await browser.post(begin.action, begin.fields);
      const secret = wordsOf(/data-test="totp-secret">([^<]+)</.exec(shown.text)?.[1] ?? '');
      const confirm = formOf(shown.text, 'second-factor-confirm');
      const wrong = await browser.post(confirm.action, { ...confirm.fields, code: '12345' });
      const done = await browser.post(confirm.action, { ...confirm.fields, code: codeNow(secret) });

      expect(asked.location).to.equal('/second-factor?next=%2Fadmin');
      expect(shown.text).to.include('src="data:image/png;base64,');
      expect(wrong.status).to.equal(422);
      expect(wrong.text, 'the same secret again').to.include(/data-test="totp-secret">([^<]+)</.exec(shown.text)?.[1]);
      expect(done.status).to.equal(200);
      expect(done.headers.get('cache-control')).to.equal('no-store');
      expect([...done.text.matchAll(/<li class="ma">/g)]).to.have.lengthOf(10);
      expect(done.text).to.include('href="/admin"');
      expect((await browser.get('/admin')).status).to.equal(200);
    });

    it('is asked for at the next sign-in, leads on with the right code and nowhere outside', async () => {
      const admin = await aPerson(app, { roles: [{ kind: 'admin' }] });
      const { secret } = await enrol(admin);
      const browser = await aHalfSignedInBrowser(app, admin);
      passTime(app, 60);

      const page = await browser.get('/second-factor?next=https%3A%2F%2Fevil.example');
      const wrong = await browser.post('/second-factor', { code: '000', next: '/admin/imports' });
      const right = await browser.post('/second-factor', { code: codeNow(secret), next: '/admin/imports' });

      expect(formOf(page.text, 'second-factor').fields).to.deep.equal({ next: '', code: '' });
      expect(wrong.status).to.equal(422);
      expect(formOf(wrong.text, 'second-factor').fields['next']).to.equal('/admin/imports');
      expect([right.status, right.location]).to.deep.equal([303, '/admin/imports']);
    });

    it('that is older than 12 hours is asked for again in the middle of a deed, and nothing typed is lost', async () => {
      const admin = await aPerson(app, { roles: [{ kind: 'admin' }] });
      const { secret } = await enrol(admin);
      const browser = await aHalfSignedInBrowser(app, admin);
      passTime(app, 60);
      await browser.post('/second-factor', { code: codeNow(secret) });
      passTime(app, 13 * hours);
      const page = await browser.post('/second-factor/recovery-codes', { typed: 'Giữ lại "nguyên" văn', 'a.b': '1' });
      const again = formOf(page.text, 'prove');

      const wrong = await browser.post(again.action, { ...again.fields, 'proof.code': '000000' });
      const kept = formOf(wrong.text, 'prove');
      const done = await browser.post(kept.action, { ...kept.fields, 'proof.code': codeNow(secret) });

      expect(page.status).to.equal(403);
      expect(again.fields).to.deep.equal({ typed: 'Giữ lại "nguyên" văn', 'a.b': '1', 'proof.code': '' });
      expect(wrong.status).to.equal(403);
      expect(wordsOf(wrong.text)).to.include('Mã không đúng');
      expect(kept.fields).to.deep.equal(again.fields);
      expect(done.status).to.equal(200);
      expect(done.text).to.include('data-test="recovery-codes"');
    });
  });
});
