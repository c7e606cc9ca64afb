// What a benchmark is, and what the frame hands to it.
import type { Db } from '../../src/db/connect.ts';
import type { Settings } from '../generate/settings.ts';
import type { Http } from './http.ts';
import type { BenchOptions } from './options.ts';
import type { BenchServer } from './server.ts';

/** A store filled by the generator, and the way to start the application over it. */
export type Bench = {
  options: BenchOptions;
  db: Db;
  generated: Settings;
  /** Starts the application in a process of its own; the frame ends it. `settings` go beside those of the frame. */
  startServer(settings?: Record<string, string>): Promise<BenchServer>;
  /** Connections to a server, one a client; the frame closes them. */
  connect(server: BenchServer): Http;
  /** A line for the person who waits. */
  say(line: string): void;
};

/** One line of the table. Times in milliseconds. */
export type Row = { what: string; count: number; perSecond?: number; p50Ms?: number; p99Ms?: number };

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

export type BenchResult = {
  rows: Row[];
  /** The figures that count, by name; they stand at the top of the JSON object. */
  figures: Record<string, number>;
  results: Record<string, Json>;
  /** What it is compared with, `words` in plain words, measured in the same run. */
  baseline: { words: string } & Record<string, Json>;
  /** Requests or writes that did not do what they should; any makes the run a failure. */
  failures: string[];
};

export type Benchmark = {
  name: string;
  /** One sentence: what it measures. */
  about: string;
  defaults: BenchOptions;
  run(bench: Bench): Promise<BenchResult>;
};
