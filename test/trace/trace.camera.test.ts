// Reading codes on /check: what a picture holds leads to its page only when it is ours; everything works on the phone itself.
import { expect } from 'chai';
import QRCode from 'qrcode';
import type { Browser, Page } from 'playwright-core';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aLabelledLot } from '../support/a-scan.ts';
import type { LabelledLot } from '../support/a-scan.ts';
import { axeFaults, openPhone, sidewaysScroll, startBrowser } from '../support/phone.ts';

describe('the page that reads codes', function () {
  this.timeout(60_000);
  let app: TestApp;
  let browser: Browser;
  let lot: LabelledLot;
  const openCheck = async (query = ''): Promise<Page> => {
    const page = await openPhone(browser, app);
    await page.goto(`/check${query}`, { waitUntil: 'load' });
    return page;
  };
  const choose = async (page: Page, text: string): Promise<void> => {
    const buffer = await QRCode.toBuffer(text, { errorCorrectionLevel: 'M', scale: 6 });
    await page.setInputFiles('input[type=file]', { name: 'tem.png', mimeType: 'image/png', buffer });
  };

  before(async () => {
    app = await testApp();
    browser = await startBrowser();
    lot = await aLabelledLot(app);
  });
  after(async () => {
    await browser.close();
    await app.close();
  });

  it('opens the page of a label that was chosen as a picture, with the decoder of this site and no other host', async () => {
    const page = await openCheck();
    const hosts = new Set<string>();
    page.on('request', (request) => {
      if (request.url().startsWith('http')) hosts.add(new URL(request.url()).host);
    });

    await choose(page, `HTTPS://TRUYXUAT.EXAMPLE.VN/T/${lot.code.replaceAll('-', '')}`);
    await page.waitForURL(/\/T\//);

    expect(await page.locator('h1').innerText()).to.equal(lot.product.name);
    expect([...hosts]).to.deep.equal([new URL(app.url).host]);
    await page.context().close();
  });

  it('follows no address of another site: it shows the text and says so', async () => {
    const page = await openCheck();

    await choose(page, 'https://gia-mao.example.com/T/7K3M9QXC2A4Y');
    await page.locator('[data-test=scan-status]', { hasText: 'không phải' }).waitFor();

    expect(page.url()).to.match(/\/check$/);
    expect(await page.locator('[data-test=scan-status]').innerText()).to.include('https://gia-mao.example.com/T/');
    await page.context().close();
  });

  it('says plainly what to do when the camera is refused or there is none', async () => {
    const page = await openCheck();

    await page.evaluate(
      "navigator.mediaDevices ?? Object.defineProperty(navigator, 'mediaDevices', { value: { getUserMedia: () => Promise.reject(new DOMException('', 'NotAllowedError')) } }); document.querySelector('[data-nut=mo]').disabled = false",
    );
    await page.locator('[data-nut=mo]').click();
    await page.locator('[data-test=scan-status]', { hasText: 'gõ mã bên dưới' }).waitFor();

    expect(await page.locator('form.go').isVisible()).to.equal(true);
    await page.context().close();
  });

  for (const language of ['vi', 'en'])
    it(`has no fault that axe-core finds, and no sideways scroll, in ${language}`, async () => {
      const page = await openCheck(`?lang=${language}`);

      expect(await axeFaults(page)).to.deep.equal([]);
      expect(await sidewaysScroll(page)).to.equal(0);
      await page.context().close();
    });

  it('alone may run WebAssembly, and works without script as a form', async () => {
    const check = await app.as(undefined).page('/check');
    const home = await app.as(undefined).page('/');

    expect(check.headers.get('content-security-policy')).to.include("'wasm-unsafe-eval'");
    expect(home.headers.get('content-security-policy')).to.not.include('wasm');
    expect(check.text)
      .to.match(/<section id="quet"[^>]* hidden/)
      .and.include('<form class="go" action="/check"');
  });

  it('takes a product number too, with 13 or 14 digits and as printed with spaces', async () => {
    for (const typed of ['9521234000013', '09521234000013', '9 521234 000013']) {
      const { status, headers } = await app.as(undefined).page(`/check?code=${encodeURIComponent(typed)}`);

      expect(status, typed).to.equal(303);
      expect(headers.get('location'), typed).to.equal(`/01/${typed.replace(/\D/g, '')}`);
    }
  });
});
