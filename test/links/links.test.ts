// GS1 Digital Links as people and programs open them: pages, redirects and linksets.
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect } from 'chai';
import { aLabelledLot, aVerifiedStar } from '../support/a-scan.ts';
import type { LabelledLot } from '../support/a-scan.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { uuidv7 } from '../support/factories.ts';
import { skipWithoutReference } from '../support/reference.ts';

const gtin = '09521234000013';
const linksetType = 'application/linkset+json';
const visibleText = (html: string): string =>
  html
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

type Link = { href: string; title: string; hreflang?: string[]; type?: string };
type Linkset = { linkset: (Record<string, Link[]> & { anchor: string; itemDescription: string })[] };

describe('GS1 Digital Links', () => {
  let app: TestApp;
  let lot: LabelledLot;
  let serial: string;
  const open = (path: string, headers: Record<string, string> = {}) => app.as(undefined).page(path, headers);
  const follow = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(app.url + path, { headers });
    return {
      status: answer.status,
      type: answer.headers.get('content-type') ?? '',
      url: answer.url,
      text: await answer.text(),
    };
  };
  const linksetOf = async (path: string): Promise<{ set: Linkset; headers: Headers; status: number }> => {
    const answer = await fetch(app.url + path, { headers: { accept: linksetType }, redirect: 'manual' });
    return { set: (await answer.json()) as Linkset, headers: answer.headers, status: answer.status };
  };
  const lotPath = () => `/01/${gtin}/10/${lot.batch.lotNumber}`;
  const unitPath = () => `${lotPath()}/21/${serial}`;

  before(async () => {
    app = await testApp();
    lot = await aLabelledLot(app, { product: { gtin } });
    await aVerifiedStar(app, lot);
    const run = { id: uuidv7(), kind: 'unit', quantity: 3 };
    const made = await app.as(lot.owner).post(`/api/v1/batches/${lot.batch.id}/label-runs`, run);
    expect(made.status, JSON.stringify(made.body)).to.equal(201);
    serial = String(made.body['code']).replaceAll('-', '');
  });
  after(() => app.close());

  it('lead to the product, its lot and its unit, and the serial does not change which lot is shown', async () => {
    const [product, ofLot, ofUnit] = await Promise.all(
      [`/01/${gtin}`, lotPath(), unitPath()].map((path) => open(path)),
    );

    expect(product?.status).to.equal(302);
    expect(product?.headers.get('location')).to.match(/^\/p\/na-dai-la-hien-[a-z0-9]{10}$/);
    expect(ofLot?.headers.get('location')).to.match(/^\/T\/[0-9A-Z]{12}$/);
    expect(ofUnit?.headers.get('location')).to.equal(`/T/${serial}`);
    for (const path of [lotPath(), unitPath()])
      expect(visibleText((await follow(path, { accept: 'text/html' })).text)).to.include(lot.batch.lotNumber);
  });

  it('pass on what came behind the question mark, and bear a slash at the end', async () => {
    const answer = await open(`${lotPath()}/?utm_source=zalo&lang=en`);

    expect(answer.headers.get('location')).to.match(/^\/T\/[0-9A-Z]{12}\?utm_source=zalo&lang=en$/);
  });

  describe('show a page to people and unknown clients, whatever their Accept header says', () => {
    const readers: Record<string, string> = {
      'Chrome on Android': 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8',
      Safari: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
      'Zalo’s own browser':
        'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7',
      'an empty header': '',
      'anything at all': '*/*',
      'a picture, which there is none': 'image/png',
    };
    for (const [name, accept] of Object.entries(readers)) {
      it(name, async () => {
        const first = await open(lotPath(), { accept });
        const answer = await follow(lotPath(), { accept });

        expect(first.headers.get('vary')).to.include('Accept');
        expect(answer.status).to.equal(200);
        expect(answer.type).to.match(/^text\/html/);
        expect(answer.text).to.include('lang="vi"');
      });
    }

    it('and data only to who asks for data', async () => {
      const json = await follow(lotPath(), { accept: 'application/json' });
      const set = await follow(lotPath(), { accept: linksetType });

      expect(json.type).to.match(/^application\/json/);
      expect((JSON.parse(json.text) as { product: { gtin: string } }).product.gtin).to.equal(gtin);
      expect(set.type).to.match(/^application\/linkset\+json/);
    });
  });

  describe('list their links as a linkset', () => {
    for (const level of ['product', 'lot', 'unit'] as const) {
      const pathOf = () => ({ product: `/01/${gtin}`, lot: lotPath(), unit: unitPath() })[level];

      it(`of a ${level} that the GS1 schema accepts, with one default link and a JSON-LD context`, async function () {
        const schema = JSON.parse(
          readFileSync(skipWithoutReference(this, 'conformance/resolver/gs1-linkset-schema.json'), 'utf8'),
        ) as object;
        const validate = new Ajv({ strict: false }).compile(schema);

        const { set, headers, status } = await linksetOf(pathOf());

        expect(status).to.equal(200);
        expect(validate(set), JSON.stringify(validate.errors)).to.equal(true);
        expect(headers.get('content-type')).to.match(/^application\/linkset\+json/);
        expect(headers.get('vary')).to.include('Accept');
        expect(headers.get('link')).to.match(
          /<https:\/\/truyxuat\.example\.vn\/linkset\.jsonld>; rel="http:\/\/www\.w3\.org\/ns\/json-ld#context"; type="application\/ld\+json"/,
        );
        expect(set.linkset).to.have.lengthOf(1);
        const [context] = set.linkset;
        expect(context?.anchor).to.equal(`https://truyxuat.example.vn${pathOf()}`);
        expect(context?.['https://gs1.org/voc/defaultLink']).to.have.lengthOf(1);
        expect(Object.keys(context?.['https://gs1.org/voc/defaultLink']?.[0] ?? {})).to.have.members(['href', 'title']);
      });

      it(`of a ${level} in which no link is dead, and each returns the language and type it names`, async () => {
        const { set } = await linksetOf(pathOf());
        const links = Object.values(set.linkset[0] ?? {}).flatMap((value) => (Array.isArray(value) ? value : []));

        expect(links.length).to.be.greaterThan(5);
        for (const { href, hreflang, type, title } of links) {
          expect(href).to.match(/^https:\/\/truyxuat\.example\.vn\//);
          expect(title).to.not.equal('');
          const answer = await follow(href.slice('https://truyxuat.example.vn'.length), {
            accept: type ?? 'text/html',
          });
          expect(answer.status, href).to.equal(200);
          if (type !== undefined) expect(answer.type, href).to.include(type);
          if (hreflang !== undefined) expect(answer.text, href).to.include(`<html lang="${hreflang.join()}">`);
        }
      });
    }

    it('whose context is there as JSON-LD, as is what the resolver says of itself', async () => {
      const context = await follow('/linkset.jsonld');
      const resolver = await follow('/.well-known/gs1resolver');

      expect(context.type).to.match(/^application\/ld\+json/);
      expect(context.text).to.include('"@context"');
      expect(JSON.parse(resolver.text)).to.include({ resolverRoot: 'https://truyxuat.example.vn' });
    });

    it('and open the one of the asked type, or say that there is none', async () => {
      const trace = await open(`${lotPath()}?linkType=gs1:traceability`, { 'accept-language': 'en' });
      const none = await open(`${lotPath()}?linkType=gs1:epil`);
      const all = await open(`${lotPath()}?linkType=linkset`);

      expect(trace.headers.get('location')).to.match(/^\/T\/[0-9A-Z]{12}\?lang=en$/);
      expect(none.status).to.equal(404);
      expect(all.headers.get('content-type')).to.match(/^application\/linkset\+json/);
    });
  });

  describe('tell plainly what is not registered, and show no stars', () => {
    const unknown: [string, () => string, string, string][] = [
      ['a lot', () => `/01/${gtin}/10/LOT-KHONG-CO`, 'Lô này không có trong sổ', 'LOT-KHONG-CO'],
      ['a serial', () => `${lotPath()}/21/0000000000AA`, 'Tem này không có trong sổ', '0000000000AA'],
      ['a serial without a lot', () => `/01/${gtin}/21/${serial}`, 'Tem này không có trong sổ', gtin],
      ['a product', () => '/01/09521234000020', 'Chưa thấy sản phẩm này trong sổ', '09521234000020'],
      ['a case of the product', () => '/01/19521234000010', 'bắt đầu bằng 1 đến 8', '19521234000010'],
    ];
    for (const [name, pathOf, words, shown] of unknown) {
      it(name, async () => {
        const { status, text } = await open(pathOf());

        expect(status).to.equal(404);
        expect(visibleText(text)).to.include(words).and.include(shown).and.include('báo cho cơ quan phụ trách OCOP');
        expect(visibleText(text)).to.not.match(/\d sao/);
        expect(text).to.not.include('Quyết định');
      });
    }

    it('also to programs', async () => {
      const answer = await app.as(undefined).get(`/01/${gtin}/10/LOT-KHONG-CO`);

      expect(answer.status).to.equal(404);
      expect(answer.body).to.include({ type: '/problems/link-unknown', unknown: 'lot' });
    });

    it('keeps apart lots that differ in upper and lower case', async () => {
      const { status } = await open(`/01/${gtin}/10/${lot.batch.lotNumber.toLowerCase()}`);

      expect(status).to.equal(404);
    });
  });

  it('reach the same product with 13 and with 14 digits, and never another item', async () => {
    const [short, long, packed, tiny] = await Promise.all(
      ['/01/9521234000013', `/01/${gtin}`, '/01/19521234000010', '/01/95212342'].map((path) => open(path)),
    );

    expect(short?.status).to.equal(302);
    expect(short?.headers.get('location')).to.equal(long?.headers.get('location'));
    expect(packed?.status).to.equal(404);
    expect(tiny?.status).to.be.oneOf([400, 404]);
  });

  describe('explain what is wrong with an address', () => {
    const wrong: Record<string, [string, RegExp]> = {
      'a wrong check digit, by its place': [`/01/09521234000014`, /chữ số thứ 14 .* phải là 3/],
      'a wrong check digit of 13 digits, by its place': ['/01/9521234000014', /chữ số thứ 13 .* phải là 3/],
      'a serial before the lot': [`/01/${gtin}/21/A/10/B`, /sai thứ tự/],
      'an identifier that is not known': [`/01/${gtin}/17/261231`, /phần mà sổ này không dùng/],
      'a number of a wrong length': ['/01/952123400', /8, 12, 13 hoặc 14 chữ số/],
      'letters in the number': ['/01/0952123400001X', /chỉ gồm chữ số/],
      'a lot that is too long': [`/01/${gtin}/10/${'A'.repeat(21)}`, /dài quá 20 ký tự/],
      'an escape that is broken': [`/01/${gtin}/10/%E0%A4%A`, /không đọc được/],
      'a missing value': [`/01/${gtin}/10`, /không theo khuôn/],
    };
    for (const [name, [path, words]] of Object.entries(wrong)) {
      it(name, async () => {
        const answer = await open(path);

        expect(answer.status).to.equal(400);
        expect(visibleText(answer.text)).to.match(words);
      });
    }

    it('shows markup and control characters in an address as text or not at all', async () => {
      const answer = await open(`/01/${gtin}/10/${encodeURIComponent('<img src=x onerror=alert(1)>')}`);

      expect(answer.status).to.equal(400);
      expect(answer.text).to.not.include('<img src=x');
    });

    it('bears a path of many thousand digits', async () => {
      const answer = await fetch(`${app.url}/01/${'9'.repeat(15_000)}`);

      expect(answer.status).to.equal(400);
    });
  });
});
