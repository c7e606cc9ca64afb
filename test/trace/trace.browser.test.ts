// The public pages on a real, small phone: first screen, no sideways scroll, axe-core, and what a tap adds.
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aLabelledLot, aVerifiedStar } from '../support/a-scan.ts';
import type { LabelledLot } from '../support/a-scan.ts';
import { aStep, newRecallJson } from '../support/factories.batches.ts';
import { axeFaults, openPhone, sidewaysScroll, startBrowser } from '../support/phone.ts';
import type { PhoneOptions } from '../support/phone.ts';

const widestPhone = 360;
const tallestPhone = 800;

const aSeason = async (app: TestApp, lot: LabelledLot): Promise<void> => {
  await aStep(app, lot.owner, lot.batch.id, { kind: 'spray', doneOn: '2026-08-05', waitDays: 3 });
  await aStep(app, lot.owner, lot.batch.id, { kind: 'harvest', doneOn: '2026-09-02', amount: 420, unit: 'kg' });
  await aStep(app, lot.owner, lot.batch.id, { kind: 'pack', doneOn: '2026-09-02', unitsPacked: 804 });
};

describe('the scan page on a phone', function () {
  this.timeout(60_000);
  let app: TestApp;
  let browser: Browser;
  let valid: LabelledLot;
  let recalled: LabelledLot;
  let plain: LabelledLot;
  before(async () => {
    app = await testApp();
    browser = await startBrowser();
    valid = await aLabelledLot(app, { site: { publicPrecision: 'outline' } });
    await aVerifiedStar(app, valid);
    await aSeason(app, valid);
    recalled = await aLabelledLot(app);
    await aVerifiedStar(app, recalled);
    const recall = newRecallJson({ instructions: '' });
    const opened = await app.as(recalled.officer).post(`/api/v1/batches/${recalled.batch.id}/recalls`, recall);
    expect(opened.status).to.equal(201);
    const longName =
      'Mật ong hoa rừng của tổ hợp tác nuôi ong vùng núi đá vôi phía đông bắc, thu hoạch theo mùa hoa, đóng hũ';
    plain = await aLabelledLot(app, {
      producer: {
        legalName: `${longName} ${longName}`.slice(0, 200),
        kind: 'household',
        consents: ['public-name', 'label-name'],
      },
      batch: { lotNumber: `L${'7'.repeat(19)}` },
    });
  });
  after(async () => {
    await browser.close();
    await app.close();
  });

  const withPage = async <T>(path: string, use: (page: Page) => Promise<T>, options: PhoneOptions = {}): Promise<T> => {
    const page = await openPhone(browser, app, options);
    try {
      await page.goto(path, { waitUntil: 'load' });
      return await use(page);
    } finally {
      await page.context().close();
    }
  };

  const bottomOf = async (page: Page, selector: string): Promise<number> => {
    const box = await page.locator(selector).boundingBox();
    return box === null ? Number.NaN : box.y + box.height;
  };

  it('answers in the first screen, without script and without fonts', async () => {
    const page = await openPhone(browser, app, { script: false });
    await page.route('**/*.woff2', (route) => route.abort());
    await page.goto(valid.page);

    expect(await bottomOf(page, '[data-test=verdict]')).to.be.below(tallestPhone);
    expect(await bottomOf(page, '[data-test=lot]')).to.be.below(tallestPhone - 130);
    expect(await page.locator('[data-test=verdict]').innerText()).to.include('Còn hiệu lực đến 15/07/2029');
    expect(await page.locator('[data-test=lot]').innerText()).to.include('Lô này không bị thu hồi');
    await page.context().close();
  });

  it('holds recall, verdict and lot of a recalled one in the first screen, the recall on top', () =>
    withPage(recalled.page, async (page) => {
      const recall = await page.locator('[data-test=recall]').boundingBox();

      expect(recall?.y).to.be.below(60);
      expect(recall?.width).to.equal(widestPhone);
      expect(await bottomOf(page, '[data-test=verdict]')).to.be.below(tallestPhone);
      expect(await bottomOf(page, '[data-test=lot]')).to.be.at.most(tallestPhone);
    }));

  it('asks for no more than six things, all of this server, and runs no script', async () => {
    const page = await openPhone(browser, app);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(valid.page, { waitUntil: 'networkidle' });

    expect(asked.length, asked.join(' ')).to.be.at.most(6);
    expect(asked.filter((url) => !url.startsWith(app.url))).to.deep.equal([]);
    expect(await page.locator('script:not([type="application/ld+json"])').count()).to.equal(0);
    await page.context().close();
  });

  for (const path of ['', '/map', '/steps', '?lang=en']) {
    it(`gives axe-core nothing to say about a lot's page${path}`, () =>
      withPage(`${valid.page}${path}`, async (page) => {
        await page.waitForLoadState('networkidle');

        expect(await axeFaults(page)).to.deep.equal([]);
      }));
  }

  it('gives axe-core nothing to say about any other public page', async () => {
    const paths = [recalled.page, plain.page, '/T/ABC', '/T/7K3M-9QUC-2A4Y', '/', '/check', '/privacy', '/nowhere'];

    for (const path of paths) expect(await withPage(path, axeFaults), path).to.deep.equal([]);
  });

  it('never scrolls sideways: 320 px, and text at 200 %', async () => {
    const paths = [
      valid.page,
      recalled.page,
      plain.page,
      `${valid.page}/map`,
      `${valid.page}/steps`,
      '/T/ABC',
      '/',
      '/privacy',
    ];

    for (const path of paths) {
      expect(await withPage(path, (page) => sidewaysScroll(page), { width: 320 }), path).to.be.at.most(0);
      expect(await withPage(path, (page) => sidewaysScroll(page, 200)), `${path} at 200 %`).to.be.at.most(0);
    }
  });

  it('finds the page of a code that is typed in, by keyboard and without script', () =>
    withPage(
      '/',
      async (page) => {
        await page.locator('input[name=code]').fill(valid.code.toLowerCase());
        await page.keyboard.press('Enter');
        await page.waitForURL(`**${valid.page.replaceAll('-', '')}`);

        expect(await page.locator('h1').innerText()).to.equal(valid.product.name);
      },
      { script: false },
    ));

  it('draws the map without script, and makes one that moves with it, over the same outlines and without any tile', async () => {
    const still = await withPage(`${valid.page}/map`, (page) => page.locator('svg.ban').isVisible(), { script: false });
    const moving = await withPage(`${valid.page}/map`, async (page) => {
      await page.locator('.leaflet-container path').first().waitFor();
      await page.getByRole('button', { name: valid.site.name }).click();
      return {
        tiles: await page.locator('.leaflet-tile').count(),
        name: await page.locator('.leaflet-tooltip').first().innerText(),
        drawings: await page.locator('svg.ban').count(),
      };
    });

    expect(still).to.equal(true);
    expect(moving).to.deep.equal({ tiles: 0, name: valid.site.name, drawings: 0 });
  });

  it('lays verdict and lot out in boxes on paper, opens the folded steps and drops what cannot be pressed', () =>
    withPage(valid.page, async (page) => {
      await page.emulateMedia({ media: 'print' });

      expect(await page.locator('.nut').isVisible()).to.equal(false);
      expect(await page.locator('footer .in').innerText()).to.include(`/T/${valid.code.replaceAll('-', '')}`);
      const border = await page.locator('[data-test=verdict]').evaluate((element) => {
        const view = globalThis as unknown as { getComputedStyle(of: unknown): { borderTopWidth: string } };
        return view.getComputedStyle(element).borderTopWidth;
      });
      expect(border).to.equal('2px');
    }));
});
