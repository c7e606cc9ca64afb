// The public page of a producer.
import { expect } from 'chai';
import { aLabelledLot, aVerifiedStar } from '../support/a-scan.ts';
import type { LabelledLot } from '../support/a-scan.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { newRecallJson } from '../support/factories.batches.ts';
import { aProducer } from '../support/factories.producers.ts';
import { aProduct } from '../support/factories.products.ts';

const visibleText = (html: string): string =>
  html
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

describe('the public page of a producer', () => {
  let app: TestApp;
  let lot: LabelledLot;
  const page = (path: string, headers: Record<string, string> = {}) => app.as(undefined).page(path, headers);
  const pathOf = (id: string) => `/o/${id}`;
  const open = async (id: string, query = '') => {
    const { headers, status, text } = await page(`${pathOf(id)}${query}`);
    return status === 301 ? page(headers.get('location') ?? '') : { headers, status, text };
  };

  before(async () => {
    app = await testApp();
    lot = await aLabelledLot(app, {
      producer: {
        legalName: 'Hợp tác xã <img src=x> Mẫu',
        shops: [{ url: 'https://shopee.vn/nuong-mau?a=1&b="x"' }],
        story: 'Dòng một\nDòng hai <script>',
      },
      product: { name: 'Chè đinh' },
      site: { publicPrecision: 'commune', name: 'Sau nhà' },
    });
    await aVerifiedStar(app, lot);
    await aProduct(app, {
      producerId: lot.producer.id,
      owner: lot.owner,
      parts: { name: 'Chè túi lọc', internalCode: 'TL' },
    });
  });
  after(() => app.close());

  it('is at an address with its name and leads there from its id and from an old name', async () => {
    const { status, headers } = await page(`/o/ten-cu-${lot.producer.id}?lang=en`);

    expect(status).to.equal(301);
    expect(headers.get('location')).to.equal(`/o/hop-tac-xa-img-src-x-mau-${lot.producer.id}?lang=en`);
    expect((await page(headers.get('location') ?? '')).status).to.equal(200);
  });

  it('shows each product with its own stars, and none of its own', async () => {
    const { text } = await open(lot.producer.id);
    const words = visibleText(text);

    expect(words).to.match(/Chè đinh OCOP 4 sao, còn hiệu lực đến/);
    expect(words).to.match(/Chè túi lọc Chưa được chứng nhận OCOP/);
    expect(words.match(/\d sao/g)).to.have.lengthOf(1);
    expect(words).to.include('Sao thuộc về từng sản phẩm, không thuộc về chủ thể.');
  });

  it('names its shops with their hosts, marked as leaving the site', async () => {
    const { text } = await open(lot.producer.id);

    expect(text).to.match(
      /<a class="btn" href="https:\/\/shopee\.vn\/nuong-mau\?[^"]*" rel="noopener nofollow external"/,
    );
    expect(visibleText(text)).to.include('Shopee (shopee.vn), rời trang này');
  });

  it('tells a place no finer than its producer agreed to', async () => {
    const { text } = await open(lot.producer.id);

    expect(visibleText(text)).to.include('xã La Hiên').and.not.include('Sau nhà');
  });

  it('shows markup in names and stories as text', async () => {
    const { text } = await open(lot.producer.id);

    expect(text).to.not.include('<img src=x>').and.not.include('hai <script>');
    expect(text).to.include('Hợp tác xã &lt;img src&#x3D;x&gt; Mẫu');
  });

  it('says first that lots are being recalled', async () => {
    const other = await aLabelledLot(app);
    await app.as(other.officer).post(`/api/v1/batches/${other.batch.id}/recalls`, newRecallJson());

    const { text } = await open(other.producer.id);

    expect(visibleText(text)).to.include(`Có lô hàng đang bị thu hồi Na dai La Hiên, lô ${other.batch.lotNumber}`);
  });

  it('tells nothing of a household that did not agree to its name', async () => {
    const home = await aProducer(app, { parts: { kind: 'household', legalName: 'Hộ ông Mẫu Văn Kín' } });

    const { text, status } = await open(home.producer.id);

    expect(status).to.equal(200);
    expect(text).to.include('Hộ sản xuất (không nêu tên)');
    expect(text)
      .to.not.include('Mẫu Văn Kín')
      .and.not.include('Xóm Mẫu')
      .and.not.include('Võ Nhai')
      .and.not.include('Chủ thể hư cấu');
  });

  it('is not there for whom nobody has approved, and for no one', async () => {
    const unapproved = await aProducer(app, { approved: false });

    expect((await page(pathOf(unapproved.producer.id))).status).to.equal(404);
    expect((await page('/o/khong-co')).status).to.equal(404);
    expect((await page('/o/%00%ff')).status).to.equal(404);
  });

  it('gives the same facts as data', async () => {
    const answer = await app.as(undefined).get(`/api/v1/public/producers/${lot.producer.id}`);

    expect(answer.status).to.equal(200);
    expect(answer.body['products']).to.have.deep.members(
      (answer.body['products'] as { name: string }[]).map((one) =>
        one.name === 'Chè đinh' ? { ...one, state: 'valid', stars: 4 } : { ...one, state: 'none', stars: null },
      ),
    );
    expect(answer.body).to.not.have.property('stars');
  });
});
