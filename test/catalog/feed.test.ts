// Products for marketplaces: what stands in the feeds, what never does, and that a spreadsheet's way there and back changes nothing.
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { feedColumns } from '../../src/catalog/catalog.feed.view.ts';
import type { FeedItem } from '../../src/catalog/catalog.feed.view.ts';
import { readTable } from '../../src/importing/table.ts';
import { aVerifiedStar } from '../support/a-scan.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aProducer } from '../support/factories.producers.ts';
import { aProduct } from '../support/factories.products.ts';
import { aProductOwner } from '../support/factories.stored-certificates.ts';

type Feed = { schema: string; checkedAt: string; products: FeedItem[] };

const story = 'Dòng một, "ngọt"; hai\nĐỗ Thị Ơ';

describe('the feeds of products', function () {
  let app: TestApp;
  let farm: Awaited<ReturnType<typeof aProducer>>;
  let certified: Awaited<ReturnType<typeof aProduct>>;
  const stranger = () => app.as(undefined);
  const feed = async (path = '/feeds/products.json'): Promise<Feed> => {
    const { status, body } = await stranger().get(path);
    expect(status).to.equal(200);
    return body as unknown as Feed;
  };
  const itemOf = async (name: string): Promise<FeedItem> => {
    const item = (await feed()).products.find(({ title }) => title.endsWith(name));
    if (item === undefined) throw new Error(`the feed has no ${name}`);
    return item;
  };

  before(async () => {
    app = await testApp();
    farm = await aProducer(app, { parts: { legalName: 'Hợp tác xã Mẫu La Hiên' } });
    const own = { producerId: farm.producer.id, owner: farm.owner };
    certified = await aProduct(app, { ...own, parts: { name: 'Na dai có sao', internalCode: '1E5', story } });
    await aProduct(app, { ...own, parts: { name: 'Na không sao', internalCode: '3-4' }, picture: false });
    await aProduct(app, { ...own, parts: { name: '=HYPERLINK("x")', internalCode: '+84' }, picture: false });
    await aVerifiedStar(app, { ...farm, product: certified } as never);
  });
  after(() => app.close());

  it('give each product with absolute addresses and stars that count, with their last day and the moment they were looked up', async () => {
    const item = await itemOf('Na dai có sao');

    expect(item).to.include({
      id: certified.publicKey,
      producer: 'Hợp tác xã Mẫu La Hiên',
      ocopState: 'valid',
      ocopStars: 4,
      checkedAt: app.deps.clock().toISOString(),
      communeCode: '05740',
      sample: false,
      description: story,
      netAmount: 0.5,
      netUnit: 'kg',
    });
    expect(item.starsValidUntil).to.match(/^20\d\d-\d\d-\d\d$/);
    expect(item.certificateNumber).to.not.equal('');
    expect(item.link).to.equal(`https://truyxuat.example.vn/p/na-dai-co-sao-${certified.publicKey}`);
    expect(item.images).to.have.length(1);
    const picture = await stranger().bytes(new URL(item.images[0] ?? '').pathname);
    expect(picture.status).to.equal(200);
  });

  it('lend a sibling neither stars nor the certificate’s number', async () => {
    const item = await itemOf('Na không sao');

    expect(item).to.include({ ocopState: 'none', ocopStars: null, starsValidUntil: null, certificateNumber: '' });
  });

  it('fit the schema that they name', async () => {
    const read = await feed();

    const schema = await stranger().get(new URL(read.schema).pathname);
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema.body);

    expect(validate(read), JSON.stringify(validate.errors)).to.equal(true);
    expect(validate({ ...read, products: [{ ...read.products[0], ocopStars: 'four' }] })).to.equal(false);
  });

  it('go into a table and come back the same, with nothing that a spreadsheet would run', async () => {
    const { bytes, headers } = await stranger().bytes('/feeds/products.csv');
    const table = await readTable({ name: 'feed.csv', bytes: Buffer.from(bytes) }, feedColumns);

    const rows = table.rows.map(({ cells }) => cells);
    const items = (await feed()).products;

    expect(headers.get('content-type')).to.include('text/csv');
    expect(Buffer.from(bytes).toString('utf8')).to.not.match(/(^|,)"?[=+@]/m);
    expect(table.faults).to.deep.equal([]);
    expect(rows).to.have.length(items.length);
    for (const [place, item] of items.entries())
      for (const column of feedColumns) {
        const value = item[column];
        const text = Array.isArray(value) ? value.join(' ') : value === null ? '' : String(value);
        expect(rows[place]?.[column], column).to.equal(text);
      }
  });

  it('of one producer hold nobody else’s, and none is there for a producer that nobody approved', async () => {
    const other = await aProductOwner(app);
    const hidden = await aProducer(app, { approved: false });

    const own = await feed(`/o/ten-cu-${other.producer.id}/products.json`);
    const csv = await stranger().bytes(`/o/${other.producer.id}/products.csv`);
    const none = await stranger().get(`/o/${hidden.producer.id}/products.json`);

    expect(own.products.map(({ id }) => id)).to.deep.equal([other.product.publicKey]);
    expect(csv.status).to.equal(200);
    expect(none.status).to.equal(404);
  });

  it('leave out products of producers that nobody approved, and the name of a household that did not agree', async () => {
    const hidden = await aProducer(app, { approved: false });
    await aProduct(app, {
      producerId: hidden.producer.id,
      owner: hidden.owner,
      parts: { name: 'Hàng giấu' },
      picture: false,
    });
    await aProductOwner(app, { parts: { kind: 'household', legalName: 'Hộ ông Mẫu Văn Kín' } });

    const text = JSON.stringify(await feed());

    expect(text).to.not.include('Hàng giấu').and.not.include('Mẫu Văn Kín');
    expect(text).to.include('Hộ sản xuất (không nêu tên)');
  });

  it('mark made-up products in the title and in a field of their own', async () => {
    const made = await aProducer(app, { sample: true });
    await aProduct(app, {
      producerId: made.producer.id,
      owner: made.owner,
      parts: { name: 'Chè giả định' },
      picture: false,
    });

    const item = await itemOf('Chè giả định');

    expect(item).to.include({ sample: true, title: 'DỮ LIỆU MẪU: Chè giả định' });
  });

  it('answer 304 while nothing changed, and the new state as soon as something did', async () => {
    const first = await stranger().get('/feeds/products.json');
    const etag = first.headers.get('etag') ?? '';
    const ask = () =>
      fetch(`${app.url}/feeds/products.json`, { headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' } });
    const again = await ask();
    await aProduct(app, {
      producerId: farm.producer.id,
      owner: farm.owner,
      parts: { name: 'Na mới', internalCode: 'M' },
      picture: false,
    });

    const changed = await ask();

    expect(first.headers.get('cache-control')).to.equal('no-cache');
    expect(again.status).to.equal(304);
    expect(changed.status).to.equal(200);
    expect(await changed.text()).to.include('Na mới');
  });

  it('show no stars from the day after the last', async () => {
    const { starsValidUntil } = await itemOf('Na dai có sao');
    const before = app.deps.clock().toISOString();
    app.setNow(`${starsValidUntil ?? ''}T23:00:00+07:00`);
    const lastDay = await itemOf('Na dai có sao');
    app.setNow(new Date(new Date(`${starsValidUntil ?? ''}T00:30:00+07:00`).getTime() + 86_400_000).toISOString());

    const after = await itemOf('Na dai có sao');
    app.setNow(before);

    expect(lastDay.ocopStars).to.equal(4);
    expect(after).to.include({ ocopState: 'expired', ocopStars: null, starsValidUntil: null, certificateNumber: '' });
  });

  it('answer HEAD without reading them', async () => {
    const answer = await stranger().head('/feeds/products.csv');

    expect(answer.status).to.equal(200);
    expect(answer.headers.get('etag')).to.match(/^W\//);
  });
});
