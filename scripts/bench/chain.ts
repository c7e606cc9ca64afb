// chain: what a producer does from a batch to a printed label, and what the first buyer does with it, over HTTP; against the bare writes of it.
import { gunzipSync } from 'node:zlib';
import { v7 as uuidv7 } from 'uuid';
import { apiBase } from '../../src/paths.ts';
import { writeSet } from './chain.baseline.ts';
import { newBatchJson, newStepsJson } from './chain.documents.ts';
import type { Bench, BenchResult, Benchmark, Json, Row } from './bench.types.ts';
import { requireStatus } from './http.ts';
import type { Answer, Http, Sent } from './http.ts';
import { drive, makeTimes } from './load.ts';
import type { Driven, Times } from './load.ts';
import { signInOwners } from './owners.ts';
import type { Owner } from './owners.ts';

const parts = ['batch', 'step', 'label run', 'label sheet', 'scan page'] as const;
type Part = (typeof parts)[number];

const labelsARun = 65;

type Run = { code: string; sheet: string; url: string };

/** One chain of one owner. Throws an Error that names the part when an answer is not what it should be. */
const workChain = async (http: Http, times: Times, { authorization, ground }: Owner): Promise<void> => {
  const send = (part: Part, sent: Sent, status: number): Promise<Answer> =>
    times.measure(part, async () => {
      const headers = { accept: 'application/json', authorization, ...sent.headers };
      return requireStatus(await http.send({ ...sent, headers }), status, part);
    });
  const batch = newBatchJson(ground);
  await send('batch', { method: 'POST', path: `${apiBase}/products/${ground.productId}/batches`, json: batch }, 201);
  const ofBatch = `${apiBase}/batches/${batch.id}`;
  for (const json of newStepsJson()) await send('step', { method: 'POST', path: `${ofBatch}/steps`, json }, 201);
  const asked = { id: uuidv7(), kind: 'lot', quantity: labelsARun, approve: true };
  const made = await send('label run', { method: 'POST', path: `${ofBatch}/label-runs`, json: asked }, 201);
  const run = JSON.parse(made.body.toString('utf8')) as Run;
  const sheet = await send('label sheet', { method: 'GET', path: run.sheet }, 200);
  if (!sheet.body.subarray(0, 5).equals(Buffer.from('%PDF-'))) throw new Error('label sheet: not a PDF');
  // As a buyer's phone asks for it: not signed in, compressed.
  const path = new URL(run.url).pathname;
  const asBuyer = { accept: 'text/html', 'accept-encoding': 'gzip' };
  const page = await times.measure('scan page', async () =>
    requireStatus(await http.send({ method: 'GET', path, headers: asBuyer }), 200, 'scan page'),
  );
  const html = page.headers['content-encoding'] === 'gzip' ? gunzipSync(page.body) : page.body;
  if (!html.includes(batch.lotNumber)) throw new Error('scan page: without its lot number');
};

const warmUpSeconds = (seconds: number): number => Math.min(3, seconds / 4);

type Measured = { driven: Driven; times: Times };

/** Drives work of every client as its owner, after a warm-up that is not counted. */
const driveOwners = async (
  { options: { clients, seconds } }: Bench,
  owners: readonly Owner[],
  name: string,
  work: (owner: Owner, times: Times) => Promise<void>,
): Promise<Measured> => {
  const turn = (times: Times) => (client: number) => {
    const owner = owners[client];
    if (owner === undefined) throw new Error(`no owner for client ${client}`);
    return times.measure(name, () => work(owner, times));
  };
  await drive({ clients, seconds: warmUpSeconds(seconds) }, turn(makeTimes()));
  const times = makeTimes();
  return { driven: await drive({ clients, seconds }, turn(times)), times };
};

const rowsOf = (chains: Measured, sets: Measured): Row[] => {
  const rowOf = (what: string, times: Times, name: string): Row => ({ what, ...times.of(name) });
  return [
    { ...rowOf('chain', chains.times, 'chain'), perSecond: chains.driven.perSecond },
    ...parts.map((part) => rowOf(`  ${part}`, chains.times, part)),
    { ...rowOf('baseline: set of writes', sets.times, 'set'), perSecond: sets.driven.perSecond },
  ];
};

const baselineWords = (clients: number): string =>
  'the same durable writes (one batch, three steps, one raise of the run counter, one label run) straight through the driver ' +
  `into the same collections with ${clients} clients: no HTTP, no sign-in, no rules, no balance, no PDF, no page`;

const run = async (bench: Bench): Promise<BenchResult> => {
  const { clients, seconds } = bench.options;
  const server = await bench.startServer();
  const http = bench.connect(server);
  const owners = await signInOwners(bench.db, http, clients);
  bench.say(`${clients} clients, ${seconds} s each: chains over HTTP, then the bare writes`);
  const chains = await driveOwners(bench, owners, 'chain', (owner, times) => workChain(http, times, owner));
  const serverRssMb = Math.round((await server.memoryBytes()) / 1e6);
  const sets = await driveOwners(bench, owners, 'set', (owner) => writeSet(bench.db, owner));
  const results: Record<string, Json> = { chains: chains.driven.done };
  for (const name of ['chain', ...parts]) results[name] = chains.times.of(name);
  return {
    rows: rowsOf(chains, sets),
    figures: {
      chainsPerSecond: chains.driven.perSecond,
      p99Ms: chains.times.of('chain').p99Ms,
      ratio: Math.round((chains.driven.perSecond / sets.driven.perSecond) * 1000) / 1000,
      serverRssMb,
    },
    results,
    baseline: { words: baselineWords(clients), setsPerSecond: sets.driven.perSecond, ...sets.times.of('set') },
    failures: [...chains.driven.failures, ...sets.driven.failures],
  };
};

export const chain: Benchmark = {
  name: 'chain',
  about: 'a batch, three steps, a run of 65 lot labels, its PDF sheet and the scan page of its code, over HTTP',
  defaults: { seconds: 20, clients: 8, batches: 1000, seed: 1 },
  run,
};
