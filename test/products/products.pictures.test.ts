// Up to eight pictures of a product, each with its words, in the order that was chosen; what is left out is released.
import { expect } from 'chai';
import type { Actor } from '../../src/actor.ts';
import { paths } from '../../src/paths.ts';
import { requireProduct } from '../../src/products/products.service.ts';
import type { Product } from '../../src/products/products.types.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aProducer } from '../support/factories.producers.ts';
import { aProduct, changedProductJson } from '../support/factories.products.ts';
import { formOf, wordsOf } from '../support/forms.ts';
import { aJpeg } from '../support/pictures.ts';

type Json = Record<string, unknown>;

describe('pictures of products', function () {
  this.timeout(60_000);
  let app: TestApp;
  let owner: Actor;
  let product: Product;
  const path = (rest = ''): string => `/api/v1/products/${product.id}${rest}`;
  const again = async (): Promise<Product> => (product = await requireProduct(app.db, product.id));
  const altsOf = ({ pictures }: Pick<Product, 'pictures'>): string[] => pictures.map(({ alt }) => alt);
  const put = (rest: string, json: Json) =>
    app.as(owner).put(path(rest), Buffer.from(JSON.stringify(json)), 'application/json');
  const addOne = async (alt: string, width: number) =>
    fetch(`${app.url}${path('/pictures')}?alt=${encodeURIComponent(alt)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await app.as(owner).token()}`, 'content-type': 'image/jpeg' },
      body: new Uint8Array(await aJpeg({ width, height: 40 })),
    });
  const arrange = (alts: readonly string[]) => {
    const named = alts.map((alt) => product.pictures.find((one) => one.alt === alt)).map((one) => ({ ...one }));
    return put('/pictures', { version: product.version, pictures: named });
  };
  const historyOf = async (): Promise<Json[]> => (await app.as(owner).get(path('/history'))).body['items'] as Json[];

  before(async () => {
    app = await testApp();
    owner = (await aProducer(app)).owner;
  });
  after(() => app.close());
  beforeEach(async () => {
    const made = await aProducer(app);
    owner = made.owner;
    product = await aProduct(app, { producerId: made.producer.id, owner });
  });

  it('are at most eight', async () => {
    const statuses: number[] = [];
    for (let place = 2; place <= 9; place += 1) statuses.push((await addOne(String(place), 40 + place)).status);

    expect(statuses).to.deep.equal([201, 201, 201, 201, 201, 201, 201, 409]);
    expect(altsOf(await again())).to.deep.equal(['Hộp na', '2', '3', '4', '5', '6', '7', '8']);
  });

  it('sent at once are all kept, and never more than eight', async () => {
    const answers = await Promise.all(Array.from({ length: 9 }, (_, place) => addOne(`${place}`, 60 + place)));

    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).to.deep.equal([201, 201, 201, 201, 201, 201, 201, 409, 409]);
    expect((await again()).pictures).to.have.length(8);
  });

  it('that are there already are not there twice', async () => {
    await addOne('Quả na bổ đôi', 50);

    const repeated = await addOne('Quả na bổ đôi', 50);

    expect(repeated.status).to.equal(201);
    expect(altsOf(await again())).to.deep.equal(['Hộp na', 'Quả na bổ đôi']);
    expect(await historyOf()).to.have.length(2);
  });

  it('stand in the order that was chosen, the first as the main one, and each change has its note', async () => {
    await addOne('Quả na bổ đôi', 50);
    await addOne('Vườn na', 51);
    await again();

    const answer = await arrange(['Vườn na', 'Hộp na']);
    const repeated = await arrange(['Vườn na', 'Hộp na']);

    expect([answer.status, repeated.status]).to.deep.equal([200, 200]);
    expect(repeated.body).to.deep.equal(answer.body);
    expect((answer.body['picture'] as Json)['alt']).to.equal('Vườn na');
    const [change] = await historyOf();
    expect((change?.['before'] as Json)['pictures']).to.have.length(3);
    expect(((change?.['after'] as Json)['pictures'] as Json[]).map(({ alt }) => alt)).to.deep.equal([
      'Vườn na',
      'Hộp na',
    ]);
  });

  it('take other words, also through the whole record', async () => {
    const [first] = product.pictures;

    const arranged = await put('/pictures', {
      version: product.version,
      pictures: [{ fileId: first?.fileId, alt: 'Hộp na mười quả' }],
    });
    await again();
    const changed = await put('', changedProductJson(product, { pictures: [{ ...product.picture, alt: 'Hộp quà' }] }));

    expect((arranged.body['picture'] as Json)['alt']).to.equal('Hộp na mười quả');
    expect((changed.body['picture'] as Json)['alt']).to.equal('Hộp quà');
  });

  it('may all go, after which the product lacks its picture', async () => {
    const answer = await put('/pictures', { version: product.version, pictures: [] });

    expect(answer.body['pictures']).to.deep.equal([]);
    const page = await app.as(owner).page(paths.appProduct(product.id));
    expect(page.text).to.include('data-test="lacks"').and.include('href="#picture"');
  });

  it('arranged over what somebody else changed meanwhile are refused with what is stored', async () => {
    await addOne('Vườn na', 51);

    const late = await put('/pictures', { version: product.version, pictures: [] });

    expect(late.status).to.equal(409);
    expect(late.body['type']).to.match(/changed-meanwhile$/);
    expect((late.body['existing'] as Json)['pictures']).to.have.length(2);
  });

  describe('on a phone', () => {
    const formFields = async (): Promise<Record<string, string>> =>
      formOf((await app.as(owner).page(paths.appProduct(product.id))).text, 'pictures-form').fields;
    const send = async (parts: Record<string, string>) => {
      const fields = { ...(await formFields()), ...parts };
      return app.as(owner).postForm(paths.appProductPictures(product.id), fields);
    };

    beforeEach(async () => {
      await addOne('Quả na bổ đôi', 50);
      await addOne('Vườn na', 51);
      await again();
    });

    it('are put in order by numbers and left out by their mark', async () => {
      const answer = await send({ order2: '1', order0: '2', keep1: '' });

      expect(answer.status).to.equal(303);
      expect(altsOf(await again())).to.deep.equal(['Vườn na', 'Hộp na']);
      const page = wordsOf((await app.as(owner).page(paths.appProduct(product.id))).text);
      expect(page).to.include('1. Vườn na; 2. Hộp na').and.include('Ảnh (2/8)');
    });

    it('come back with what was typed and a sentence at the picture whose words are missing', async () => {
      const answer = await send({ alt1: '', order0: '3', keep2: '' });

      expect(answer.status).to.equal(422);
      expect(answer.text).to.include('id="alt1-error"').and.include('href="#alt1"');
      expect(answer.text).to.include('name="order0" value="3"');
      expect(answer.text)
        .to.match(/name="keep0" value="on" checked/)
        .and.match(/name="keep2" value="on">/);
      expect(altsOf(await again())).to.have.length(3);
    });

    it('come back with a sentence when somebody else was quicker', async () => {
      const fields = await formFields();
      await arrange(['Vườn na']);

      const late = await app.as(owner).postForm(paths.appProductPictures(product.id), { ...fields, alt0: 'Hộp quà' });

      expect(late.status).to.equal(409);
      expect(wordsOf(late.text)).to.include('Có người vừa sửa mục này trước bạn');
      expect(altsOf(await again())).to.deep.equal(['Vườn na']);
    });
  });
});
