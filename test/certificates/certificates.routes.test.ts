import { expect } from 'chai';
import type { Actor } from '../../src/actor.ts';
import { certificatesOfProducts, starVerdictOf } from '../../src/certificates/certificates.service.ts';
import { testApp } from '../support/app.ts';
import type { ApiAnswer, TestApp } from '../support/app.ts';
import { badInputs, expectRefused } from '../support/bad-input.ts';
import { newCertificateJson, newDecisionJson } from '../support/factories.certificates.ts';
import { anAdmin, anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import { aProductOwner, anEnteredCertificate, sendDecision } from '../support/factories.stored-certificates.ts';
import type { ProductOwner } from '../support/factories.stored-certificates.ts';

type Json = Record<string, unknown>;

const pointers = (answer: ApiAnswer): string[] =>
  ((answer.body['errors'] ?? []) as { pointer: string }[]).map((one) => one.pointer);

describe('Certificates in the API', () => {
  let app: TestApp;
  let na: ProductOwner;
  const stranger = aProducerUser(uuidv7());
  const foreignOfficer = anOfficer('04');

  const certificatesPath = (): string => `/api/v1/products/${na.product.id}/certificates`;
  const stateOn = async (day: string): Promise<string> => {
    const { certificates, decisions } = await certificatesOfProducts(app.db, [na.product.id]);
    return starVerdictOf(certificates, decisions, day).state;
  };
  const countAll = async (actor: Actor): Promise<number> => {
    const answer = await app.as(actor).get(`${certificatesPath()}?limit=100`);
    return (answer.body['items'] as unknown[]).length;
  };

  before(async () => {
    app = await testApp();
  });
  after(() => app.close());
  beforeEach(async () => {
    na = await aProductOwner(app);
  });

  describe('entering one', () => {
    it('keeps what an owner declares exactly as on the paper, and gives no star for it', async () => {
      const sent = newCertificateJson({ number: '83 - 829-28780 - 3-2022', scopeText: '9,4 ha na dai' });

      const answer = await app.as(na.owner).post(certificatesPath(), sent);

      expect(answer.status).to.equal(201);
      expect(answer.headers.get('location')).to.equal(`/api/v1/certificates/${String(sent['id'])}`);
      expect(answer.body).to.deep.include({ ...sent, enteredByOfficer: false, standing: 'waiting', decisions: [] });
      expect(await stateOn('2026-09-04')).to.equal('declared');
    });

    it('takes a paper without number, decision, date and stars', async () => {
      const { id, type, issuerLevel, issuerName } = newCertificateJson();

      const answer = await app.as(na.owner).post(certificatesPath(), { id, type, issuerLevel, issuerName });

      expect(answer.status).to.equal(201);
      expect(answer.body).to.include({ number: '', decisionNumber: '' }).and.not.have.any.keys('issuedOn', 'stars');
    });

    it('counts at once when the officer of the province enters it', async () => {
      const answer = await app.as(na.officer).post(certificatesPath(), newCertificateJson());

      expect(answer.status).to.equal(201);
      expect(answer.body).to.include({ enteredByOfficer: true, standing: 'verified' });
      expect(await stateOn('2026-09-04')).to.equal('valid');
    });

    it('lets an owner declare 5 stars of the ministry, which no province officer may enter', async () => {
      const five = { stars: 5, issuerLevel: 'ministry', issuerName: 'Bộ Nông nghiệp và Môi trường' };

      const declared = await app.as(na.owner).post(certificatesPath(), newCertificateJson(five));
      const entered = await app.as(na.officer).post(certificatesPath(), newCertificateJson(five));

      expect(declared.status).to.equal(201);
      expect(entered.status).to.equal(409);
      expect(entered.body['type']).to.equal('/problems/stars-beyond-power');
    });

    it('is for the people of the producer and the officers of its province only', async () => {
      const statuses = await Promise.all(
        [undefined, stranger, foreignOfficer, anAdmin()].map(async (actor) => {
          const answer = await app.as(actor).post(certificatesPath(), newCertificateJson());
          return answer.status;
        }),
      );

      expect(statuses).to.deep.equal([401, 404, 404, 404]);
      expect(await countAll(na.owner)).to.equal(0);
    });

    it('gives the same record for the same request, also twice at once, and refuses other content under its id', async () => {
      const sent = newCertificateJson();

      const answers = await Promise.all([1, 2, 3].map(() => app.as(na.owner).post(certificatesPath(), sent)));
      const other = await app.as(na.owner).post(certificatesPath(), { ...sent, stars: 3 });

      expect(answers.map((one) => one.status)).to.deep.equal([201, 201, 201]);
      expect(other.status).to.equal(409);
      expect((other.body['existing'] as Json)['stars']).to.equal(4);
      expect((other.body['sent'] as Json)['stars']).to.equal(3);
      expect(await countAll(na.owner)).to.equal(1);
    });

    it('shows nothing of another producer whose certificate has this id', async () => {
      const theirs = await aProductOwner(app);
      const sent = newCertificateJson({ number: 'BÍ MẬT' });
      await anEnteredCertificate(app, theirs.owner, theirs.product.id, sent);

      const answer = await app.as(na.owner).post(certificatesPath(), { ...sent, number: 'khác' });

      expect(answer.status).to.equal(409);
      expect(JSON.stringify(answer.body)).to.not.contain('BÍ MẬT');
    });

    const wrong: [string, Json, string][] = [
      ['2 stars', { stars: 2 }, '/stars'],
      ['6 stars', { stars: 6 }, '/stars'],
      ['half a star', { stars: 3.5 }, '/stars'],
      ['stars on a VietGAP certificate', { type: 'vietgap' }, '/stars'],
      ['a kind that is none', { type: 'iso' }, '/type'],
      ['an issuer that is empty', { issuerName: '  ' }, '/issuerName'],
      ['a number on two lines', { number: 'a\nb' }, '/number'],
      ['a day that does not exist', { issuedOn: '2026-02-30' }, '/issuedOn'],
      ['a day of issue after today', { issuedOn: '2026-09-05' }, '/issuedOn'],
      ['a last day before the day of issue', { lastDayPrinted: '2026-07-14' }, '/lastDayPrinted'],
    ];
    for (const [what, parts, pointer] of wrong) {
      it(`refuses ${what} beside its field and keeps nothing`, async () => {
        const answer = await app.as(na.owner).post(certificatesPath(), newCertificateJson(parts));

        expect(answer.status).to.equal(422);
        expect(pointers(answer)).to.deep.equal([pointer]);
        expect(await countAll(na.owner)).to.equal(0);
      });
    }

    for (const bad of badInputs(newCertificateJson, 'issuerName')) {
      it(`refuses ${bad.what} in both languages and keeps nothing`, async () => {
        await expectRefused(app.as(na.owner), certificatesPath(), bad);

        expect(await countAll(na.owner)).to.equal(0);
      });
    }

    it('keeps markup as text', async () => {
      const number = '"><img src=x onerror=alert(1)> {{constructor}}';

      const entered = await anEnteredCertificate(app, na.owner, na.product.id, { number });

      expect(entered['number']).to.equal(number);
    });
  });

  describe('reading them', () => {
    it('lists those of a product newest first, page by page', async () => {
      const ids: string[] = [];
      for (const _ of [1, 2, 3]) ids.push((await anEnteredCertificate(app, na.owner, na.product.id)).id);

      const first = await app.as(na.officer).get(`${certificatesPath()}?limit=2`);
      const second = await app.as(na.officer).get(`${certificatesPath()}?limit=2&after=${String(first.body['next'])}`);

      const idsOf = (answer: ApiAnswer) => (answer.body['items'] as { id: string }[]).map((one) => one.id);
      expect([...idsOf(first), ...idsOf(second)]).to.deep.equal(ids.reverse());
      expect(second.body['next']).to.equal(null);
    });

    it('answers the same for one that is not there and one of others', async () => {
      const { id } = await anEnteredCertificate(app, na.owner, na.product.id);
      const asked: [Actor, string][] = [
        [stranger, id],
        [foreignOfficer, id],
        [na.owner, uuidv7()],
        [na.owner, 'x'],
      ];

      const answers = await Promise.all(asked.map(([actor, of]) => app.as(actor).get(`/api/v1/certificates/${of}`)));

      for (const answer of answers) {
        expect(answer.status).to.equal(404);
        expect(answer.body['type']).to.equal('/problems/certificate-not-found');
      }
    });

    it('shows its owner the decisions on it', async () => {
      const { id } = await anEnteredCertificate(app, na.owner, na.product.id);
      await sendDecision(app, na.officer, id, { reason: 'Khớp bản lưu' });

      const answer = await app.as(na.owner).get(`/api/v1/certificates/${id}`);

      expect(answer.status).to.equal(200);
      expect(answer.body['standing']).to.equal('verified');
      expect((answer.body['decisions'] as Json[])[0]).to.include({ kind: 'verified', reason: 'Khớp bản lưu' });
    });
  });

  describe('deciding', () => {
    const extended = {
      kind: 'extended',
      decidedOn: '2026-08-20',
      effectiveOn: '2027-01-10',
      reason: 'Không kịp kỳ nộp',
    };
    const revoked = {
      kind: 'revoked',
      decisionNumber: '999/QĐ-UBND (mẫu)',
      decidedOn: '2026-09-01',
      effectiveOn: '2026-09-02',
      reason: 'Hồ sơ không trung thực',
    };
    const ending = { issuedOn: '2023-11-20', lastDayPrinted: '2026-11-20' };

    it('verifies: the star counts from the day of issue', async () => {
      const { id } = await anEnteredCertificate(app, na.owner, na.product.id);

      const answer = await sendDecision(app, na.officer, id);

      expect(answer.status).to.equal(201);
      expect(answer.headers.get('location')).to.equal(`/api/v1/certificates/${id}`);
      expect(await stateOn('2026-07-15')).to.equal('valid');
    });

    it('extends to 180 days after the last day and not a day more', async () => {
      const { id } = await anEnteredCertificate(app, na.officer, na.product.id, ending);

      const tooLong = await sendDecision(app, na.officer, id, { ...extended, effectiveOn: '2027-05-20' });
      const tooSoon = await sendDecision(app, na.officer, id, { ...extended, effectiveOn: '2026-11-20' });
      const fits = await sendDecision(app, na.officer, id, { ...extended, effectiveOn: '2027-05-19' });

      expect(tooLong.status).to.equal(409);
      expect(tooLong.body).to.include({ type: '/problems/extension-too-long', lastPossible: '2027-05-19' });
      expect(tooLong.body['title']).to.contain('19/05/2027');
      expect(tooSoon.status).to.equal(422);
      expect(pointers(tooSoon)).to.deep.equal(['/effectiveOn']);
      expect(fits.status).to.equal(201);
      expect(await stateOn('2027-05-19')).to.equal('extended');
      expect(await stateOn('2027-05-20')).to.equal('expired');
    });

    it('lets a later extension end sooner, on the day of the result', async () => {
      const { id } = await anEnteredCertificate(app, na.officer, na.product.id, ending);
      await sendDecision(app, na.officer, id, { ...extended, effectiveOn: '2027-05-19' });
      app.setNow('2026-09-05T08:00:00+07:00');

      const answer = await sendDecision(app, na.officer, id, { ...extended, effectiveOn: '2027-01-10' });
      app.setNow('2026-09-04T09:41:00+07:00');

      expect(answer.status).to.equal(201);
      expect(await stateOn('2027-01-11')).to.equal('expired');
    });

    it('revokes from the day in the decision', async () => {
      const { id } = await anEnteredCertificate(app, na.officer, na.product.id);

      const answer = await sendDecision(app, na.officer, id, revoked);

      expect(answer.status).to.equal(201);
      expect([await stateOn('2026-09-01'), await stateOn('2026-09-02')]).to.deep.equal(['valid', 'revoked']);
    });

    it('refuses what does not fit how the certificate stands', async () => {
      const waiting = await anEnteredCertificate(app, na.owner, na.product.id);
      const gone = await anEnteredCertificate(app, na.officer, na.product.id);
      await sendDecision(app, na.officer, gone.id, revoked);

      const answers = [
        await sendDecision(app, na.officer, waiting.id, extended),
        await sendDecision(app, na.officer, waiting.id, revoked),
        await sendDecision(app, na.officer, gone.id, { decidedOn: '2026-09-04' }),
        await sendDecision(app, na.officer, gone.id, extended),
        await sendDecision(app, na.officer, gone.id, revoked),
      ];

      expect(answers.map((one) => [one.status, one.body['type']])).to.deep.equal([
        [409, '/problems/certificate-not-verified'],
        [409, '/problems/certificate-not-verified'],
        [409, '/problems/certificate-revoked'],
        [409, '/problems/certificate-revoked'],
        [409, '/problems/already-decided'],
      ]);
    });

    it('does not verify 5 stars, nor a paper without a date or stars', async () => {
      const five = await anEnteredCertificate(app, na.owner, na.product.id, { stars: 5, issuerLevel: 'ministry' });
      const undated = await anEnteredCertificate(app, na.owner, na.product.id, { issuedOn: undefined });
      const starless = await anEnteredCertificate(app, na.owner, na.product.id, { stars: undefined });

      const answers = await Promise.all([five, undated, starless].map((one) => sendDecision(app, na.officer, one.id)));

      expect(answers.map((one) => one.body['type'])).to.deep.equal([
        '/problems/stars-beyond-power',
        '/problems/certificate-incomplete',
        '/problems/certificate-incomplete',
      ]);
    });

    it('verifies another kind of certificate, which is never extended and gives no star', async () => {
      const { id } = await anEnteredCertificate(app, na.owner, na.product.id, { type: 'vietgap', stars: undefined });

      const verified = await sendDecision(app, na.officer, id);
      const longer = await sendDecision(app, na.officer, id, { ...extended, effectiveOn: '2029-12-01' });

      expect(verified.status).to.equal(201);
      expect(longer.status).to.equal(422);
      expect(await stateOn('2026-09-04')).to.equal('none');
    });

    it('is the officer’s of the province alone, and never for the own organisation', async () => {
      const { id } = await anEnteredCertificate(app, na.owner, na.product.id);
      const both: Actor = { ...na.officer, roles: [...na.officer.roles, ...na.owner.roles] };

      const statuses = await Promise.all(
        [undefined, stranger, foreignOfficer, anAdmin(), na.owner, both].map(async (actor) => {
          const answer = await sendDecision(app, actor, id);
          return answer.status;
        }),
      );

      expect(statuses).to.deep.equal([401, 404, 404, 404, 403, 403]);
      expect(await stateOn('2026-09-04')).to.equal('declared');
    });

    it('lets one of two officers win and shows the other what was decided', async () => {
      const { id } = await anEnteredCertificate(app, na.owner, na.product.id);
      const officers = [1, 2, 3, 4].map((n) => anOfficer('19', `Cán bộ ${n}`));

      const answers = await Promise.all(
        officers.map((officer, n) => sendDecision(app, officer, id, { reason: `lời ${n}`, seen: 0 })),
      );

      const won = answers.filter((one) => one.status === 201);
      const lost = answers.filter((one) => one.status === 409);
      expect([won.length, lost.length]).to.deep.equal([1, 3]);
      for (const one of lost) {
        expect(one.body['type']).to.equal('/problems/already-decided');
        expect((one.body['existing'] as Json)['reason']).to.equal(won[0]?.body['reason']);
      }
    });

    it('refuses one who had not seen the latest decision, whatever it was', async () => {
      const { id } = await anEnteredCertificate(app, na.officer, na.product.id, ending);
      await sendDecision(app, na.officer, id, { ...extended, seen: 0 });

      const unseen = await sendDecision(app, na.officer, id, { ...revoked, seen: 0 });
      const seen = await sendDecision(app, na.officer, id, { ...revoked, seen: 1 });

      expect(unseen.status).to.equal(409);
      expect((unseen.body['existing'] as Json)['kind']).to.equal('extended');
      expect(seen.status).to.equal(201);
    });

    it('gives the same record for the same decision, also twice at once, and refuses other content under its id', async () => {
      const { id } = await anEnteredCertificate(app, na.owner, na.product.id);
      const sent = newDecisionJson({ seen: 0 });

      const answers = await Promise.all([1, 2, 3].map(() => sendDecision(app, na.officer, id, sent)));
      const later = await sendDecision(app, na.officer, id, sent);
      const other = await sendDecision(app, na.officer, id, { ...sent, reason: 'khác' });
      const stored = await app.as(na.owner).get(`/api/v1/certificates/${id}`);

      expect([...answers, later].map((one) => one.status)).to.deep.equal([201, 201, 201, 201]);
      expect(other.body['type']).to.equal('/problems/id-with-other-content');
      expect(stored.body['decisions']).to.have.length(1);
    });

    it('shows nothing of a decision elsewhere that has this id', async () => {
      const one = await anEnteredCertificate(app, na.owner, na.product.id);
      const another = await anEnteredCertificate(app, na.owner, na.product.id);
      const sent = newDecisionJson({ reason: 'BÍ MẬT' });
      await sendDecision(app, na.officer, one.id, sent);

      const answer = await sendDecision(app, na.officer, another.id, { ...sent, reason: '' });

      expect(answer.status).to.equal(409);
      expect(answer.body['type']).to.equal('/problems/id-with-other-content');
      expect(JSON.stringify(answer.body)).to.not.contain('BÍ MẬT');
    });

    const wrong: [string, Json, string][] = [
      ['a kind that is none', { kind: 'erased' }, '/kind'],
      ['no kind', { kind: undefined }, '/kind'],
      ['a verification of tomorrow', { decidedOn: '2026-09-05' }, '/decidedOn'],
      ['a verification from before the day of issue', { decidedOn: '2026-07-14' }, '/decidedOn'],
      ['a verification with a last day', { effectiveOn: '2026-12-01' }, '/effectiveOn'],
      ['a revocation without a reason', { ...revoked, reason: '' }, '/reason'],
      ['a revocation without a number', { ...revoked, decisionNumber: ' ' }, '/decisionNumber'],
      ['a revocation without its first day', { ...revoked, effectiveOn: undefined }, '/effectiveOn'],
      ['an extension without a reason', { ...extended, reason: undefined }, '/reason'],
      ['a reason of 1001 characters', { reason: 'ấ'.repeat(1001) }, '/reason'],
    ];
    for (const [what, parts, pointer] of wrong) {
      it(`refuses ${what} beside its field and records nothing`, async () => {
        const { id } = await anEnteredCertificate(app, na.owner, na.product.id);

        const answer = await sendDecision(app, na.officer, id, parts);
        const stored = await app.as(na.owner).get(`/api/v1/certificates/${id}`);

        expect(answer.status).to.equal(422);
        expect(pointers(answer)).to.deep.equal([pointer]);
        expect(stored.body['decisions']).to.deep.equal([]);
      });
    }

    for (const bad of badInputs(newDecisionJson, 'reason')) {
      it(`refuses ${bad.what} in both languages`, async () => {
        const { id } = await anEnteredCertificate(app, na.owner, na.product.id);

        const pointer = bad.pointer === '/id' && bad.what === 'no body' ? '/kind' : bad.pointer;
        await expectRefused(app.as(na.officer), `/api/v1/certificates/${id}/decisions`, {
          ...bad,
          ...(pointer === undefined ? {} : { pointer }),
        });
      });
    }
  });

  describe('the officer’s queue', () => {
    const itemsOf = (answer: ApiAnswer) => answer.body['items'] as (Json & { id: string })[];
    const everything = async (actor: Actor, state: string): Promise<(Json & { id: string })[]> => {
      const items: (Json & { id: string })[] = [];
      let after = '';
      do {
        const answer: ApiAnswer = await app.as(actor).get(`/api/v1/office/certificates?state=${state}&limit=2${after}`);
        items.push(...itemsOf(answer));
        const next = answer.body['next'] as string | null;
        after = next === null ? '' : `&after=${next}`;
      } while (after !== '');
      return items;
    };

    it('has the longest waiting first, by the moment of entry and not by the client’s id', async () => {
      const lang = await aProductOwner(app, { parts: provinceParts('20') });
      const young = uuidv7();
      app.setNow('2026-09-01T08:00:00+07:00');
      const first = await anEnteredCertificate(app, lang.owner, lang.product.id, { id: uuidv7() });
      app.setNow('2026-09-03T08:00:00+07:00');
      const second = await anEnteredCertificate(app, lang.owner, lang.product.id, { id: young });
      const third = await anEnteredCertificate(app, lang.owner, lang.product.id);
      app.setNow('2026-09-04T09:41:00+07:00');

      const waiting = await everything(lang.officer, 'waiting');

      expect(waiting.map((one) => one.id)).to.have.members([first.id, second.id, third.id]);
      expect(waiting[0]?.id).to.equal(first.id);
      expect(waiting.map((one) => one['waitingDays'])).to.deep.equal([3, 1, 1]);
      expect(waiting[0]?.['product']).to.deep.equal({ id: lang.product.id, name: lang.product.name });
    });

    it('loses what was verified, which stays in the list of all, newest first', async () => {
      const cao = await aProductOwner(app, { parts: provinceParts('22') });
      app.setNow('2026-09-02T08:00:00+07:00');
      const declared = await anEnteredCertificate(app, cao.owner, cao.product.id);
      app.setNow('2026-09-04T09:41:00+07:00');
      const entered = await anEnteredCertificate(app, cao.officer, cao.product.id);

      const before = await everything(cao.officer, 'waiting');
      await sendDecision(app, cao.officer, declared.id);
      const after = await everything(cao.officer, 'waiting');
      const all = await everything(cao.officer, 'all');

      expect(before.map((one) => one.id)).to.deep.equal([declared.id]);
      expect(after).to.deep.equal([]);
      expect(all.map((one) => [one.id, one['standing']])).to.deep.equal([
        [entered.id, 'verified'],
        [declared.id, 'verified'],
      ]);
    });

    it('takes out a certificate that a crash left in it after its decision', async () => {
      const dien = await aProductOwner(app, { parts: provinceParts('11') });
      const { id } = await anEnteredCertificate(app, dien.owner, dien.product.id);
      await sendDecision(app, dien.officer, id);
      await app.db.collection('certificates').updateOne({ _id: id as never }, { $set: { waiting: true } });

      const waiting = await everything(dien.officer, 'waiting');
      const stored = await app.db.collection('certificates').findOne({ _id: id as never });

      expect(waiting).to.deep.equal([]);
      expect(stored?.['waiting']).to.equal(false);
    });

    it('is for officers, each with the own province only', async () => {
      const { id } = await anEnteredCertificate(app, na.owner, na.product.id);

      const theirs = await everything(foreignOfficer, 'all');
      const statuses = await Promise.all(
        [undefined, na.owner, anAdmin()].map(async (actor) => {
          const answer = await app.as(actor).get('/api/v1/office/certificates');
          return answer.status;
        }),
      );

      expect(theirs.map((one) => one.id)).to.not.include(id);
      expect(statuses).to.deep.equal([401, 403, 403]);
    });

    for (const query of ['after=x', 'after=1.x', 'state=open', 'limit=0', 'limit=101', 'after[$gt]=']) {
      it(`refuses ?${query}`, async () => {
        const answer = await app.as(na.officer).get(`/api/v1/office/certificates?${query}`);

        expect(answer.status).to.equal(422);
      });
    }
  });
});

function provinceParts(provinceCode: string): Json {
  return { address: { communeCode: '99001', communeName: 'Xã Mẫu', provinceCode, street: 'Xóm Mẫu' } };
}
