import { expect } from 'chai';
import { sweepFiles } from '../../src/files/files.sweep.ts';
import { testApp } from '../support/app.ts';
import type { ApiAnswer, TestApp } from '../support/app.ts';
import { anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import { aProductOwner, anEnteredCertificate } from '../support/factories.stored-certificates.ts';
import type { ProductOwner } from '../support/factories.stored-certificates.ts';
import { aJpeg } from '../support/pictures.ts';

const refusal = ({ status, body }: ApiAnswer): string => `${status} ${String(body['type']).split('/').at(-1) ?? ''}`;
const aPdf = (words = 'một'): Buffer => Buffer.from(`%PDF-1.4\n% ${words} ${uuidv7()}\n%%EOF\n`);

describe('The paper of a certificate', () => {
  let app: TestApp;
  let na: ProductOwner;
  let entered: { id: string };

  before(async () => {
    app = await testApp();
  });
  after(() => app.close());
  beforeEach(async () => {
    na = await aProductOwner(app);
    entered = await anEnteredCertificate(app, na.owner, na.product.id);
  });

  const path = (id = entered.id): string => `/api/v1/certificates/${id}/document`;
  const send = (actor = na.owner, bytes = aPdf(), id = entered.id): Promise<ApiAnswer> =>
    app.as(actor).put(path(id), bytes, 'application/pdf');
  const show = (shown: unknown, actor: Parameters<TestApp['as']>[0] = na.owner): Promise<ApiAnswer> =>
    app.as(actor).put(`${path()}/visibility`, Buffer.from(JSON.stringify({ shown })), 'application/json');

  it('is for its producer and the officers of the province until one of them shows it, and again once it is hidden', async () => {
    const sent = await send();
    const whole = String(sent.body['whole']);
    const look = async (): Promise<number[]> =>
      Promise.all(
        [na.owner, na.officer, anOfficer('04'), aProducerUser(uuidv7()), undefined].flatMap((actor) => [
          app
            .as(actor)
            .get(path())
            .then(({ status }) => status),
          app
            .as(actor)
            .page(whole)
            .then(({ status }) => status),
        ]),
      );

    const before = await look();
    const shown = await show(true, na.officer);
    const during = await look();
    await show(false);
    const after = await look();

    expect(sent.status).to.equal(200);
    expect(sent.body).to.include({ kind: 'document', shown: false });
    expect(before).to.deep.equal([200, 200, 200, 200, 404, 404, 404, 404, 404, 404]);
    expect(shown.body['shown']).to.equal(true);
    expect(during).to.deep.equal(before.map(() => 200));
    expect(after).to.deep.equal(before);
  });

  it('is offered with its type and size on the page of the product while it is shown', async () => {
    const sent = await send();
    const page = async (): Promise<string> => {
      const slug = await app.as(undefined).page(`/p/x-${na.product.publicKey}`, { accept: 'application/json' });
      return (await app.as(undefined).page(new URL(String((JSON.parse(slug.text) as { url: string }).url)).pathname))
        .text;
    };
    const before = await page();
    await show(true);

    const during = await page();

    expect(before).to.contain('19-05740').and.not.contain('Xem văn bản');
    expect(during)
      .to.contain(`/files/${String(sent.body['fileId'])}`)
      .and.match(/Xem văn bản \(PDF, 1\u00A0kB\)/);
  });

  it('keeps the one before when another takes its place, which nobody else sees until it is shown', async () => {
    const first = await send();
    await show(true);

    const second = await send(na.owner, aPdf('hai'));

    const public_ = await app.as(undefined).get(path());
    const older = await app.as(na.owner).page(String(first.body['whole']));
    const records = await app.db.collection('certificatePapers').find({ certificateId: entered.id }).toArray();
    expect(second.body['fileId']).to.not.equal(first.body['fileId']);
    expect(second.body['shown']).to.equal(false);
    expect(public_.status).to.equal(404);
    expect(older.status).to.equal(200);
    expect(records.map(({ kind, before }) => [String(kind), String(before ?? '')])).to.deep.equal([
      ['document', ''],
      ['shown', ''],
      ['document', String(first.body['fileId'])],
    ]);
  });

  it('changes nothing when the same bytes or the same choice come again, also at once', async () => {
    const bytes = aPdf();
    const answers = await Promise.all([send(na.owner, bytes), send(na.owner, bytes), send(na.officer, bytes)]);
    await Promise.all([show(true), show(true), show(true)]);

    const records = await app.db.collection('certificatePapers').find({ certificateId: entered.id }).toArray();
    expect(new Set(answers.map(({ body }) => body['fileId'])).size).to.equal(1);
    expect(records.map(({ kind }) => String(kind))).to.deep.equal(['document', 'shown']);
  });

  it('raises the version of the product, so that no page of before stays', async () => {
    const version = async (): Promise<number> =>
      Number((await app.as(na.owner).get(`/api/v1/products/${na.product.id}`)).body['version']);
    const before = await version();

    await send();
    await show(true);

    expect(await version()).to.equal(before + 2);
  });

  it('takes a picture as well, and stays when files without use are swept', async () => {
    const sent = await app.as(na.owner).put(`${path()}?name=Gi%E1%BA%A5y.jpg`, await aJpeg(), 'image/jpeg');

    await sweepFiles(app.db, new Date(Date.now() + 30 * 86_400_000));

    const page = await app.as(na.owner).page(String(sent.body['whole']));
    expect(sent.body['kind']).to.equal('picture');
    expect(page.status).to.equal(200);
    expect(page.headers.get('content-disposition')).to.contain("filename*=UTF-8''Gi%E1%BA%A5y.webp");
  });

  it('goes from the public with the entry that is withdrawn', async () => {
    const sent = await send();
    await show(true);

    await app.as(na.owner).post(`/api/v1/certificates/${entered.id}/withdrawal`, { id: uuidv7(), reason: 'Nhầm giấy' });

    const asked = await app.as(undefined).get(path());
    const whole = await app.as(undefined).page(String(sent.body['whole']));
    const later = await send();
    expect([asked.status, whole.status]).to.deep.equal([404, 404]);
    expect(refusal(later)).to.equal('409 certificate-withdrawn');
  });

  it('is sent and shown by its producer and the officers of its province only', async () => {
    const others = [anOfficer('04'), aProducerUser(uuidv7())];

    const sent = await Promise.all(others.map(async (actor) => refusal(await send(actor))));
    const nobody = await app.as(undefined).put(path(), aPdf(), 'application/pdf');
    const shown = await Promise.all(others.map(async (actor) => refusal(await show(true, actor))));
    const none = await show(true);

    expect(sent).to.deep.equal(['404 certificate-not-found', '404 certificate-not-found']);
    expect(shown).to.deep.equal(['404 certificate-not-found', '404 certificate-not-found']);
    expect(nobody.status).to.equal(401);
    expect(refusal(none)).to.equal('404 document-not-found');
  });

  for (const { what, bytes, type, refused } of [
    { what: 'a text', bytes: Buffer.from('chào'), type: 'text/plain', refused: '415 unsupported-type' },
    {
      what: 'what only says it is a PDF',
      bytes: Buffer.from('chào'),
      type: 'application/pdf',
      refused: '415 unsupported-type',
    },
    { what: 'nothing', bytes: Buffer.alloc(0), type: 'application/pdf', refused: '415 unsupported-type' },
  ]) {
    it(`refuses ${what}`, async () => {
      expect(refusal(await app.as(na.owner).put(path(), bytes, type))).to.equal(refused);
    });
  }

  for (const shown of ['true', 1, null, { $gt: '' }, undefined]) {
    it(`refuses ${JSON.stringify(shown) ?? 'nothing'} for a choice`, async () => {
      await send();

      expect(refusal(await show(shown))).to.equal('422 fields-wrong');
    });
  }

  for (const query of ['name=a%00b', `name=${'a'.repeat(300)}`, 'other=1']) {
    it(`refuses ?${query.slice(0, 20)}`, async () => {
      expect(refusal(await app.as(na.owner).put(`${path()}?${query}`, aPdf(), 'application/pdf'))).to.equal(
        '422 fields-wrong',
      );
    });
  }
});
