// A private folder with one socket name that stays the same while the process behind it changes.
import { mkdtemp, rename, rm, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { StoreError, reasonOf } from './store-error.ts';

// sun_path holds 104 bytes on macOS and 108 on Linux, one of them for the NUL. DATA_DIR may lie deeper than that.
const longestSocketPathBytes = 103;
// The engine makes 'embedded-mongodb-XXXXXX/mongodb.sock' in the folder.
const longestNameBytes = '/embedded-mongodb-XXXXXX/mongodb.sock'.length;

export type SocketDir = { socketDir: string; socketPath: string };

/** Makes the folder (mode 0700) below the system's folder for temporary files; throws StoreError. */
export async function makeSocketDir(temporaryDir: string = os.tmpdir()): Promise<SocketDir> {
  const template = path.join(temporaryDir, 'ocop-');
  const isShort = Buffer.byteLength(template) + 6 + longestNameBytes <= longestSocketPathBytes;
  const prefix = isShort || process.platform === 'win32' ? template : '/tmp/ocop-';
  try {
    const socketDir = await mkdtemp(prefix);
    return { socketDir, socketPath: path.join(socketDir, 'store.sock') };
  } catch (error) {
    const why = reasonOf(error);
    throw new StoreError(
      'data-dir-unusable',
      {
        vi: `Không tạo được thư mục tạm cho kết nối tới kho dữ liệu: ${why}. Hãy đặt TMPDIR là một thư mục ghi được.`,
        en: `No temporary folder for the store's socket could be made: ${why}. Set TMPDIR to a folder that can be written.`,
      },
      { cause: error },
    );
  }
}

/** Lets the stable name lead to the socket of the process that runs now; replaces the former one in one step. */
export async function publishSocket(target: string, socketPath: string): Promise<void> {
  const next = `${socketPath}.next`;
  await rm(next, { force: true });
  await symlink(target, next);
  await rename(next, socketPath);
}
