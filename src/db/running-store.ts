// Where the store of a folder can be reached while a server has it open, for a second program that only talks to it: a backup, another web process.
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { socketUri } from './store-uri.ts';

const noteOf = (dataDir: string): string => path.join(dataDir, 'socket.json');

/** Notes the socket of the store that was opened over `dataDir`. */
export async function noteRunning(dataDir: string, socketPath: string): Promise<void> {
  const next = `${noteOf(dataDir)}.next`;
  await writeFile(next, `${JSON.stringify({ socketPath })}\n`, { mode: 0o600 });
  await rename(next, noteOf(dataDir));
}

/** Takes the note away before the store is closed. A killed server leaves it; whoever reads it then finds nobody at the socket. */
export async function forgetRunning(dataDir: string): Promise<void> {
  await rm(noteOf(dataDir), { force: true });
}

/** The address of the store that a server has open over `dataDir`, as far as its note says; undefined without one. */
export async function runningStoreUri(dataDir: string): Promise<string | undefined> {
  try {
    const note = JSON.parse(await readFile(noteOf(path.resolve(dataDir)), 'utf8')) as { socketPath?: unknown };
    return typeof note.socketPath === 'string' ? socketUri(note.socketPath) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
