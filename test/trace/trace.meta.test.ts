// What product and scan pages tell machines: schema.org data, addresses, and the picture that goes with a shared address.
import { expect } from 'chai';
import sharp from 'sharp';
import { aLabelledLot, aVerifiedStar } from '../support/a-scan.ts';
import type { LabelledLot } from '../support/a-scan.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { slugOf } from '../../src/products/products.service.ts';
import { aProduct } from '../support/factories.products.ts';
import { sendDecision } from '../support/factories.stored-certificates.ts';

const name = 'Chè </script> <!-- "x"';

describe('what public pages tell machines', () => {
  let app: TestApp;
  let lot: LabelledLot;
  let certificateId: string;
  const page = (path: string) => app.as(undefined).page(path);
  const dataOf = (html: string): Record<string, unknown> => {
    const [, json = 'null'] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html) ?? [];
    return JSON.parse(json) as Record<string, unknown>;
  };

  before(async () => {
    app = await testApp();
    lot = await aLabelledLot(app, { product: { name, gtin: '09521234000013' } });
    certificateId = await aVerifiedStar(app, lot);
  });
  after(() => app.close());

  it('tell a star as a certification with its last day, never as a rating by buyers', async () => {
    const { text } = await page(`/p/${slugOf(lot.product)}`);
    const data = dataOf(text);

    expect(data).to.include({ '@type': 'Product', name, gtin14: '09521234000013' });
    expect(data['hasCertification']).to.include({ name: 'OCOP 4 sao', expires: '2029-07-15' });
    expect(data).to.not.have.any.keys('aggregateRating', 'review', 'offers');
  });

  it('hold no markup of a name in the data or anywhere else', async () => {
    for (const path of [`/p/${slugOf(lot.product)}`, lot.page]) {
      const { text } = await page(path);

      expect(text, path).to.not.include('Chè </script>').and.not.include('<!-- ');
      expect(dataOf(text)['name'], path).to.equal(name);
    }
  });

  it('name the lot on a scan page, and whether it is recalled', async () => {
    const data = dataOf((await page(lot.page)).text);

    expect(data['additionalProperty']).to.deep.include({
      '@type': 'PropertyValue',
      propertyID: 'lot',
      value: lot.batch.lotNumber,
    });
    expect(data['additionalProperty']).to.deep.include({
      '@type': 'PropertyValue',
      propertyID: 'recalled',
      value: false,
    });
  });

  it('give one address to search engines, and that of each language', async () => {
    const path = `/p/${slugOf(lot.product)}`;
    const address = `https://truyxuat.example.vn${path}`;
    const vietnamese = await page(path);
    const english = await page(`${path}?lang=en`);

    expect(vietnamese.text).to.include(`<link rel="canonical" href="${address}">`);
    expect(english.text).to.include(`<link rel="canonical" href="${address}?lang&#x3D;en">`.replace('&#x3D;', '='));
    expect(english.text).to.include(`hreflang="x-default" href="${address}"`);
  });

  it('lend a sibling no certification', async () => {
    const parts = { name: 'Chè túi lọc', internalCode: 'TL-1' };
    const sibling = await aProduct(app, { producerId: lot.producer.id, owner: lot.owner, parts });

    const { text } = await page(`/p/${slugOf(sibling)}`);

    expect(dataOf(text)).to.not.have.property('hasCertification');
  });

  it('come with a picture of 1200 by 630 that is kept under its version, and a newer one under another address', async () => {
    const { text } = await page(`/p/${slugOf(lot.product)}`);
    const [, address = ''] = /og:image" content="https:\/\/truyxuat\.example\.vn([^"]+)"/.exec(text) ?? [];
    const picture = await app.as(undefined).bytes(address);
    const stale = await page(address.replace(/-\d+-\d+\.png$/, '-0-0.png'));

    const { width, height, format } = await sharp(Buffer.from(picture.bytes)).metadata();
    expect({ width, height, format }).to.deep.equal({ width: 1200, height: 630, format: 'png' });
    expect(picture.headers.get('cache-control')).to.include('max-age=604800');
    expect(stale.status).to.equal(302);
    expect(stale.headers.get('location')).to.equal(address);
    expect((await page('/share/zzzzzzzzzz-1-1.png')).status).to.equal(404);
  });

  it('no longer tell of a certification once it is revoked', async () => {
    const revoked = {
      kind: 'revoked',
      decisionNumber: '9/QĐ',
      decidedOn: '2026-09-04',
      effectiveOn: '2026-09-04',
      reason: 'Không giữ tiêu chuẩn.',
    };
    expect((await sendDecision(app, lot.officer, certificateId, revoked)).status).to.equal(201);

    const { text } = await page(`/p/${slugOf(lot.product)}`);

    expect(dataOf(text)).to.not.have.property('hasCertification');
  });
});
