// npm run bench -- NAME: measures, prints a table for people, and one JSON object on the last line.
import { benchmarkList, benchmarkNamed } from './bench/registry.ts';
import { endOnSignals, makeEnding } from './bench/ending.ts';
import { readBenchArguments } from './bench/options.ts';
import { runBenchmark } from './bench/run.ts';
import { StoreError } from '../src/db/store-error.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

const explain = (error: unknown): string => {
  if (error instanceof StoreError) return `${error.messages.vi}\n${error.messages.en}`;
  return error instanceof Error ? error.message : String(error);
};

const main = async (): Promise<boolean> => {
  const { name, given } = readBenchArguments(process.argv.slice(2));
  const benchmark = benchmarkNamed(name);
  if (benchmark === undefined) {
    complain(`${name === '' ? 'which benchmark?' : `there is no benchmark ${name}`}\n${benchmarkList()}`);
    return false;
  }
  const ending = makeEnding();
  endOnSignals(ending);
  try {
    const { report, failures } = await runBenchmark(benchmark, { ...benchmark.defaults, ...given }, ending, print);
    for (const failure of failures.slice(0, 5)) complain(`failed: ${failure}`);
    await ending.now();
    print(JSON.stringify(report));
    return failures.length === 0;
  } finally {
    await ending.now();
  }
};

// A reader that has seen enough (`| head`) must not keep the run from ending what it started.
process.stdout.on('error', () => undefined);

try {
  if (!(await main())) process.exitCode = 1;
} catch (error) {
  complain(explain(error));
  process.exitCode = 1;
}
