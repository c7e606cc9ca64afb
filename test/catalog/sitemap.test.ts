// What search engines are told: which pages there are, and which are none of their business.
import { expect } from 'chai';
import { followCatalog } from '../../src/catalog/catalog.entries.service.ts';
import { sitemapPart } from '../../src/catalog/catalog.sitemap.service.ts';
import { paths } from '../../src/paths.ts';
import { requireProduct, slugOf } from '../../src/products/products.service.ts';
import { aLabelledLot, aVerifiedStar } from '../support/a-scan.ts';
import type { LabelledLot } from '../support/a-scan.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aProducer } from '../support/factories.producers.ts';
import { aProduct } from '../support/factories.products.ts';

const locations = (xml: string): string[] => [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, loc]) => loc ?? '');

describe('the list of pages for search engines', () => {
  let app: TestApp;
  let lot: LabelledLot;
  const read = async (path: string): Promise<string> => {
    const { status, text } = await app.as(undefined).page(path);
    expect(status, path).to.equal(200);
    return text;
  };
  const everything = async (): Promise<string> => {
    const parts = locations(await read('/sitemap.xml')).map((loc) => new URL(loc).pathname);
    return (await Promise.all(parts.map(read))).join('');
  };

  before(async () => {
    app = await testApp();
    lot = await aLabelledLot(app);
    const made = await aProducer(app, { sample: true });
    await aProduct(app, { producerId: made.producer.id, owner: made.owner, parts: { name: 'Chè giả định' } });
    const hidden = await aProducer(app, { approved: false });
    await aProduct(app, { producerId: hidden.producer.id, owner: hidden.owner, parts: { name: 'Hàng giấu' } });
    await followCatalog(app.db, app.deps.clock());
  });
  after(() => app.close());

  it('names only pages that open, under their own addresses, and no code of a label', async () => {
    const text = await everything();
    const found = locations(text).map((loc) => new URL(loc).pathname);

    const answers = await Promise.all(found.map((path) => app.as(undefined).page(path)));

    expect(found)
      .to.include('/')
      .and.include('/recalls')
      .and.include(paths.product(slugOf(lot.product)));
    expect(found.filter((path) => path.startsWith('/o/'))).to.have.length(1);
    expect(answers.map(({ status }) => status)).to.deep.equal(found.map(() => 200));
    expect(text).to.not.include('/T/').and.not.include(lot.code).and.not.include(lot.code.replaceAll('-', ''));
  });

  it('leaves out made-up records and those that nobody approved', async () => {
    const text = await everything();

    expect(text).to.not.include('che-gia-dinh').and.not.include('hang-giau');
  });

  it('says when a page last changed: a decision on its certificate counts', async () => {
    const changedOf = async (): Promise<string> => {
      const path = paths.product(slugOf(await requireProduct(app.db, lot.product.id)));
      return new RegExp(`${path}</loc><lastmod>([^<]+)`).exec(await everything())?.[1] ?? '';
    };
    const before = await changedOf();
    app.setNow('2026-09-05T08:00:00+07:00');
    await aVerifiedStar(app, lot);
    await followCatalog(app.db, app.deps.clock());

    const after = await changedOf();
    app.setNow('2026-09-06T08:00:00+07:00');
    await followCatalog(app.db, app.deps.clock());

    expect(before).to.equal('2026-09-04T02:41:00.000Z');
    expect(after).to.equal('2026-09-05T01:00:00.000Z');
    expect(await changedOf()).to.equal(after);
  });

  it('has no file behind the last one, nor under a name that is no number', async () => {
    for (const part of ['2', '0', '-1', 'x', '1e3', '99999'])
      expect((await app.as(undefined).page(`/sitemaps/${part}.xml`)).status, part).to.equal(404);
    expect(await sitemapPart(app.db, 2, app.deps.clock())).to.equal(undefined);
  });

  it('keeps robots from what needs a sign-in and from the API', async () => {
    const text = await read('/robots.txt');

    expect(text.trim().split('\n')).to.deep.equal([
      'User-agent: *',
      'Disallow: /app',
      'Disallow: /office',
      'Disallow: /admin',
      'Disallow: /api',
      'Sitemap: https://truyxuat.example.vn/sitemap.xml',
    ]);
  });
});
