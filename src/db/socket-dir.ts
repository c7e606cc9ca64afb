// A private folder with one socket name that stays the same while the process behind it changes.
import { mkdtemp, readdir, rename, rm, symlink } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { StoreError, reasonOf } from './store-error.ts';

// sun_path holds 104 bytes on macOS and 108 on Linux, one of them for the NUL.
const longestSocketPathBytes = 103;
// What the engine makes in the folder.
const longestName = 'embedded-mongodb-XXXXXX/mongodb.sock';
const dataDirPrefix = 'run-';

export type SocketDir = { socketDir: string; socketPath: string };

/**
 * Makes the folder (mode 0700): in `dataDir`, or where that is too deep for a socket or on a file system without
 * sockets, below the system's folder for temporary files. Throws StoreError 'data-dir-unusable'.
 */
export async function makeSocketDir(dataDir: string): Promise<SocketDir> {
  const prefixes = [path.join(dataDir, dataDirPrefix), path.join(os.tmpdir(), 'ocop-'), '/tmp/ocop-'];
  const reasons: string[] = [];
  for (const prefix of prefixes) {
    try {
      return await socketDirAt(prefix);
    } catch (error) {
      reasons.push(reasonOf(error));
    }
  }
  const why = reasons.join('; ');
  throw new StoreError('data-dir-unusable', {
    vi: `Không tạo được ổ cắm cho kho dữ liệu: ${why}. Hãy đặt TMPDIR là một thư mục ngắn, ghi được.`,
    en: `No socket could be made for the store: ${why}. Set TMPDIR to a folder with a short name that can be written.`,
  });
}

/** Removes the socket folders that killed owners left in `dataDir`. */
export async function clearSocketDirs(dataDir: string): Promise<void> {
  const left = (await readdir(dataDir)).filter((name) => name.startsWith(dataDirPrefix));
  for (const name of left) await rm(path.join(dataDir, name), { recursive: true, force: true });
}

/** Removes what a killed process left in its socket folder. */
export async function emptyFolder(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await rm(path.join(folder, name), { recursive: true, force: true });
}

/** Lets the stable name lead to the socket of the process that runs now; replaces the former one in one step. */
export async function publishSocket(target: string, socketPath: string): Promise<void> {
  const next = `${socketPath}.next`;
  await rm(next, { force: true });
  await symlink(target, next);
  await rename(next, socketPath);
}

async function socketDirAt(prefix: string): Promise<SocketDir> {
  if (Buffer.byteLength(`${prefix}XXXXXX/${longestName}`) > longestSocketPathBytes) {
    throw new Error(`${prefix}… is too long for a socket`);
  }
  const socketDir = await mkdtemp(prefix);
  const socketPath = path.join(socketDir, 'store.sock');
  try {
    await tryToListen(socketPath);
    return { socketDir, socketPath };
  } catch (error) {
    await rm(socketDir, { recursive: true, force: true });
    throw error;
  }
}

function tryToListen(socketPath: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(socketPath, () => server.close(() => resolve()));
  });
}
