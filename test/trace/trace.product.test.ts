// The public page of a product: what its stars are worth today, or why none are shown; for imported products too.
import { expect } from 'chai';
import type { Actor } from '../../src/actor.ts';
import { importCertificates } from '../../src/certificates/certificates.import.service.ts';
import type { ImportedCertificate, Listing } from '../../src/certificates/certificates.types.ts';
import { paths } from '../../src/paths.ts';
import { importProducers } from '../../src/producers/producers.import.service.ts';
import { importProducts } from '../../src/products/products.import.service.ts';
import { requireProduct, slugOf } from '../../src/products/products.service.ts';
import { aLabelledLot, aVerifiedStar } from '../support/a-scan.ts';
import type { LabelledLot } from '../support/a-scan.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { anAdmin } from '../support/factories.ts';
import { aProducer } from '../support/factories.producers.ts';
import { aProduct } from '../support/factories.products.ts';
import { aProductOwner } from '../support/factories.stored-certificates.ts';

const visibleText = (html: string): string => html.replace(/<style[\s\S]*?<\/style>/g, '').replace(/<[^>]+>/g, ' ');

describe('the public page of a product', () => {
  let app: TestApp;
  let lot: LabelledLot;
  const pageOf = (path: string, headers: Record<string, string> = {}) => app.as(undefined).page(path, headers);
  const pathOf = async (productId: string): Promise<string> =>
    paths.product(slugOf(await requireProduct(app.db, productId)));

  before(async () => {
    app = await testApp();
    lot = await aLabelledLot(app);
  });
  after(() => app.close());

  it('says that a product without papers is not certified, and lends it no sibling’s stars', async () => {
    const sibling = await aProduct(app, {
      producerId: lot.producer.id,
      owner: lot.owner,
      parts: { name: 'Chè túi lọc', internalCode: 'CHE-TL' },
    });
    await aVerifiedStar(app, lot);

    const certified = await pageOf(await pathOf(lot.product.id));
    const plain = await pageOf(await pathOf(sibling.id));

    expect(certified.status).to.equal(200);
    expect(visibleText(certified.text))
      .to.include('OCOP 4 sao')
      .and.include('Còn hiệu lực đến')
      .and.include('Chè túi lọc');
    expect(certified.text).to.include('href="#sao"');
    expect(visibleText(plain.text))
      .to.include('Chưa được chứng nhận OCOP')
      .and.not.match(/\d sao/);
    expect(plain.text).to.not.include('href="#sao"');
  });

  it('tells nothing of a household that did not agree to its name', async () => {
    const household = await aProductOwner(app, { parts: { kind: 'household', legalName: 'Hộ ông Mẫu Văn Kín' } });

    const { text } = await app.as(undefined).page(`/p/${slugOf(household.product)}`);

    expect(text).to.contain('Hộ sản xuất (không nêu tên)');
    expect(text).to.not.contain('Mẫu Văn Kín').and.not.contain('huyện Võ Nhai').and.not.contain('Xóm Mẫu');
  });

  it('says first that sample data are sample data', async () => {
    const made = await aProducer(app, { sample: true });
    const product = await aProduct(app, { producerId: made.producer.id, owner: made.owner });

    const page = await pageOf(await pathOf(product.id));

    expect(visibleText(page.text)).to.include('DỮ LIỆU MẪU');
    expect(page.text.indexOf('DỮ LIỆU MẪU', page.text.indexOf('<body'))).to.be.lessThan(page.text.indexOf('<h1'));
  });

  it('is found by its key whatever the name in the address, and leads to the name of today', async () => {
    const path = await pathOf(lot.product.id);
    const key = path.slice(-10);

    const moved = await pageOf(`/p/ten-cu-${key.toUpperCase()}?lang=en`);
    const english = await pageOf(`${path}?lang=en`);

    expect(moved.status).to.equal(301);
    expect(moved.headers.get('location')).to.equal(`${path}?lang=en`);
    expect(english.text).to.include('Who makes it');
  });

  it('gives the same facts as data', async () => {
    const answer = await app
      .as(undefined)
      .get(`/api/v1/public${(await pathOf(lot.product.id)).replace('/p/', '/products/')}`);
    const negotiated = await pageOf(await pathOf(lot.product.id), { accept: 'application/json' });

    expect(answer.status).to.equal(200);
    expect(answer.body).to.include({ name: lot.product.name, sample: false });
    expect(answer.body['verdict']).to.include({ state: 'valid', stars: 4 });
    expect(JSON.parse(negotiated.text)).to.have.property('name', lot.product.name);
    expect(answer.body['facts']).to.deep.include({ label: 'Thành phần', value: 'Na tươi 100 %' });
    expect(answer.body['siblings']).to.deep.equal([{ name: 'Chè túi lọc', state: 'none' }]);
  });

  it('tells brand, warnings and the story, each line of it a paragraph', async () => {
    const told = await aProduct(app, {
      producerId: lot.producer.id,
      owner: lot.owner,
      parts: {
        name: 'Miến mẫu',
        internalCode: 'MI-01',
        brand: 'Sợi Mẫu',
        warnings: 'Không dùng khi bao hở.',
        story: 'Bà kể.\n\nCháu ghi <i>lại</i>.',
      },
    });

    const page = await pageOf(await pathOf(told.id));

    expect(visibleText(page.text)).to.include('Sợi Mẫu').and.include('Không dùng khi bao hở.');
    expect(page.text).to.include('<p>Bà kể.</p><p>Cháu ghi &lt;i&gt;lại&lt;/i&gt;.</p>');
  });

  it('is a helpful page where there is no such product, and where nobody has approved the producer', async () => {
    const pending = await aProducer(app, { approved: false });
    const hidden = await aProduct(app, { producerId: pending.producer.id, owner: pending.owner });

    for (const path of ['/p/la', '/p/khong-co-0000000000', '/p/%00', '/p/..%2fetc', await pathOf(hidden.id)]) {
      const answer = await pageOf(path);
      expect(answer.status, path).to.be.oneOf([400, 404]);
      expect(answer.text.length, path).to.be.greaterThan(500);
    }
    const missing = await pageOf(await pathOf(hidden.id));
    expect(missing.text).to.include('Chưa thấy sản phẩm này trong sổ');
  });

  it('shows markup in names and stories as text', async () => {
    const odd = await aProduct(app, {
      producerId: lot.producer.id,
      owner: lot.owner,
      parts: { name: '<b>Na</b> {{constructor}} "><img src=x onerror=1>', internalCode: 'LA-01' },
    });

    const page = await pageOf(await pathOf(odd.id));

    expect(page.status).to.equal(200);
    expect(page.text).to.include('&lt;b&gt;Na&lt;/b&gt; {{constructor}}').and.not.include('<img src=x');
  });
});

describe('the public page of an imported product', () => {
  let app: TestApp;
  const admin: Actor = anAdmin();
  const words: Record<Listing, string> = {
    recognised: 'Có trong danh sách công nhận, chưa được cán bộ xác minh',
    scored: 'Hội đồng đã chấm, nguồn chưa nêu quyết định công nhận',
    removed: 'Nguồn ghi: đã đưa ra khỏi danh sách OCOP',
    potential: 'Được xếp tiềm năng 5 sao, chưa được công nhận 5 sao',
    'in-scoring': 'Hồ sơ trên phần mềm chấm điểm, chưa phải là công nhận',
  };

  before(async () => {
    app = await testApp();
  });
  after(() => app.close());

  const imported = async (listedAs: Listing, parts: Partial<ImportedCertificate> = {}): Promise<string> => {
    const owner = {
      importKey: 'owner',
      legalName: 'Hợp tác xã Mẫu Danh Sách',
      kind: 'cooperative' as const,
      provinceCode: '68',
      communeCode: '',
      communeName: '',
      formerAddress: 'xã Quảng Trực, huyện Tuy Đức, tỉnh Đắk Nông',
      source: 'DS-MAU',
    };
    const now = new Date('2026-09-04T02:00:00Z');
    const producerId = (await importProducers(app.db, admin, [owner], now)).get('owner') ?? '';
    const named = {
      importKey: listedAs,
      producerId,
      name: `Mắc ca ${listedAs}`,
      ocopGroup: 'Thực phẩm',
      source: 'DS-MAU',
    };
    const productId = (await importProducts(app.db, admin, [named], now)).get(listedAs) ?? '';
    const decision: ImportedCertificate = {
      importKey: listedAs,
      producerId,
      productId,
      provinceCode: '68',
      number: '',
      decisionNumber: '858/QĐ-UBND',
      issuerLevel: 'province',
      issuerName: 'UBND tỉnh Đắk Nông',
      issuedOn: '2025-06-19',
      issuedPart: '',
      stars: 4,
      listedAs,
      source: { key: 'DS-MAU', evidence: 'A quyết định gốc', note: '' },
      ...parts,
    };
    await importCertificates(app.db, admin, [decision], now);
    return paths.product(slugOf(await requireProduct(app.db, productId)));
  };

  for (const listedAs of Object.keys(words) as Listing[]) {
    it(`shows no stars and says why: ${listedAs}`, async () => {
      const page = await app.as(undefined).page(await imported(listedAs));

      const text = visibleText(page.text);
      expect(page.status).to.equal(200);
      expect(text).to.include(words[listedAs]).and.include('Nguồn: DS-MAU');
      expect(text).to.include('chỉ hiện sao khi cơ quan có thẩm quyền đã xác minh');
      expect(text).to.include('chủ thể chưa vào sổ này');
      expect(text).to.not.match(/OCOP \d sao|Còn hiệu lực/);
      expect(page.text).to.not.include('href="#sao"');
    });
  }

  it('gives a date as precisely as the source', async () => {
    const { issuedOn: _day, ...rest } = { issuedOn: '' };
    const page = await app
      .as(undefined)
      .page(await imported('scored', { ...rest, importKey: 'part', issuedPart: '2020-11' }));

    expect(visibleText(page.text)).to.not.include('undefined');
  });
});
