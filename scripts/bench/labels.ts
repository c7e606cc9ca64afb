// labels: sheets of unit labels against the plain way of making them, the memory they take, what readers notice while a large run is drawn, and
// how many codes are made and read a second.
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import PDFDocument from 'pdfkit';
import QRCode from 'qrcode';
import { v7 as uuidv7 } from 'uuid';
import { traceUrl } from '../../src/codes/digital-link.ts';
import { issueCodes, makeCodeKey, placeOfCode } from '../../src/codes/trace-code.ts';
import { apiBase } from '../../src/paths.ts';
import { newBatchJson } from './chain.documents.ts';
import type { Bench, BenchResult, Benchmark } from './bench.types.ts';
import { requireStatus } from './http.ts';
import type { Http } from './http.ts';
import { makeTimes } from './load.ts';
import { signInOwners } from './owners.ts';
import type { Owner } from './owners.ts';

const plainLabels = 300;
const largeRun = 100_000;
const runFile = promisify(execFile);
const host = 'https://nongsan.example.vn';
const key = makeCodeKey(Buffer.alloc(32, 5));

/** Milliseconds a label of the plain way: a PNG of each symbol (scale 8, level M), placed as a picture. */
const drawPlainly = async (): Promise<number> => {
  const urls = [...issueCodes(key, 9, 0, plainLabels)].map((code) => traceUrl(host, code));
  const startedMs = performance.now();
  const doc = new PDFDocument({ size: 'A4', margin: 0 });
  doc.resume();
  for (const [place, url] of urls.entries()) {
    if (place > 0 && place % 65 === 0) doc.addPage();
    const png = await QRCode.toBuffer(url, { errorCorrectionLevel: 'M', scale: 8 });
    doc.image(png, 13 + (place % 5) * 115, 30 + (Math.floor(place / 5) % 13) * 60, { width: 46 });
  }
  const ended = new Promise((resolve) => doc.once('end', resolve));
  doc.end();
  await ended;
  return (performance.now() - startedMs) / plainLabels;
};

type Drawn = { count: number; milliseconds: number; bytes: number; mostRss: number };

/** Runs of these sizes, drawn in a process that does nothing else. */
const drawInProcess = async (...counts: number[]): Promise<Drawn[]> => {
  const script = path.join(import.meta.dirname, `labels.drawing-process${path.extname(import.meta.filename)}`);
  const loader = script.endsWith('.ts')
    ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href]
    : [];
  const { stdout } = await runFile(process.execPath, [...loader, script, ...counts.map(String)]);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Drawn);
};

const codesPerSecond = (): { encode: number; decode: number } => {
  const count = 60_000;
  const madeMs = performance.now();
  const codes = [...issueCodes(key, 11, 0, count)];
  const readMs = performance.now();
  for (const [unit, code] of codes.entries())
    if (placeOfCode(key, code)?.unit !== unit) throw new Error(`${code} does not read back`);
  const endMs = performance.now();
  const rate = (milliseconds: number): number => Math.round((count / milliseconds) * 1000);
  return { encode: rate(readMs - madeMs), decode: rate(endMs - readMs) };
};

type Sent = { http: Http; owner: Owner };

const ask = async ({ http, owner }: Sent, method: 'GET' | 'POST', at: string, status: number, json?: unknown) => {
  const headers = { accept: 'application/json', authorization: owner.authorization };
  return requireStatus(await http.send({ method, path: at, json, headers }), status, `${method} ${at}`);
};

const made = async (
  sent: Sent,
  batchId: string,
  quantity: number,
): Promise<{ id: string; url: string; sheet: string }> => {
  const asked = { id: uuidv7(), kind: 'unit', quantity, approve: true };
  const answer = await ask(sent, 'POST', `${apiBase}/batches/${batchId}/label-runs`, 201, asked);
  return JSON.parse(answer.body.toString('utf8')) as { id: string; url: string; sheet: string };
};

const approved = async (sent: Sent, runId: string): Promise<void> => {
  for (let turn = 0; turn < 1200; turn += 1) {
    const answer = await ask(sent, 'GET', `${apiBase}/label-runs/${runId}`, 200);
    const { state } = JSON.parse(answer.body.toString('utf8')) as { state: string };
    if (state === 'approved') return;
    if (state !== 'checking') throw new Error(`the run is ${state}`);
    await wait(500);
  }
  throw new Error('the run was not read back within ten minutes');
};

/** A scan page asked for about twenty times a second while a large run is read back, and then while it is drawn and sent. */
const scansDuringARun = async (bench: Bench) => {
  const server = await bench.startServer();
  const http = bench.connect(server);
  const [owner] = await signInOwners(bench.db, http, 1);
  if (owner === undefined) throw new Error('no owner');
  const sent = { http, owner };
  const batch = { ...newBatchJson(owner.ground), unitsMade: largeRun + 100 };
  const large = { ...batch, quantity: { ...batch.quantity, amount: 9_000_000 } };
  await ask(sent, 'POST', `${apiBase}/products/${owner.ground.productId}/batches`, 201, large);
  await ask(sent, 'POST', `${apiBase}/batches/${batch.id}/steps`, 201, {
    id: uuidv7(),
    kind: 'harvest',
    doneOn: batch.harvestedOn,
  });
  const small = await made(sent, batch.id, 10);
  const page = new URL(small.url).pathname;
  const times = makeTimes();
  const scanWhile = async (name: string, work: Promise<unknown>): Promise<void> => {
    let isOver = false;
    const over = work.finally(() => (isOver = true));
    while (!isOver) {
      await times.measure(name, async () =>
        requireStatus(await http.send({ method: 'GET', path: page, headers: { accept: 'text/html' } }), 200, 'scan'),
      );
      await wait(50);
    }
    await over;
  };
  await scanWhile('warm-up', wait(3000));
  await scanWhile('idle', wait(5000));
  const run = await made(sent, batch.id, largeRun);
  await scanWhile('reading back', approved(sent, run.id));
  let bytes = 0;
  const startedMs = performance.now();
  await scanWhile(
    'drawing',
    ask(sent, 'GET', run.sheet, 200).then(({ body }) => (bytes = body.length)),
  );
  const drawingSeconds = (performance.now() - startedMs) / 1000;
  return { times, bytes, drawingSeconds, serverRssMb: Math.round((await server.memoryBytes()) / 1e6) };
};

const run = async (bench: Bench): Promise<BenchResult> => {
  bench.say(`${plainLabels} labels the plain way, then 1,000 and 10,000 in a drawing process`);
  await drawPlainly();
  const plainMs = await drawPlainly();
  const [thousand, tenThousand] = await drawInProcess(1000, 10_000);
  if (thousand === undefined || tenThousand === undefined) throw new Error('the drawing process drew nothing');
  const codes = codesPerSecond();
  bench.say(`a run of ${largeRun} labels: read back, then drawn, with somebody scanning`);
  const scans = await scansDuringARun(bench);
  const ownMs = tenThousand.milliseconds / tenThousand.count;
  const round = (value: number, digits: number): number => Number(value.toFixed(digits));
  const names = ['idle', 'reading back', 'drawing'] as const;
  return {
    rows: names.map((name) => ({ what: `scan page: ${name}`, ...scans.times.of(name) })),
    figures: {
      ratio: round(plainMs / ownMs, 1),
      bytesPerLabel: round(tenThousand.bytes / tenThousand.count, 1),
      rssMb: Math.round(tenThousand.mostRss / 1e6),
      scanP99Ms: scans.times.of('drawing').p99Ms,
      codesPerSecond: Math.min(codes.encode, codes.decode),
    },
    results: {
      millisecondsPerLabel: round(ownMs, 3),
      rssMbAfterThousand: Math.round(thousand.mostRss / 1e6),
      codes,
      largeRun: { labels: largeRun, bytes: scans.bytes, drawingSeconds: round(scans.drawingSeconds, 1) },
      serverRssMb: scans.serverRssMb,
      scans: Object.fromEntries(names.map((name) => [name, scans.times.of(name)])),
    },
    baseline: {
      words:
        `${plainLabels} labels with qrcode.toBuffer (PNG, scale 8, level M), each placed with pdfkit's image in the same grid, in this process; ` +
        'ratio compares the milliseconds a label with 10,000 unit labels drawn as A4 PDF',
      millisecondsPerLabel: round(plainMs, 3),
    },
    failures: [],
  };
};

export const labels: Benchmark = {
  name: 'labels',
  about:
    'unit labels as A4 PDF against PNG pictures in a PDF; memory; scans while 100,000 labels are drawn; codes a second',
  defaults: { seconds: 5, clients: 4, batches: 200, seed: 1 },
  run,
};
