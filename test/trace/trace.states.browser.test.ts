// Every state of the scan page on a small phone: its words in both languages, without script too, axe-core, 320 px, text at 200 %. With
// SCREENSHOTS=1 the pictures under docs/screenshots are made anew.
import { mkdir } from 'node:fs/promises';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { formatCode, issueCode } from '../../src/codes/trace-code.ts';
import { projectFolder } from '../../src/project-root.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { axeFaults, openPhone, sidewaysScroll, startBrowser } from '../support/phone.ts';
import { placeOfHeader, scanStates } from '../support/scan-states.ts';
import type { ScanState } from '../support/scan-states.ts';

const folder = projectFolder('docs/screenshots/states');
const isPictured = process.env['SCREENSHOTS'] === '1';

describe('every state of the scan page', function () {
  this.timeout(120_000);
  let app: TestApp;
  let browser: Browser;
  let phone: Page;
  let plain: Page;
  let states: ScanState[];
  before(async () => {
    app = await testApp({ placeOf: placeOfHeader });
    browser = await startBrowser();
    states = await scanStates(app);
    phone = await openPhone(browser, app);
    plain = await openPhone(browser, app, { script: false });
    if (isPictured) await mkdir(folder, { recursive: true });
  });
  after(async () => {
    await browser.close();
    await app.close();
  });

  const open = async (page: Page, path: string): Promise<number> => (await page.goto(path))?.status() ?? 0;
  const wordsOn = async (page: Page): Promise<string> =>
    (await page.locator('body').innerText()).replaceAll('\u00A0', ' ').replace(/\s+/g, ' ');

  const picture = async (page: Page, name: string, fullPage = false): Promise<void> => {
    await sharp(await page.screenshot({ fullPage }))
      .webp({ quality: 82 })
      .toFile(`${folder}/${name}.webp`);
  };
  const pathOf = (name: string): string => states.find((state) => state.name === name)?.path ?? '';
  const isCovered = (page: Page): Promise<boolean> =>
    page.evaluate<boolean>(`(() => {
      const [card, verdict] = ['.the[role=alert]', '.dau'].map((one) => document.querySelector(one));
      return card !== null && card.getBoundingClientRect().bottom > verdict.getBoundingClientRect().top;
    })()`);

  it('says what it is in both languages without script, and wears green and filled stars only while they count', async () => {
    for (const { name, path, status, vi, en, isValid } of states) {
      expect(await open(plain, path), name).to.equal(status);
      expect(await wordsOn(plain), name).to.include(vi);
      const cards = plain.locator('.dau');
      const isGreen = (await cards.count()) === 1 && (await cards.getAttribute('class')) === 'dau';
      expect(isGreen, `${name} is green`).to.equal(isValid || ['past-use-by', 'voided'].includes(name));
      if (isPictured && name !== 'sibling') await picture(plain, name, name === 'gap');

      await open(plain, `${path}?lang=en`);
      expect(await wordsOn(plain), `${name} in English`).to.include(en);
      await plain.context().clearCookies();
    }
  });

  for (const language of ['vi', 'en']) {
    it(`gives axe-core nothing to say in any state (${language})`, async () => {
      for (const { name, path } of states) {
        await open(phone, `${path}?lang=${language}`);

        expect(await axeFaults(phone), name).to.deep.equal([]);
      }
    });
  }

  it('never scrolls sideways: 320 px, and text at 200 %', async () => {
    await phone.setViewportSize({ width: 320, height: 640 });
    for (const { name, path } of states) {
      for (const language of ['vi', 'en']) {
        await open(phone, `${path}?lang=${language}`);

        expect(await sidewaysScroll(phone), `${name} ${language}`).to.be.at.most(0);
        expect(await sidewaysScroll(phone, 200), `${name} ${language} at 200 %`).to.be.at.most(0);
      }
    }
    await phone.setViewportSize({ width: 360, height: 800 });
  });

  it('covers no warning with the verdict', async () => {
    for (const name of ['voided', 'doubt-places', 'doubt-many']) {
      await open(phone, pathOf(name));

      expect(await isCovered(phone), name).to.equal(false);
    }
  });

  it('keeps the verdict in the first screen below a doubt, which leads to the form that takes a photo', async () => {
    await open(plain, pathOf('doubt-places'));
    const verdict = await plain.locator('[data-test=verdict] .hang').boundingBox();
    await plain.locator('[data-test=doubt] a').click();

    expect((verdict?.y ?? 0) + (verdict?.height ?? 0)).to.be.within(1, 800);
    expect(await plain.locator('input[name=kind]:checked').getAttribute('value')).to.equal('label');
    expect(await plain.locator('input[name=photo]').isVisible()).to.equal(true);
  });

  it('holds the place of a photo that is missing: a tile that says so, as large as the photo', async () => {
    await open(plain, pathOf('valid'));
    const photo = await plain.locator('.anh').boundingBox();
    await open(plain, pathOf('no-photo'));
    const tile = await plain.locator('.anh').boundingBox();

    expect(await plain.getByRole('img', { name: 'Chưa có ảnh' }).isVisible()).to.equal(true);
    expect([tile?.width, tile?.height]).to.deep.equal([photo?.width, photo?.height]);
  });

  it('leads the keyboard from the skip link to the report, every stop in sight', async () => {
    await open(phone, states[0]?.path ?? '');
    const stops: string[] = [];
    for (let press = 0; press < 40; press += 1) {
      await phone.keyboard.press('Tab');
      const stop = await phone.evaluate<string>(`(() => {
        const { textContent, href = '' } = document.activeElement;
        const { top, bottom, width } = document.activeElement.getBoundingClientRect();
        const isInSight = bottom > 0 && top < innerHeight && width > 0;
        return document.activeElement === document.body ? '' : (isInSight ? '' : 'HIDDEN ') + textContent.trim() + ' ' + href;
      })()`);
      if (stop === '') break;
      stops.push(stop);
    }

    expect(stops[0]).to.include('#noi-dung');
    expect(stops.filter((stop) => stop.startsWith('HIDDEN'))).to.deep.equal([]);
    expect(stops.some((stop) => stop.includes('/report'))).to.equal(true);
    expect(stops.length).to.be.below(40);
  });

  it('keeps verdict, lot and recall on paper, and nothing that can only be pressed', async () => {
    await phone.emulateMedia({ media: 'print' });
    for (const name of ['valid', 'recalled', 'revoked']) {
      await open(phone, states.find((state) => state.name === name)?.path ?? '');

      expect(await phone.locator('[data-test=verdict]').isVisible(), name).to.equal(true);
      expect(await phone.locator('[data-test=lot]').isVisible(), name).to.equal(true);
      expect(await phone.locator('.bao').isVisible(), name).to.equal(false);
      expect(await phone.locator('footer .in').isVisible(), name).to.equal(true);
    }
    await phone.emulateMedia({ media: 'screen' });
  });

  it('keeps what was typed and says when to try again, after too many look-ups that found nothing', async () => {
    const busy = await testApp();
    const codes = Array.from({ length: 61 }, (_, unit) => issueCode(busy.deps.keys.codeKey, { run: 9999, unit }));
    for (const code of codes) await busy.as(undefined).page(`/T/${code}`);
    const last = codes.at(-1) ?? '';
    const page = await openPhone(browser, busy);

    for (const [language, words] of [
      ['vi', 'Thử lại sau 1 phút'],
      ['en', 'Try again in 1 minute'],
    ] as const) {
      expect(await open(page, `/T/${last}?lang=${language}`)).to.equal(429);
      expect(await wordsOn(page)).to.include(words);
      expect(await page.locator('input[name=code]').inputValue()).to.equal(last);
      expect(await axeFaults(page)).to.deep.equal([]);
      expect(await sidewaysScroll(page, 200)).to.be.at.most(0);
      if (isPictured && language === 'vi') {
        await open(page, `/T/${last}`);
        await picture(page, 'limited');
      }
    }
    await page.context().close();
    await busy.close();
  });

  it('never leaves a blank page when the register is away: the code as text, and no star', async () => {
    const away = await testApp({ authority: { name: 'Chi cục Phát triển nông thôn (mẫu)', phone: '0900000008' } });
    const code = issueCode(away.deps.keys.codeKey, { run: 1, unit: 0 });
    await away.db.close();
    const page = await openPhone(browser, away, { script: false });

    const status = await open(page, `/T/${code}`);

    expect(status).to.equal(503);
    expect(await wordsOn(page))
      .to.include(formatCode(code))
      .and.include('Hiện chưa tra được sao và lệnh thu hồi');
    expect(await page.locator('.dau').count()).to.equal(0);
    expect(await page.locator('a[data-test=authority]').getAttribute('href')).to.equal('tel:0900000008');
    expect(await wordsOn(page)).to.include('Gọi Chi cục Phát triển nông thôn (mẫu): 0900 000 008');
    if (isPictured) await picture(page, 'register-away');
    await page.context().close();
    await away.close();
  });
});
