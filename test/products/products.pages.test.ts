// Product pages: forms without script, what was typed kept, pictures as a browser sends them, markup shown as text.
import { expect } from 'chai';
import type { Actor } from '../../src/actor.ts';
import { productModel } from '../../src/products/products.model.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import { aProducer } from '../support/factories.producers.ts';
import { aProduct } from '../support/factories.products.ts';
import { aJpeg } from '../support/pictures.ts';

describe('product pages', () => {
  let app: TestApp;
  let owner: Actor;
  let producerId: string;
  const stored = () => productModel(app.db).countDocuments({ producerId });

  before(async () => {
    app = await testApp();
  });
  after(() => app.close());
  beforeEach(async () => {
    const made = await aProducer(app);
    owner = made.owner;
    producerId = made.producer.id;
  });

  const form = (parts: Record<string, string> = {}) => ({
    id: uuidv7(),
    producerId,
    name: 'Mật ong bạc hà',
    'netContent.amount': '0,5',
    'netContent.unit': 'l',
    packaging: 'chai thuỷ tinh',
    gtin: '',
    internalCode: '',
    ocopSet: '4',
    shelfLifeDays: '720',
    origin: 'Xã Mẫu',
    standards: 'TCVN 12605\r\n\r\n TCCS 01:2026 (mẫu) ',
    ingredients: 'Mật ong',
    storage: '',
    usage: '',
    warnings: '',
    story: '',
    ...parts,
  });

  it('take a product with a decimal comma and one standard a line', async () => {
    const answer = await app.as(owner).postForm('/app/products', form());

    expect(answer.status).to.equal(303);
    const page = await app.as(owner).page(answer.headers.get('location') ?? '');
    expect(page.text).to.contain('0,5\u00A0lít').and.contain('TCVN 12605; TCCS 01:2026 (mẫu)').and.contain('720 ngày');
    expect(page.text).to.contain('data-test="lacks"').and.contain('href="#picture"');
  });

  it('record a form that is sent twice once', async () => {
    const sent = form();

    const answers = await Promise.all([1, 2].map(() => app.as(owner).postForm('/app/products', sent)));

    expect(answers.map(({ status }) => status)).to.deep.equal([303, 303]);
    expect(await stored()).to.equal(1);
  });

  it('give the form back with everything typed and a sentence at each faulty field', async () => {
    const typed = form({
      name: '',
      'netContent.amount': 'nửa lít',
      gtin: '9521234000014',
      standards: 'TCVN 1\nTCVN 2',
      story: '"><b>x</b>',
    });

    const answer = await app.as(owner).postForm('/app/products', typed);

    expect(answer.status).to.equal(422);
    expect(answer.text).to.contain('id="name-error"').and.contain('id="netContent.amount-error"');
    expect(answer.text).to.contain('value="nửa lít"').and.contain('TCVN 1\nTCVN 2</textarea>');
    expect(answer.text).to.contain('&quot;&gt;&lt;b&gt;x&lt;/b&gt;</textarea>');
    expect(answer.text).to.match(/<option value="l" selected>/);
    expect(await stored()).to.equal(0);
  });

  it('say in the form which number is wrong or taken', async () => {
    await app.as(owner).postForm('/app/products', form({ internalCode: 'MO-1' }));

    const wrong = await app.as(owner).postForm('/app/products', form({ gtin: '9521234000014' }));
    const taken = await app.as(owner).postForm('/app/products', form({ internalCode: 'MO-1' }));

    expect([wrong.status, taken.status]).to.deep.equal([422, 409]);
    expect(wrong.text).to.contain('Chữ số kiểm tra ở vị trí 13');
    expect(taken.text).to.contain('Mã nội bộ này đã dùng').and.contain('value="MO-1"');
  });

  it('do not write in the name of another producer', async () => {
    const other = await aProducer(app);

    const answer = await app.as(owner).postForm('/app/products', form({ producerId: other.producer.id }));

    expect(answer.status).to.equal(404);
  });

  it('are absent for strangers and readable without the picture form for officers of the province', async () => {
    const product = await aProduct(app, { producerId });
    const path = `/app/products/${product.id}`;

    const statuses = [];
    for (const person of [anOfficer('01'), aProducerUser(uuidv7()), undefined])
      statuses.push((await app.as(person).page(path)).status);
    const officer = await app.as(anOfficer('19')).page(path);
    const own = await app.as(owner).page(path);

    expect(statuses).to.deep.equal([404, 404, 303]);
    expect(officer.status).to.equal(200);
    expect(officer.text).to.not.contain('data-test="picture-form"');
    expect(own.text).to.contain('data-test="picture-form"').and.contain('data-test="complete"');
  });

  it('speak English as well', async () => {
    const product = await aProduct(app, { producerId });

    const [list, page, empty] = [
      await app.as(owner).page('/app/products?lang=en'),
      await app.as(owner).page(`/app/products/${product.id}?lang=en`),
      await app.as(owner).page('/app/products/new?lang=en'),
    ];

    expect([list.status, page.status, empty.status]).to.deep.equal([200, 200, 200]);
    expect(page.text).to.contain('lang="en"').and.contain('Shelf life in days');
  });

  it('show names and stories with markup as text', async () => {
    const markup = '<script>alert(1)</script>{{constructor}}';
    const product = await aProduct(app, {
      producerId,
      parts: { name: markup, story: `"><img src=x onerror=alert(1)>${markup}` },
    });

    const page = await app.as(owner).page(`/app/products/${product.id}`);
    const list = await app.as(owner).page('/app/products');

    for (const { text, headers } of [page, list]) {
      expect(text).to.contain('&lt;script&gt;alert(1)&lt;/script&gt;{{constructor}}');
      expect(text).to.not.contain('<script>alert').and.not.contain('<img src=x');
      expect(headers.get('content-security-policy')).to.contain("script-src 'self'");
    }
  });

  describe('picture form', () => {
    const send = async (productId: string, file: Blob | undefined, name: string, alt = 'Chai mật') => {
      const body = new FormData();
      body.set('alt', alt);
      if (file !== undefined) body.set('picture', file, name);
      return app.as(owner).postForm(`/app/products/${productId}/picture`, body);
    };

    for (const name of [
      'Ảnh sản phẩm – chè đỉnh.jpg',
      'Ảnh'.normalize('NFD'),
      '../../etc/passwd.jpg',
      `${'ấ'.repeat(80)}.jpg`,
      '🐝.jpg',
      'a.jpg\r\nX: y',
    ]) {
      it(`takes a picture whatever its name is: ${JSON.stringify(name.slice(0, 30))}`, async () => {
        const product = await aProduct(app, { producerId, picture: false });

        const answer = await send(product.id, new Blob([new Uint8Array(await aJpeg())], { type: 'image/jpeg' }), name);

        expect(answer.status).to.equal(303);
        const page = await app.as(owner).page(`/app/products/${product.id}`);
        expect(page.text).to.contain('data-test="picture"').and.contain('alt="Chai mật"');
      });
    }

    const refusals: { what: string; file: Blob | undefined; alt?: string; status: number; says: string }[] = [
      { what: 'no file', file: undefined, status: 415, says: 'không phải ảnh' },
      {
        what: 'a text named as a picture',
        file: new Blob(['x'], { type: 'image/jpeg' }),
        status: 415,
        says: 'không phải ảnh',
      },
      { what: 'no words for the blind', file: new Blob(['x']), alt: '', status: 422, says: 'Cần điền mục này' },
    ];
    for (const { what, file, alt, status, says } of refusals) {
      it(`comes back with a sentence for ${what}`, async () => {
        const product = await aProduct(app, { producerId, picture: false });

        const answer = await send(product.id, file, 'a.jpg', alt);

        expect(answer.status).to.equal(status);
        expect(answer.text).to.contain(says).and.contain('data-test="picture-form"');
      });
    }

    it('refuses a file of more than 25 MB with 413', async () => {
      const product = await aProduct(app, { producerId, picture: false });

      const answer = await send(product.id, new Blob([new Uint8Array(25 * 1024 * 1024 + 1)]), 'a.jpg');

      expect(answer.status).to.equal(413);
      expect(answer.text).to.contain('25 MB');
    });

    it('is refused to officers and absent for strangers before the file is read', async () => {
      const product = await aProduct(app, { producerId, picture: false });
      const body = () => {
        const made = new FormData();
        made.set('picture', new Blob([new Uint8Array(1000)]), 'a.jpg');
        return made;
      };

      const officer = await app.as(anOfficer('19')).postForm(`/app/products/${product.id}/picture`, body());
      const stranger = await app.as(aProducerUser(uuidv7())).postForm(`/app/products/${product.id}/picture`, body());

      expect([officer.status, stranger.status]).to.deep.equal([403, 404]);
    });
  });
});
