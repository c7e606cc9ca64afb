// What a household agreed to decides what anybody may see of it: page, JSON, product page, photos and labels, from the next look on.
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { consentTextVersion } from '../../src/consents.ts';
import { consentItems } from '../../src/consents.types.ts';
import { en } from '../../src/i18n/en.ts';
import { vi } from '../../src/i18n/vi.ts';
import { requireProduct, slugOf } from '../../src/products/products.service.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aLabelledLot } from '../support/a-scan.ts';
import type { LabelledLot } from '../support/a-scan.ts';
import { aStep } from '../support/factories.batches.ts';
import { aConsent, consentJson } from '../support/factories.consents.ts';
import { anAdmin, anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import { aProducer } from '../support/factories.producers.ts';
import { aJpeg } from '../support/pictures.ts';

const secrets = /Kín|Ngõ Giấu|thôn Giấu|012345678901|0911/;

describe('consents of a household', function () {
  this.timeout(60_000);
  let app: TestApp;
  let lot: LabelledLot;
  let photo: string;
  before(async () => {
    app = await testApp();
    lot = await aLabelledLot(app, {
      producer: {
        legalName: 'Hộ ông Mẫu Văn Kín',
        kind: 'household',
        registrationNumber: '012345678901',
        address: { communeCode: '05740', communeName: 'Xã La Hiên', provinceCode: '19', street: 'Ngõ Giấu' },
        formerAddress: 'thôn Giấu',
        hotline: '0911 222 333',
        story: 'Ông Kín nấu rượu từ bé.',
        consents: ['label-name'],
      },
      site: { name: 'Vườn nhà ông Kín', publicPrecision: 'outline' },
    });
    const bytes = await aJpeg({ colour: '#7a3b12' });
    const hash = createHash('sha256').update(bytes).digest('hex');
    const step = await aStep(app, lot.owner, lot.batch.id, { photoHashes: [hash] });
    const sent = await app.as(lot.owner).put(`/api/v1/steps/${String(step['id'])}/photos/${hash}`, bytes, 'image/jpeg');
    const journal = await app.as(lot.owner).get(`/api/v1/batches/${lot.batch.id}/steps`);
    const fileId = /"fileId":"([0-9a-f-]{36})"/.exec(JSON.stringify([sent.body, journal.body]))?.[1];
    photo = `/files/${fileId ?? 'none'}`;
  });
  after(() => app.close());

  const stranger = () => app.as(undefined);
  const seen = async (): Promise<string> => {
    const product = await requireProduct(app.db, lot.product.id);
    const [page, map, steps, productPage, json] = await Promise.all([
      stranger().page(lot.page),
      stranger().page(`${lot.page}/map`),
      stranger().page(`${lot.page}/steps`),
      stranger().page(`/p/${slugOf(product)}`),
      stranger().get(lot.page),
    ]);
    return [page.text, map.text, steps.text, productPage.text, JSON.stringify(json.body)].join('\n');
  };
  const consent = (item: string, given = true) => aConsent(app, lot.owner, lot.producer.id, item, given);

  it('are none at first: no page, no answer and no picture of a stranger tells who it is', async () => {
    const all = await seen();

    expect(all).to.not.match(secrets);
    expect(all).to.not.include(photo);
    expect(all).to.include('hộ chưa đồng ý cho xem').and.to.include('La Hiên');
    for (const size of ['360.webp', '720.avif', 'document', ''])
      expect((await stranger().bytes(`${photo}/${size}`)).status, size).to.equal(404);
    expect((await app.as(lot.owner).bytes(`${photo}/360.webp`)).status).to.equal(200);
  });

  const items = [
    { item: 'public-name', shows: /Hộ ông Mẫu Văn Kín[\s\S]*Ngõ Giấu/ },
    { item: 'public-phone', shows: /tel:0911222333/ },
    { item: 'public-place', shows: /Vườn nhà ông Kín/ },
  ];
  for (const { item, shows } of items) {
    it(`of ${item} show that and nothing else, and hide it again at the next look after they are taken back`, async () => {
      const others = items.filter((one) => one.item !== item && one.item !== 'public-place');

      await consent(item);
      const shown = await seen();
      await consent(item, false);
      const hidden = await seen();

      expect(shown).to.match(shows);
      for (const other of others) expect(shown, other.item).to.not.match(other.shows);
      expect(hidden).to.not.match(secrets);
    });
  }

  it('of photos show them, in an answer that no cache on the way may keep, and hide them again', async () => {
    await consent('public-photos');
    const shown = await seen();
    const picture = await stranger().bytes(`${photo}/360.webp`);
    await consent('public-photos', false);
    const hidden = await seen();

    expect(shown).to.include(photo);
    expect(picture.status).to.equal(200);
    expect(picture.headers.get('cache-control')).to.equal('private, no-store');
    expect(hidden).to.not.include(photo);
    expect((await stranger().bytes(`${photo}/360.webp`)).status).to.equal(404);
  });

  it('raise the version of the producer, which is part of the stamp of its pages', async () => {
    const versionOf = async () =>
      (await app.as(lot.owner).get(`/api/v1/producers/${lot.producer.id}`)).body['version'] as number;
    const before = await versionOf();

    await consent('public-name');
    const given = await versionOf();
    await consent('public-name', false);

    expect(given).to.equal(before + 1);
    expect(await versionOf()).to.equal(before + 2);
  });

  it('keep who said what, when and to which wording, and lose nothing of it', async () => {
    const { body } = await consent('public-name');
    await consent('public-name', false);
    const later = await app.as(lot.officer).get(`/api/v1/producers/${lot.producer.id}/consents`);

    const history = later.body['history'] as Record<string, unknown>[];
    expect(history[0]).to.include({ item: 'public-name', given: false, byUserId: lot.owner.userId });
    expect(history[1]).to.include({ item: 'public-name', given: true, textVersion: consentTextVersion });
    expect(history[1]?.['at']).to.equal('2026-09-04T02:41:00.000Z');
    expect(history.length).to.equal((body['history'] as unknown[]).length + 1);
    expect(history.at(-1)).to.include({ item: 'label-name', byUserId: lot.officer.userId });
  });

  it('to a name on labels stop the printing of more when they are taken back, and say where to agree', async () => {
    const runs = `/api/v1/batches/${lot.batch.id}/label-runs`;

    await consent('label-name', false);
    const refused = await app.as(lot.owner).post(runs, { id: uuidv7(), quantity: 1 });
    const page = await app.as(lot.owner).page(`/app/batches/${lot.batch.id}/labels`);
    await consent('label-name');
    const printed = await app.as(lot.owner).post(runs, { id: uuidv7(), quantity: 1 });

    expect(refused.status).to.equal(409);
    expect(refused.body['missing']).to.deep.equal(['label-consent']);
    expect(page.text)
      .to.include(`/app/producers/${lot.producer.id}/consents`)
      .and.to.include('phải ghi người sản xuất');
    expect(printed.status).to.equal(201);
  });

  it('come once, however often they are sent, also at once; and say no twice under one id', async () => {
    const path = `/api/v1/producers/${lot.producer.id}/consents`;
    const sent = consentJson('public-phone', { given: false });
    const before = await app.as(lot.owner).get(path);

    const answers = await Promise.all(Array.from({ length: 5 }, () => app.as(lot.owner).post(path, sent)));
    const other = await app.as(lot.owner).post(path, { ...sent, given: true });
    const after = await app.as(lot.owner).get(path);

    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 201, 201, 201]);
    expect(other.body['type']).to.equal('/problems/id-with-other-content');
    expect((after.body['history'] as unknown[]).length).to.equal((before.body['history'] as unknown[]).length + 1);
  });

  const refusals = [
    { what: 'another wording', parts: { textVersion: '2020-01-01' }, status: 409, type: 'consent-text-changed' },
    { what: 'no wording', parts: { textVersion: '' }, status: 422, type: 'fields-wrong' },
    { what: 'an unknown item', parts: { item: 'public-everything' }, status: 422, type: 'fields-wrong' },
    { what: 'a yes that is a text', parts: { given: 'true' }, status: 422, type: 'fields-wrong' },
    { what: 'an operator', parts: { item: { $ne: '' } }, status: 422, type: 'fields-wrong' },
    { what: 'who said it', parts: { byUserId: uuidv7() }, status: 422, type: 'fields-wrong' },
  ];
  for (const { what, parts, status, type } of refusals) {
    it(`are refused with ${what}`, async () => {
      const path = `/api/v1/producers/${lot.producer.id}/consents`;

      const answer = await app.as(lot.owner).post(path, consentJson('public-name', parts));

      expect(answer.status).to.equal(status);
      expect(answer.body['type']).to.equal(`/problems/${type}`);
    });
  }

  it('are nobody else’s: 404 for other producers, other provinces and administrators', async () => {
    const path = `/api/v1/producers/${lot.producer.id}/consents`;
    for (const actor of [aProducerUser(uuidv7()), anOfficer('01'), anAdmin()]) {
      expect((await app.as(actor).get(path)).status).to.equal(404);
      expect((await app.as(actor).post(path, consentJson('public-name'))).status).to.equal(404);
    }
  });

  it('are asked of a cooperative only about who speaks for it', async () => {
    const { producer, owner } = await aProducer(app);
    const path = `/api/v1/producers/${producer.id}/consents`;

    const asked = await app.as(owner).get(path);
    const refused = await app.as(owner).post(path, consentJson('public-name'));

    expect((asked.body['items'] as { item: string }[]).map(({ item }) => item)).to.deep.equal([
      'public-representative',
    ]);
    expect(refused.status).to.equal(422);
  });

  it('are given and taken back on a page that needs no script, one form an item', async () => {
    const address = `/app/producers/${lot.producer.id}/consents`;
    const page = await app.as(lot.owner).page(address);
    const card = /<section[^>]*consent-public-name[\s\S]*?<\/section>/.exec(page.text)?.[0] ?? '';
    const hidden = Object.fromEntries(
      [...card.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
    );

    const sent = await app.as(lot.owner).postForm(address, hidden);
    const after = await app.as(lot.owner).page(`${address}?saved=1`);

    expect(sent.status).to.equal(303);
    expect(card).to.match(/Chưa đồng ý|Đã rút lại/);
    expect(after.text).to.match(/consent-public-name[\s\S]*?Đã đồng ý từ ngày 04\/09\/2026/);
    await consent('public-name', false);
  });

  it('name the day of their wording: whoever changes a word of it gives it a new day', () => {
    const words = consentItems.map((item) => [vi.consents.items[item], en.consents.items[item]]);

    const digest = createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 16);

    expect({ day: consentTextVersion, digest }).to.deep.equal({ day: '2026-11-25', digest: 'e5d5f7ba646bdce2' });
  });
});
