// Says which process owns a data folder, so that a second start can name it. The database's own lock stands behind it.
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { StoreError } from './store-error.ts';

/** `startedAt` tells a process from a later one with the same number; its form depends on the system. */
type Owner = { pid: number; host: string; startedAt: string };

const attempts = 20;

/**
 * Makes this process the owner of `folder` and returns how to give it up. A note that a killed owner left does not
 * count. Throws StoreError 'data-dir-taken'.
 */
export async function takeOwnership(folder: string): Promise<() => Promise<void>> {
  const file = path.join(folder, 'owner.json');
  const own = path.join(folder, `.owner-${randomUUID()}`);
  const me: Owner = { pid: process.pid, host: os.hostname(), startedAt: (await startOf(process.pid)) ?? '' };
  const text = JSON.stringify(me);
  await writeFile(own, text, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      // A link appears with its whole content or not at all, and only where no other is.
      if (await linked(own, file)) return () => giveUp(file, text);
      await clearStale(folder, file);
    }
    throw taken(folder, undefined);
  } finally {
    await rm(own, { force: true });
  }
}

/** What a second start is told. */
export function taken(folder: string, pid: number | undefined): StoreError {
  const [vi, en] =
    pid === undefined ? ['một tiến trình khác', 'another process'] : [`tiến trình ${pid}`, `process ${pid}`];
  return new StoreError('data-dir-taken', {
    vi:
      `Thư mục dữ liệu ${folder} đang được ${vi} sử dụng. Mỗi thư mục chỉ một chương trình được mở: hãy dừng chương ` +
      'trình kia, hoặc đặt DATA_DIR là thư mục khác.',
    en:
      `The data folder ${folder} is in use by ${en}. Only one program may open it: stop the other one, or set DATA_DIR ` +
      'to another folder.',
  });
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function clearStale(folder: string, file: string): Promise<void> {
  const text = await readIfThere(file);
  if (text === undefined) return;
  const owner = ownerIn(text);
  if (owner !== undefined && (await isAlive(owner))) throw taken(folder, owner.pid);
  // Two starts may see the same stale note. It is moved aside first, so whoever moved a fresh one can put it back.
  const aside = path.join(folder, `.owner-${randomUUID()}`);
  try {
    await rename(file, aside);
    if ((await readFile(aside, 'utf8')) !== text) await linked(aside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

async function giveUp(file: string, text: string): Promise<void> {
  if ((await readIfThere(file)) === text) await rm(file, { force: true });
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function ownerIn(text: string): Owner | undefined {
  try {
    const owner = JSON.parse(text) as Partial<Owner> | null;
    const isWhole = Number.isInteger(owner?.pid) && owner?.host !== undefined && owner.startedAt !== undefined;
    return isWhole ? (owner as Owner) : undefined;
  } catch {
    return undefined;
  }
}

// Of another machine's (or container's) owner nothing can be seen from here; the database's own lock decides.
async function isAlive(owner: Owner): Promise<boolean> {
  return owner.host === os.hostname() && (await startOf(owner.pid)) === owner.startedAt;
}

async function startOf(pid: number): Promise<string | undefined> {
  try {
    if (process.platform === 'linux') {
      const status = await readFile(`/proc/${pid}/stat`, 'utf8');
      // proc(5): the name in brackets may hold blanks; state follows it, and the start in clock ticks is 19 fields on.
      const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? undefined : fields[19];
    }
    const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]);
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}
