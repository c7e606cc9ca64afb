import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import readline from 'node:readline';
import type { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { drive, makeTimes, percentile } from '../../scripts/bench/load.ts';
import { makeEnding } from '../../scripts/bench/ending.ts';
import { readBenchArguments } from '../../scripts/bench/options.ts';
import { tableOf } from '../../scripts/bench/report.ts';
import { projectFolder } from '../../src/project-root.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** Starts the program as `npm run bench` does. Its temporary files lie in `folder`. */
const startBench = (args: string[], folder: string): ChildProcess =>
  spawn(process.execPath, ['--import', loader, projectFolder('scripts/bench.ts'), ...args], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const textOf = async (stream: Readable | null): Promise<string> => {
  const pieces: Buffer[] = [];
  for await (const piece of stream ?? []) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
};

const runBench = async (args: string[], folder: string) => {
  const child = startBench(args, folder);
  const exit = once(child, 'exit') as Promise<[number | null]>;
  const [out, error, [code]] = await Promise.all([textOf(child.stdout), textOf(child.stderr), exit]);
  return { out, error, code };
};

describe('npm run bench', () => {
  let folder: string;
  const leftOver = async () => (await readdir(folder)).filter((name) => name.startsWith('ocop-'));

  before(async () => {
    folder = await temporaryFolder();
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('names the benchmarks when asked for one that is not there', async () => {
    const { out, error, code } = await runBench(['chian'], folder);

    expect(code).to.equal(1);
    expect(out).to.equal('');
    expect(error)
      .to.contain('chian')
      .and.match(/^ {2}chain: /m);
  });

  it('names an option that is wrong', async () => {
    const { error, code } = await runBench(['chain', '--clients', 'many'], folder);

    expect(code).to.equal(1);
    expect(error).to.contain('--clients is not a whole number');
  });

  it('runs whole chains over HTTP and ends with one JSON object on the last line', async function () {
    this.timeout(90_000);

    const args = ['chain', '--clients', '2', '--seconds', '1', '--batches', '50'];
    const { out, error, code } = await runBench(args, folder);

    const report = JSON.parse(out.trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown>;
    expect(error).to.equal('');
    expect(code).to.equal(0);
    expect(report).to.include({ benchmark: 'chain', failed: 0 });
    expect(report['settings']).to.include({ clients: 2, seconds: 1, batches: 50 });
    expect(report['machine']).to.have.all.keys('cpu', 'cores', 'memoryGb', 'node', 'os');
    for (const name of ['chainsPerSecond', 'p99Ms', 'ratio', 'serverRssMb']) expect(report[name]).to.be.greaterThan(0);
    const { chains, ...parts } = report['results'] as { chains: number } & Record<string, { count: number }>;
    expect(chains).to.be.greaterThan(0);
    expect(parts['step']?.count).to.be.at.least(chains * 3);
    expect(report['baseline']).to.have.property('setsPerSecond').that.is.greaterThan(0);
    expect(await leftOver()).to.deep.equal([]);
  });

  it('ends what it started when it is interrupted', async function () {
    this.timeout(90_000);
    const child = startBench(['chain', '--clients', '2', '--seconds', '60', '--batches', '50'], folder);
    const ended = once(child, 'exit');
    for await (const line of readline.createInterface({ input: child.stdout as Readable }))
      if (line.startsWith('2 clients')) break;

    child.kill('SIGINT');

    expect(await ended).to.deep.equal([130, null]);
    expect(await leftOver()).to.deep.equal([]);
  });
});

describe('The frame of the benchmarks', () => {
  it('takes percentiles by nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, at) => at + 1);

    expect(percentile(hundred, 0.5)).to.equal(50);
    expect(percentile(hundred, 0.99)).to.equal(99);
    expect(percentile([7], 0.99)).to.equal(7);
    expect(percentile([], 0.5)).to.equal(0);
  });

  it('lets every client work, counts what was done, and tells what failed', async () => {
    const times = makeTimes();
    const seen = new Set<number>();

    const driven = await drive({ clients: 3, seconds: 0.05 }, (client) =>
      times.measure('turn', async () => {
        seen.add(client);
        await new Promise((resolve) => setImmediate(resolve));
        if (client === 2) throw new Error('a paper jam');
      }),
    );

    expect([...seen].sort()).to.deep.equal([0, 1, 2]);
    expect(driven.done).to.equal(times.of('turn').count).and.be.greaterThan(0);
    expect(driven.failures[0]).to.equal('a paper jam');
  });

  it('ends in the reverse order, once, and goes on after a failure', async () => {
    const ended: string[] = [];
    const ending = makeEnding();
    ending.later(() => Promise.resolve(void ended.push('folder')));
    ending.later(() => Promise.reject(new Error('the store will not close')));
    ending.later(() => Promise.resolve(void ended.push('server')));

    const outcome = await ending.now().catch((error: unknown) => error);
    await ending.now().catch(() => undefined);

    expect(ended).to.deep.equal(['server', 'folder']);
    expect(outcome).to.be.an('error').with.property('message', 'the store will not close');
  });

  it('reads names and numbers, and refuses two names', () => {
    expect(readBenchArguments(['chain', '--seconds', '5'])).to.deep.equal({ name: 'chain', given: { seconds: 5 } });
    expect(readBenchArguments([]).name).to.equal('');
    expect(() => readBenchArguments(['chain', 'scan'])).to.throw('one benchmark at a time');
    expect(() => readBenchArguments(['chain', '--seconds', '0'])).to.throw('--seconds');
  });

  it('prints numbers under their headings', () => {
    const table = tableOf([
      { what: 'chain', count: 1200, perSecond: 60, p50Ms: 130.5, p99Ms: 250 },
      { what: '  step', count: 3600 },
    ]);

    const [headings = '', chain = '', step = ''] = table.split('\n');
    expect(chain.indexOf('1,200')).to.equal(headings.indexOf('count'));
    expect(step.indexOf('3,600')).to.equal(headings.indexOf('count'));
  });
});
