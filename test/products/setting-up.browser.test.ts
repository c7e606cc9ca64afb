// Places, products and producers on a real phone screen, filled in as a person would, without script.
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { listProducts } from '../../src/products/products.service.ts';
import { listSites } from '../../src/sites/sites.service.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { anOfficer } from '../support/factories.ts';
import { aProducer } from '../support/factories.producers.ts';
import { aProduct } from '../support/factories.products.ts';
import { aSite } from '../support/factories.sites.ts';
import { axeFaults, openPhone, sidewaysScroll, signIn, startBrowser } from '../support/phone.ts';
import { aJpeg } from '../support/pictures.ts';

describe('setting up on a phone', function () {
  this.timeout(120_000);
  let app: TestApp;
  let browser: Browser;

  before(async () => {
    app = await testApp();
    browser = await startBrowser();
  });
  after(async () => {
    await browser.close();
    await app.close();
  });

  it('marks a place whose pair was typed the wrong way round, after the person has agreed to turn it', async () => {
    const { producer, owner } = await aProducer(app);
    const page = await openPhone(browser, app, { script: false });
    await signIn(page, app, owner);
    await page.goto('/app/sites/new');

    await page.getByLabel('Tên gọi', { exact: true }).fill('Nương sau nhà');
    await page.getByLabel('Loại', { exact: true }).selectOption('plot');
    await page.getByLabel('Vị trí', { exact: true }).fill('105.93, 21.72');
    // Enter in a field is the ordinary save, never the turning round.
    await page.getByLabel('Tên gọi', { exact: true }).press('Enter');
    await page.getByText('Đúng, đổi lại rồi lưu').waitFor();
    await page.getByLabel('Tên gọi', { exact: true }).press('Enter');
    await page.getByText('Đúng, đổi lại rồi lưu').waitFor();
    expect(await listSites(app.db, owner, producer.id)).to.deep.equal([]);
    await page.getByText('Đúng, đổi lại rồi lưu').tap();

    await page.getByRole('heading', { name: 'Nương sau nhà' }).waitFor();
    const [site] = await listSites(app.db, owner, producer.id);
    expect(site?.geometry).to.deep.equal({ type: 'Point', coordinates: [105.93, 21.72] });
    await page.context().close();
  });

  it('describes a product and gives it a picture', async () => {
    const { producer, owner } = await aProducer(app);
    const page = await openPhone(browser, app, { script: false });
    await signIn(page, app, owner);
    await page.goto('/app/products/new');

    await page.getByLabel('Tên sản phẩm').fill('Na dai La Hiên');
    await page.getByLabel('Khối lượng hoặc thể tích').fill('0,5');
    await page.getByLabel('Đơn vị').selectOption('kg');
    await page.getByLabel('Nơi sản xuất').fill('Xã La Hiên');
    await page.getByLabel('Tiêu chuẩn áp dụng').fill('TCCS 01:2026 (mẫu)');
    await page.getByText('Lưu sản phẩm').tap();
    await page.locator('[data-test=lacks]').waitFor();
    const file = { name: 'Ảnh na.jpg', mimeType: 'image/jpeg', buffer: await aJpeg({ width: 900, height: 600 }) };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: 'Thêm ảnh' }).tap();

    await page.locator('[data-test=complete]').waitFor();
    const drawn = await page.locator('[data-test=picture]').evaluate((image) => {
      const { naturalWidth, complete } = image as unknown as { naturalWidth: number; complete: boolean };
      return complete && naturalWidth > 0;
    });
    expect(drawn).to.equal(true);
    expect((await listProducts(app.db, owner, producer.id))[0]).to.include({ name: 'Na dai La Hiên', version: 2 });
    await page.context().close();
  });

  it('shows pages that axe-core finds nothing wrong with and that never scroll sideways', async () => {
    const { producer, owner } = await aProducer(app, { approved: false });
    await aSite(app, { producerId: producer.id });
    const product = await aProduct(app, { producerId: producer.id });
    const longest = 'Miến Ễnh Ương Khuỷu Ỡ '.repeat(10).slice(0, 200).trim();
    const parts = { name: longest, netContent: undefined, origin: '', standards: [], packaging: 'Ộ'.repeat(80) };
    const bare = await aProduct(app, { producerId: producer.id, parts, picture: false });
    const officer = anOfficer('19');
    const visits = [
      {
        person: owner,
        paths: [
          '/app/sites',
          '/app/sites/new',
          '/app/products',
          '/app/products/new',
          `/app/products/${product.id}`,
          `/app/products/${product.id}/edit`,
          `/app/products/${bare.id}`,
        ],
      },
      {
        person: officer,
        paths: [
          '/office/producers',
          `/office/producers/${producer.id}/approvals`,
          '/office/products',
          `/app/products/${bare.id}`,
        ],
      },
    ];

    const faults: string[] = [];
    for (const { person, paths } of visits) {
      const page = await openPhone(browser, app, { width: 320 });
      await signIn(page, app, person);
      for (const path of paths) {
        await page.goto(path);
        await page.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true; })');
        faults.push(...(await axeFaults(page)).map((fault) => `${path} ${fault}`));
        const wider = [await sidewaysScroll(page, 100), await sidewaysScroll(page, 200)];
        if (Math.max(...wider) > 0) faults.push(`${path} scrolls sideways by ${wider.join(' and ')}`);
      }
      await page.context().close();
    }

    expect(faults).to.deep.equal([]);
  });
});
