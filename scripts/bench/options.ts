// What a person may say to a benchmark: how long, with how many clients, over how many batches.
import { parseArgs } from 'node:util';

export type BenchOptions = {
  /** Of each measured part; warm-up is extra. */
  seconds: number;
  clients: number;
  /** Size of the generated store. */
  batches: number;
  seed: number;
};

const most: Record<keyof BenchOptions, number> = {
  seconds: 600,
  clients: 1000,
  batches: 10_000_000,
  seed: 999_999_999,
};
const least: Record<keyof BenchOptions, number> = { seconds: 1, clients: 1, batches: 1, seed: 0 };

const wholeNumber = (name: keyof BenchOptions, text: string): number => {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (value >= least[name] && value <= most[name]) return value;
  throw new Error(`--${name} is not a whole number from ${least[name]} to ${most[name]}`);
};

const text = { type: 'string' } as const;

/** The name of the benchmark ('' when none was given) and its options, `--seconds 20 --clients 8`. Throws an Error that names a wrong one. */
export function readBenchArguments(args: readonly string[]): { name: string; given: Partial<BenchOptions> } {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { seconds: text, clients: text, batches: text, seed: text },
    allowPositionals: true,
  });
  if (positionals.length > 1) throw new Error(`one benchmark at a time, not ${positionals.join(' and ')}`);
  const given: Partial<BenchOptions> = {};
  for (const name of ['seconds', 'clients', 'batches', 'seed'] as const) {
    const value = values[name];
    if (value !== undefined) given[name] = wholeNumber(name, value);
  }
  return { name: positionals[0] ?? '', given };
}
