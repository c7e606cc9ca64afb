// Starts the application in a process of its own, so that the load does not share its event loop, and ends it by its pid.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';
import readline from 'node:readline';
import type { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { settingNames } from '../../src/config.ts';
import type { Ending } from './ending.ts';

export type BenchServer = {
  url: string;
  pid: number;
  /** Resident memory of the process. */
  memoryBytes(): Promise<number>;
};

const startWithinMs = 60_000;
const endWithinMs = 20_000;

/** What runs this program runs the child: sources through tsx, a build as it is. */
const childArguments = (): string[] => {
  const script = path.join(import.meta.dirname, `server-process${path.extname(import.meta.filename)}`);
  if (!script.endsWith('.ts')) return [script];
  return ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href, script];
};

/** The environment without any setting of the application, so that a benchmark means the same wherever it is started. */
const plainEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !settingNames.includes(name)));

const exited = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

const end = async (child: ChildProcess): Promise<void> => {
  if (exited(child)) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), endWithinMs);
  await gone;
  clearTimeout(force);
};

const addressOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('the server did not start within a minute')), startWithinMs);
    child.once('exit', (code, signal) => {
      clearTimeout(late);
      reject(new Error(`the server ended before it served (${signal ?? code})`));
    });
    readline.createInterface({ input: child.stdout as Readable }).on('line', (line) => {
      const url = /^serving: (\S+)/.exec(line)?.[1];
      if (url === undefined) return;
      clearTimeout(late);
      resolve(url);
    });
  });

const memoryOf = async (child: ChildProcess): Promise<number> => {
  if (exited(child)) throw new Error('the server has ended by itself');
  const answered = once(child, 'message');
  child.send('memory');
  const [answer] = (await answered) as [{ rssBytes: number }];
  return answer.rssBytes;
};

/** Starts it with exactly these settings and waits until it serves; `ending` ends it. Throws an Error when it does not start. */
export async function startBenchServer(settings: Record<string, string>, ending: Ending): Promise<BenchServer> {
  const child = spawn(process.execPath, childArguments(), {
    env: { ...plainEnvironment(), ...settings },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  ending.later(() => end(child));
  const url = await addressOf(child);
  return { url, pid: child.pid ?? 0, memoryBytes: () => memoryOf(child) };
}
