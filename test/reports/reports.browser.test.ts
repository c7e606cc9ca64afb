// A report on a small phone, without script: from the label's page to the number, and the answer on the pages of those in charge.
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aLabelledLot } from '../support/a-scan.ts';
import type { LabelledLot } from '../support/a-scan.ts';
import { axeFaults, openPhone, sidewaysScroll, signIn, startBrowser } from '../support/phone.ts';

describe('a report on a phone', function () {
  this.timeout(90_000);
  let app: TestApp;
  let browser: Browser;
  let lot: LabelledLot;
  before(async () => {
    app = await testApp();
    browser = await startBrowser();
    lot = await aLabelledLot(app);
  });
  after(async () => {
    await browser.close();
    await app.close();
  });

  const look = async (page: Page, name: string): Promise<void> => {
    expect(await sidewaysScroll(page), name).to.equal(0);
    expect(await axeFaults(page), name).to.deep.equal([]);
  };

  it('is sent without script, gives a number, and is answered by the officer', async () => {
    const plain = await openPhone(browser, app, { script: false });
    await plain.goto(lot.page);
    await plain.locator('.bao a').click();
    await plain.getByLabel('Tem hoặc mã khác với hàng, nghi bị sao chép').check();
    await plain.getByLabel('Bạn thấy gì, ở đâu?').fill('Mã trên hộp khác mã trên trang.');
    await plain.getByRole('button', { name: 'Gửi phản ánh' }).click();
    const number = await plain.locator('[data-test=number]').innerText();
    const sentAt = plain.url();
    await plain.context().close();

    const office = await openPhone(browser, app, { width: 1280 });
    await signIn(office, app, lot.officer);
    await office.goto('/office/reports');
    await look(office, 'office-list');
    await office.locator('[data-test=report]').first().click();
    await look(office, 'office-report');
    await office.getByLabel('Câu trả lời').fill('Đã chuyển đội quản lý thị trường kiểm tra.');
    await office.getByRole('button', { name: 'Gửi trả lời' }).click();
    await office.context().close();

    const reader = await openPhone(browser, app);
    await reader.goto('/reports');
    await reader.getByLabel('Số phản ánh').fill(number);
    await reader.getByRole('button', { name: 'Tra số này' }).click();
    await look(reader, 'sent');

    expect(number).to.match(/^PA-\w{5}-\w{5}$/);
    expect(sentAt).to.include('/reports/');
    expect(await reader.locator('[data-test=answer]').innerText()).to.include('Đã chuyển đội quản lý thị trường');
    await reader.context().close();
  });

  it('has a form that axe-core finds nothing in, in both languages and with its faults shown', async () => {
    const page = await openPhone(browser, app, { width: 320 });
    for (const language of ['vi', 'en']) {
      await page.goto(`${lot.page}/report?lang=${language}`);
      await look(page, `form-${language}`);
    }
    await page.locator('main button').click();
    await look(page, 'form-faults');

    expect(page.url()).to.include('/report');
    expect(await page.locator('.loi').count()).to.be.above(1);
    await page.context().close();
  });
});
