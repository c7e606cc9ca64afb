// Scans of unit codes and the pages in memory, from outside: what a phone asks and gets.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import zlib from 'node:zlib';
import { expect } from 'chai';
import type { Actor } from '../../src/actor.ts';
import { createApp } from '../../src/app.ts';
import type { App } from '../../src/app.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aLabelledLot, aPrintedCode, aVerifiedStar, unitCodes } from '../support/a-scan.ts';
import type { LabelledLot } from '../support/a-scan.ts';
import { newRecallJson } from '../support/factories.batches.ts';
import { issueCode } from '../../src/codes/trace-code.ts';

const phone = 'Mozilla/5.0 (Linux; Android 13; SM-A045F) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36';

type Got = { status: number; headers: http.IncomingHttpHeaders; raw: Buffer; text: string };

const get = (url: string, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const all = { accept: 'text/html', 'user-agent': phone, ...headers };
    const request = http.request({ hostname, port, path, method, headers: all, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        const raw = Buffer.concat(parts);
        const isPacked = answer.headers['content-encoding'] === 'gzip' && raw.length > 0;
        const text = (isPacked ? zlib.gunzipSync(raw) : raw).toString();
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, raw, text });
      });
    });
    request.on('error', reject).end();
  });

const scansIn = (text: string): string =>
  /data-test="scans">(.*?)<\/p>/s.exec(text)?.[1]?.replace(/<[^>]+>/g, '') ?? '';

describe('scans of unit codes', () => {
  let app: TestApp;
  let lot: LabelledLot;
  let codes: string[];
  before(async () => {
    app = await testApp();
    lot = await aLabelledLot(app);
    await aVerifiedStar(app, lot);
    codes = await unitCodes(app, lot, 20);
  });
  after(() => app.close());

  let next = 0;
  const fresh = (): string => `/T/${codes[(next += 1)]!}`;

  it('are told: the first time, then how often and since when', async () => {
    const path = fresh();

    const first = await get(app.url, path);
    const second = await get(app.url, path);

    expect(scansIn(first.text)).to.include('lần đầu tiên');
    expect(scansIn(second.text)).to.match(/đã được quét 2 lần, lần đầu ngày 04\/09\/2026 \(không rõ nơi\)/);
  });

  it('are fifty when fifty phones scan a new code at once, and first at one moment (K23)', async () => {
    const path = fresh();

    await Promise.all(Array.from({ length: 50 }, () => get(app.url, path)));

    expect(scansIn((await get(app.url, path)).text)).to.include('51 lần');
  });

  it('leave out the same browser again, machines, programs, looks at the head, and people of the register (K30)', async () => {
    const path = fresh();
    const first = await get(app.url, path);

    await get(app.url, path, { 'if-none-match': first.headers.etag ?? '' });
    await get(app.url, path, { 'user-agent': 'facebookexternalhit/1.1' });
    await get(app.url, path, { accept: 'application/json' });
    await get(app.url, path, { 'sec-purpose': 'prefetch' });
    await get(app.url, path, {}, 'HEAD');
    await app.as(lot.owner).page(path, { 'user-agent': phone });

    expect(scansIn((await get(app.url, path)).text)).to.include('2 lần');
  });

  it('raise a doubt in plain words, never for the code of a lot, and show it to the producer and the province (K30)', async () => {
    const path = fresh();
    const lotCode = await aPrintedCode(app, lot.owner, lot.batch.id);
    const seen: Record<number, boolean> = {};

    for (let scan = 1; scan <= 40; scan += 1) {
      const { text } = await get(app.url, path);
      if ([1, 3, 40].includes(scan)) seen[scan] = text.includes('data-test="doubt"');
    }
    const doubted = (await get(app.url, path)).text;
    for (let scan = 0; scan < 60; scan += 1) await get(app.url, `/T/${lotCode}`);
    const ofLot = (await get(app.url, `/T/${lotCode}`)).text;
    // The book is written twice a second.
    const seenBy = async (actor: Actor): Promise<string[]> => {
      const { body } = await app.as(actor).get('/api/v1/doubtful-codes');
      return (body['items'] as { page: string }[]).map(({ page }) => page);
    };
    while ((await seenBy(lot.owner)).length === 0) await new Promise((resolve) => setTimeout(resolve, 50));

    expect(seen).to.deep.equal({ 1: false, 3: false, 40: true });
    expect(doubted)
      .to.include('Nghi vấn')
      .and.not.match(/hàng giả/i);
    expect(doubted).to.include('41 lần trong một ngày').and.include(`href="${path}/report?kind&#x3D;label"`);
    expect(await seenBy(lot.officer)).to.include(path);
    expect(await seenBy((await aLabelledLot(app)).owner)).to.deep.equal([]);
    expect((await app.as(lot.owner).page('/app/doubtful-codes')).text).to.include('Bị quét quá nhiều lần');
    expect(ofLot).not.to.include('data-test="doubt"').and.not.to.include('data-test="scans"');
  });
});

describe('a page from memory', () => {
  let app: TestApp;
  let other: { url: string; app: App; server: http.Server };
  let lot: LabelledLot;
  before(async () => {
    app = await testApp({ pagesFreshMs: 2000 });
    lot = await aLabelledLot(app);
    await aVerifiedStar(app, lot);
    // A second instance over the same store, without the shortcut.
    const second = createApp(app.deps);
    const server = http.createServer(second.usual).listen(0, '127.0.0.1');
    await new Promise<void>((resolve) => server.once('listening', resolve));
    other = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, app: second, server };
  });
  after(async () => {
    other.server.closeAllConnections();
    await new Promise((resolve) => other.server.close(resolve));
    await other.app.close();
    await app.close();
  });

  it('is the same by the shortcut as by the whole chain: status, headers and bytes', async () => {
    const cases: [string, Record<string, string>, string][] = [
      ['plain', {}, 'GET'],
      ['gzip', { 'accept-encoding': 'gzip, deflate, br' }, 'GET'],
      ['English', { 'accept-language': 'en-GB,en;q=0.9', 'accept-encoding': 'gzip' }, 'GET'],
      ['chosen language', { cookie: 'a=b; lang=en' }, 'GET'],
      ['saving data', { 'save-data': 'on' }, 'GET'],
      ['head', { 'accept-encoding': 'gzip' }, 'HEAD'],
    ];
    for (const [name, headers, method] of cases) {
      const short = await get(app.url, lot.page, headers, method);
      const whole = await get(other.url, lot.page, headers, method);
      const again = { ...headers, 'if-none-match': short.headers.etag ?? '' };
      const [shortAgain, wholeAgain] = [await get(app.url, lot.page, again), await get(other.url, lot.page, again)];
      for (const answer of [short, whole, shortAgain, wholeAgain]) {
        expect(answer.headers['x-request-id'], name).to.match(/^[0-9a-f-]{36}$/);
        delete answer.headers['x-request-id'];
        delete answer.headers.date;
      }
      expect(short.status, name).to.equal(200);
      expect(whole.headers, name).to.deep.equal(short.headers);
      expect(whole.raw.equals(short.raw), name).to.equal(true);
      expect([shortAgain.status, wholeAgain.status], name).to.deep.equal([304, 304]);
      expect(wholeAgain.headers, name).to.deep.equal(shortAgain.headers);
    }
  });

  it('shows a recall within five seconds on every instance, and never 304 with the old (K18)', async () => {
    const before = [await get(app.url, lot.page), await get(other.url, lot.page)];

    await app.as(lot.officer).post(`/api/v1/batches/${lot.batch.id}/recalls`, newRecallJson());
    app.setNow('2026-09-04T09:41:05+07:00');
    const after = await Promise.all(
      [app.url, other.url].map((url, at) => get(url, lot.page, { 'if-none-match': before[at]?.headers.etag ?? '' })),
    );

    for (const answer of before) expect(answer.text).not.to.include('data-test="recall"');
    for (const answer of after) {
      expect(answer.status).to.equal(200);
      expect(answer.text).to.include('data-test="recall"');
      expect(answer.headers['cache-control']).to.equal('no-cache');
    }
  });

  it('turns with the day in Viet Nam', async () => {
    app.setNow('2029-07-15T23:59:59+07:00');
    const last = await get(app.url, lot.page);
    app.setNow('2029-07-16T00:00:00+07:00');
    const over = await get(app.url, lot.page, { 'if-none-match': last.headers.etag ?? '' });

    expect(over.status).to.equal(200);
    expect(over.headers.etag).not.to.equal(last.headers.etag);
  });
});

describe('looking up codes that are not there', () => {
  let app: TestApp;
  let lot: LabelledLot;
  before(async () => {
    app = await testApp();
    lot = await aLabelledLot(app);
  });
  after(() => app.close());

  it('is slowed by network with what was typed kept, while real codes open at once (K25)', async () => {
    const unknown = Array.from({ length: 64 }, (_, unit) => issueCode(app.deps.keys.codeKey, { run: 9999, unit }));

    const answers: Got[] = [];
    for (const code of unknown) answers.push(await get(app.url, `/T/${code}`));
    const real = await Promise.all(Array.from({ length: 100 }, () => get(app.url, lot.page)));

    expect(answers.slice(0, 60).every(({ status }) => status === 404)).to.equal(true);
    const limited = answers.at(-1)!;
    expect(limited.status).to.equal(429);
    expect(limited.headers['retry-after']).to.match(/^\d+$/);
    expect(limited.text)
      .to.include('Thử lại sau 1 phút')
      .and.to.include(`value="${unknown.at(-1)!}"`);
    expect(new Set(real.map(({ status }) => status))).to.deep.equal(new Set([200]));
  });
});
