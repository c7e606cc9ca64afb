// Another program that has a data folder open, to be killed or asked.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

export type OtherOwner = { pid: number; enginePid: number; uri: string; process: ChildProcess };

/** Starts the program over `dataDir`; resolves when its store is open. */
export async function otherOwner(dataDir: string): Promise<OtherOwner> {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const script = path.join(import.meta.dirname, 'owner-process.ts');
  const child = spawn(process.execPath, ['--import', loader, script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const said = JSON.parse(line.toString('utf8')) as { pid: number; enginePid: number; uri: string };
  return { ...said, process: child };
}

/** Ends the program without a chance to clean up. */
export async function killHard(owner: OtherOwner): Promise<void> {
  owner.process.kill('SIGKILL');
  await once(owner.process, 'exit');
}

/** Waits until the process is gone (zombies count as gone); false when it still runs after `milliseconds`. */
export async function isGoneWithin(pid: number, milliseconds: number): Promise<boolean> {
  const untilMs = Date.now() + milliseconds;
  while (await runs(pid)) {
    if (Date.now() > untilMs) return false;
    await wait(50);
  }
  return true;
}

async function runs(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return !/\) Z /.test(status);
}
