// What comes out: a table for people, and one JSON object on the last line for machines.
import { execFileSync } from 'node:child_process';
import os from 'node:os';
import { projectFolder } from '../../src/project-root.ts';
import type { BenchResult, Benchmark, Json, Row } from './bench.types.ts';
import type { BenchOptions } from './options.ts';

const headings = ['', 'count', 'a second', 'p50 ms', 'p99 ms'];
const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });

const cellsOf = ({ what, count, perSecond, p50Ms, p99Ms }: Row): string[] => [
  what,
  ...[count, perSecond, p50Ms, p99Ms].map((value) => (value === undefined ? '' : grouped.format(value))),
];

/** Columns under each other, the first to the left and the numbers to the right. */
export function tableOf(rows: readonly Row[]): string {
  const lines = [headings, ...rows.map(cellsOf)];
  const widths = headings.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? '').length)));
  const padded = (line: string[]): string =>
    line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ');
  return lines.map((line) => padded(line).trimEnd()).join('\n');
}

const machine = (): Record<string, Json> => ({
  cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
  cores: os.cpus().length,
  memoryGb: Math.round(os.totalmem() / 2 ** 30),
  node: process.version,
  os: `${os.type()} ${os.release()} ${os.arch()}`,
});

/** The commit that was measured, with `-dirty` where files differ from it; nothing outside a repository. */
const commit = (): Record<string, Json> => {
  try {
    const args = ['describe', '--always', '--dirty', '--exclude', '*'];
    const said = execFileSync('git', args, { cwd: projectFolder('.'), stdio: ['ignore', 'pipe', 'ignore'] });
    return { commit: said.toString('utf8').trim() };
  } catch {
    return {};
  }
};

/** The whole run as one object. */
export function reportOf(
  benchmark: Benchmark,
  options: BenchOptions,
  storeKind: string,
  result: BenchResult,
): Record<string, Json> {
  return {
    benchmark: benchmark.name,
    date: new Date().toISOString(),
    machine: machine(),
    ...commit(),
    settings: { ...options, store: storeKind },
    ...result.figures,
    results: result.results,
    baseline: result.baseline,
    failed: result.failures.length,
  };
}
