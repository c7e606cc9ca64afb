// A whole server over its own folder, as `npm start` runs it: stopped, started again, and spoken to in ways that are not HTTP.
import { readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import { expect } from 'chai';
import pino from 'pino';
import { requireBatch, takeUnits } from '../src/batches/batches.service.ts';
import { formatCode } from '../src/codes/trace-code.ts';
import { readConfig } from '../src/config.ts';
import { lotCode } from '../src/labels/labels.printing.rules.ts';
import { newRecall } from '../src/recalls/recalls.input.ts';
import { openRecall } from '../src/recalls/recalls.service.ts';
import { sampleIds } from '../src/sample/sample.ids.ts';
import { people } from '../src/sample/sample.records.ts';
import { loadSample, sampleRun } from '../src/sample/sample.service.ts';
import { printDemoLinks } from '../src/sample/welcome.ts';
import { startServer } from '../src/start.ts';
import type { Running } from '../src/start.ts';
import { newRecallJson } from './support/factories.batches.ts';
import { uuidv7 } from './support/factories.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const log = pino({ level: 'silent' });

/** What the server answers to these bytes, until it closes the connection. */
const sendBytes = (url: string, bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const connection = net.connect(Number(new URL(url).port), '127.0.0.1', () => connection.write(bytes));
    let answer = '';
    connection.setEncoding('utf8');
    connection.on('data', (part: string) => (answer += part));
    connection.on('close', () => resolve(answer));
    connection.on('error', reject);
  });

describe('a server over its own folder', function () {
  this.timeout(90_000);
  let folder: string;
  let running: Running;

  const start = (clock?: () => Date): Promise<Running> =>
    startServer(readConfig({ PORT: '0', DATA_DIR: folder }), log, clock);
  const scan = async (): Promise<{ status: number; text: string; code: string }> => {
    const run = await sampleRun(running.deps);
    const code = lotCode(run!, running.deps.keys.codeKey);
    const answer = await fetch(`${running.url}/T/${code}`);
    return { status: answer.status, text: await answer.text(), code };
  };

  before(async () => {
    folder = await temporaryFolder();
    running = await start();
    await loadSample(running.deps);
  });

  after(async () => {
    await running.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('opens the same page of the same code after a restart, and loads the sample once', async () => {
    const first = await scan();

    await running.close();
    running = await start();
    await loadSample(running.deps);
    const second = await scan();

    expect(first.status).to.equal(200);
    expect(first.text).to.include('DỮ LIỆU MẪU').and.to.include(formatCode(first.code));
    expect(second.status).to.equal(200);
    expect(second.code).to.equal(first.code);
  });

  it('gives back at start the units that a crash left taken for a run that never came to be', async () => {
    const { db } = running.deps;
    const before = await requireBatch(db, sampleIds.fruitBatch);
    await takeUnits(db, sampleIds.fruitBatch, uuidv7(), 30);
    const taken = await requireBatch(db, sampleIds.fruitBatch);

    await running.close();
    running = await start(() => new Date(Date.now() + 3_600_000));
    const after = await requireBatch(running.deps.db, sampleIds.fruitBatch);

    expect(taken.unitsLeft).to.equal(before.unitsLeft - 30);
    expect(after.unitsLeft).to.equal(before.unitsLeft);
    expect(after.pending).to.deep.equal([]);
  });

  it('answers an address over every limit with words in both languages', async () => {
    const answer = await sendBytes(running.url, `GET /T/${'A'.repeat(1_000_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`);

    expect(answer).to.match(/^HTTP\/1\.1 431 /);
    expect(answer)
      .to.include('Địa chỉ này dài quá')
      .and.to.include('This address is too long')
      .and.to.include('/check');
  });

  it('answers what is not HTTP with words, and goes on serving', async () => {
    const answer = await sendBytes(running.url, 'xin chào\r\n\r\n');

    expect(answer).to.match(/^HTTP\/1\.1 400 /);
    expect(answer).to.include('Yêu cầu này không đọc được.');
    expect((await fetch(`${running.url}/readyz`)).status).to.equal(200);
  });

  for (const path of ['//', '//?lang=en', '//evil.example/x', '/%2F%2Fevil.example', '/T/%00%ff']) {
    it(`never falls over ${path}, nor links to another host`, async () => {
      const answer = await sendBytes(
        running.url,
        `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
      );

      expect(Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1])).to.be.oneOf([200, 400, 404]);
      expect(answer).not.to.match(/href="\/\//);
    });
  }

  it('says at the terminal where everything is, also once the sample lot is recalled', async () => {
    const printed: string[] = [];
    const officer = people.officer;
    await openRecall(running.deps.db, officer, sampleIds.wineBatch, newRecall.parse(newRecallJson()), new Date());

    await printDemoLinks(running, folder, (line) => printed.push(line));
    await openRecall(running.deps.db, officer, sampleIds.fruitBatch, newRecall.parse(newRecallJson()), new Date());
    await printDemoLinks(running, folder, (line) => printed.push(line));

    const sheets = printed.filter((line) => line.startsWith('label sheet: ')).map((line) => line.slice(13));
    expect((await readFile(sheets[0]!)).subarray(0, 5).toString()).to.equal('%PDF-');
    expect(sheets[1]).to.include('batch-recalled');
    // A person of each role, each time.
    expect(printed.filter((line) => /^sign in as .*http/.test(line))).to.have.length(14);
    expect((await scan()).text).to.include('Lô này đang bị thu hồi');
  });

  it('answers who is in the middle of a request when it is told to stop, and lets nobody new in', async () => {
    const { port } = new URL(running.url);
    const body = 'login=nguoi@mau.example&password=khong-biet';
    const inFlight = net.connect(Number(port), '127.0.0.1');
    const ended = new Promise<string>((resolve) => {
      let got = '';
      inFlight.setEncoding('utf8').on('data', (part: string) => (got += part));
      inFlight.on('close', () => resolve(got));
    });
    const head = `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n`;
    inFlight.write(`POST /sign-in HTTP/1.1\r\nHost: localhost\r\n${head}${body.slice(0, 10)}`);
    await fetch(`${running.url}/healthz`);

    const closed = running.close();
    const late = await fetch(`${running.url}/healthz`).then(
      ({ status }) => status,
      () => 'refused',
    );
    inFlight.write(body.slice(10));
    const answer = await ended;
    await closed;
    running = await start();

    expect(late).to.equal('refused');
    expect(answer).to.match(/^HTTP\/1\.1 401 /);
    expect((await fetch(`${running.url}/readyz`)).status).to.equal(200);
  });
});
