// What every page lets a browser do, asked on every page that links lead to, and of every template.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { styleHash } from '../../src/http/security-headers.ts';
import { projectFolder } from '../../src/project-root.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { walkEveryPage } from '../support/every-page.ts';
import type { Walked } from '../support/every-page.ts';
import { openPhone, startBrowser } from '../support/phone.ts';

const filesUnder = (folder: string, ending: string): string[] =>
  readdirSync(projectFolder(folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => path.join(projectFolder(folder), file));

const elementsOf = (html: string): string[] => html.match(/<[a-zA-Z][^>]*>/g) ?? [];

describe('the security headers of pages', function () {
  this.timeout(240_000);
  let app: TestApp;
  let pages: Walked[];
  before(async () => {
    app = await testApp({ now: new Date().toISOString() });
    pages = await walkEveryPage(app);
  });
  after(() => app.close());

  it('stand on every page that links lead to, and no page of them is at fault', () => {
    expect(pages.length).to.be.greaterThan(100);
    for (const { caller, path: at, status, headers } of pages) {
      const page = `${caller} ${at}`;
      expect(status, page).to.be.lessThan(500);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy, page)
        .to.match(/default-src 'none'/)
        .and.match(/frame-ancestors 'none'/);
      expect(policy, page).to.not.match(/unsafe-inline|(?<!wasm-)unsafe-eval|https?:|\*/);
      expect(headers.get('x-content-type-options'), page).to.equal('nosniff');
      expect(headers.get('strict-transport-security'), page).to.equal('max-age=31536000');
      expect(headers.get('cross-origin-opener-policy'), page).to.equal('same-origin');
      expect(headers.get('cross-origin-resource-policy'), page).to.equal('same-origin');
      expect(headers.get('referrer-policy'), page).to.equal('same-origin');
      expect(headers.get('permissions-policy'), page).to.include('geolocation=(self)').and.include('microphone=()');
      expect(headers.get('x-powered-by'), page).to.equal(null);
    }
  });

  it('name every style element of the page by its hash, and allow no style attribute and no handler in the markup', () => {
    let styles = 0;
    for (const { caller, path: at, text, headers } of pages) {
      const page = `${caller} ${at}`;
      const policy = headers.get('content-security-policy') ?? '';
      for (const [, css = ''] of text.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)) {
        styles += 1;
        expect(policy, page).to.include(styleHash(css));
      }
      for (const element of elementsOf(text)) {
        expect(element, page).to.not.match(/\sstyle=/);
        expect(element, page).to.not.match(/\son[a-z]+=/i);
        expect(element, page).to.not.match(/(href|src|action)="\s*javascript:/i);
      }
      expect(text, page).to.not.match(/<script(?![^>]*\ssrc=)(?![^>]*type="application\/ld\+json")[^>]*>/);
    }
    expect(styles).to.be.greaterThan(100);
  });

  it('leave nothing to mend in any template or drawing: no style attribute, no handler, no style element by hand', () => {
    for (const file of [...filesUnder('views', '.hbs'), ...filesUnder('public', '.svg')]) {
      const source = readFileSync(file, 'utf8').replace(/\{\{!--[\s\S]*?--\}\}/g, '');
      expect(source, file).to.not.match(/\sstyle=|\son[a-z]+=["']|<style/);
    }
    for (const file of filesUnder('src', '.ts')) {
      expect(readFileSync(file, 'utf8'), file).to.not.match(/<[a-z][^>`]*\s(style|on[a-z]+)=["']/);
    }
  });

  it('break nothing: a real browser applies all styles and scripts of the pages without a complaint', async () => {
    const browser = await startBrowser();
    try {
      const tab = await openPhone(browser, app);
      const complaints: string[] = [];
      tab.on('console', (message) => {
        if (/Content Security Policy|Permissions-Policy/i.test(message.text())) complaints.push(message.text());
      });
      const scan = pages.find(({ path: at }) => /^\/T\/[^/]+$/.test(at))?.path ?? '';
      for (const at of [scan, `${scan}/map`, `${scan}/steps`, '/', '/privacy', '/api/docs', '/score-cards']) {
        const answer = await tab.goto(at, { waitUntil: 'load' });
        expect(answer?.status(), at).to.equal(200);
        expect(await tab.evaluate('getComputedStyle(document.body).marginTop'), at).to.equal('0px');
      }

      expect(complaints).to.deep.equal([]);
    } finally {
      await browser.close();
    }
  });

  it('promise nothing about https while the address is http', async () => {
    const plain = await testApp({ baseUrl: 'http://localhost:3000' });

    const { headers } = await plain.as(undefined).page('/');

    expect(headers.get('strict-transport-security')).to.equal(null);
    await plain.close();
  });
});
