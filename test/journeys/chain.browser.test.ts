// The whole chain as a person goes it: forms in a real browser, the printed sheet read by two decoders, the page behind the symbol.
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { paths } from '../../src/paths.ts';
import { aLabelledLot, aVerifiedStar } from '../support/a-scan.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { decodeAll, renderPdf } from '../support/pdf.ts';
import { openPhone, signIn, startBrowser } from '../support/phone.ts';

describe('the chain from a batch to a scanned page', function () {
  this.timeout(90_000);
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

  it('leads from the forms of a phone to the page that the printed symbol opens', async () => {
    const lot = await aLabelledLot(app);
    await aVerifiedStar(app, lot);
    const page = await openPhone(browser, app);
    page.setDefaultTimeout(8000);
    await signIn(page, app, lot.owner);

    await page.goto(paths.appNewBatch);
    await page.fill('[name=lotNumber]', 'NA-CHUOI-01');
    await page.locator('[name=siteIds]').first().check();
    await page.fill('[name=startedOn]', '2026-08-01');
    await page.locator('details:has([name=harvestedOn]) > summary').click();
    await page.fill('[name=harvestedOn]', '2026-09-03');
    await page.fill('[name=packedOn]', '2026-09-03');
    await page.fill('[name="quantity.amount"]', '40');
    await page.fill('[name=unitsMade]', '80');
    await page.locator('main form button.l').click();
    await page.waitForURL(/\/app\/batches\/[0-9a-f-]{36}/);
    const batchId = /batches\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '';
    for (const kind of ['water', 'weed']) {
      await page.goto(paths.appNewStep(batchId));
      await page.locator(`[name=kind][value=${kind}]`).check({ force: true });
      await page.getByRole('button', { name: 'Lưu việc này' }).click();
      await page.waitForURL(new RegExp(`${batchId}\\?`));
    }
    await page.goto(paths.appBatchLabels(batchId));
    await page.fill('[name=quantity]', '65');
    await page.locator('form[action$="/labels"] button.l').click();
    await page.waitForURL(/\/app\/label-runs\//);
    await page.getByRole('button', { name: 'Duyệt đợt tem' }).click({ timeout: 30_000 });
    const posted = page.waitForResponse((answer) => answer.request().method() === 'POST' && answer.status() === 303);
    await page.getByRole('button', { name: 'Mở tệp để in' }).click();
    const file = (await posted).headers()['location'] ?? '';
    const sheet = await page.context().request.get(`${app.url}${file}`);
    const [printed] = await renderPdf(await sheet.body(), 300);
    const decoded = await decodeAll(printed!);
    const addresses = new Set([...decoded.zxing, ...decoded.jsqr]);
    const opened = await page.context().newPage();
    const answer = await opened.goto(new URL([...addresses][0] ?? '').pathname);

    expect(decoded.zxing).to.have.length(65);
    expect(decoded.jsqr).to.have.length(65);
    expect(addresses.size).to.equal(1);
    expect(answer?.status()).to.equal(200);
    const text = await opened.locator('body').innerText();
    expect(text).to.include(lot.product.name);
    expect(text).to.include('NA-CHUOI-01');
    expect(text).to.include('Tưới nước');
    expect(text).to.include('Còn hiệu lực đến');
  });
});
