// The benchmarks by name. A new one is a file of its own and a line here.
import type { Benchmark } from './bench.types.ts';
import { chain } from './chain.ts';
import { labels } from './labels.ts';
import { page } from './page.ts';
import { scan } from './scan.ts';

export const benchmarks: readonly Benchmark[] = [chain, labels, page, scan];

export function benchmarkNamed(name: string): Benchmark | undefined {
  return benchmarks.find((benchmark) => benchmark.name === name);
}

/** What can be run, a line each. */
export function benchmarkList(): string {
  const lines = benchmarks.map(({ name, about, defaults }) => {
    const { seconds, clients, batches } = defaults;
    return `  ${name}: ${about} (--seconds ${seconds} --clients ${clients} --batches ${batches})`;
  });
  return ['npm run bench -- NAME [--seconds N] [--clients N] [--batches N] [--seed N]', ...lines].join('\n');
}
