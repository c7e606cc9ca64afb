// DATA_DIR: one owner at a time, and one kind of store for good. The files of the kinds cannot be read by each other.
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { takeOwnership } from './owner-file.ts';
import { clearSocketDirs } from './socket-dir.ts';
import { StoreError, reasonOf } from './store-error.ts';

export type StoreKind = 'embedded' | 'mongod';

export type DataDir = {
  dataDir: string;
  /** Folder for the database's own files. */
  databaseDir: string;
  /** What wrote the folder; undefined while it is empty. */
  kind: StoreKind | undefined;
  /** Notes the kind, before its first file is written. */
  remember(kind: StoreKind): Promise<void>;
  /** Lets the next owner in. */
  release(): Promise<void>;
};

const kinds: readonly string[] = ['embedded', 'mongod'] satisfies StoreKind[];

/** Creates `dataDir` (mode 0700) where it is missing and takes it for this process; throws StoreError. */
export async function takeDataDir(dataDir: string): Promise<DataDir> {
  const databaseDir = path.join(dataDir, 'db');
  await usable(dataDir, () => mkdir(databaseDir, { recursive: true, mode: 0o700 }));
  const release = await usable(dataDir, () => takeOwnership(dataDir));
  try {
    await usable(dataDir, () => clearSocketDirs(dataDir));
    const noteFile = path.join(dataDir, 'store.json');
    const kind = await usable(dataDir, () => rememberedKind(dataDir, noteFile, databaseDir));
    const remember = async (found: StoreKind): Promise<void> => {
      if (found !== kind) await usable(dataDir, () => writeNote(noteFile, found));
    };
    return { dataDir, databaseDir, kind, remember, release };
  } catch (error) {
    await release();
    throw error;
  }
}

async function rememberedKind(dataDir: string, noteFile: string, databaseDir: string): Promise<StoreKind | undefined> {
  const text = await readFile(noteFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined && (await readdir(databaseDir)).length === 0) return undefined;
  const kind = text === undefined ? 'unknown' : kindIn(text);
  if (kinds.includes(kind)) return kind as StoreKind;
  throw otherKind(dataDir, kind);
}

function kindIn(text: string): string {
  try {
    const note = JSON.parse(text) as { kind?: unknown } | null;
    return typeof note?.kind === 'string' ? note.kind : 'unknown';
  } catch {
    return 'unknown';
  }
}

async function writeNote(noteFile: string, kind: StoreKind): Promise<void> {
  const next = `${noteFile}.next`;
  await writeFile(next, `${JSON.stringify({ kind, madeAt: new Date().toISOString() })}\n`, {
    mode: 0o600,
    flush: true,
  });
  await rename(next, noteFile);
}

/** The folder was written by `kind`, which is not the one that would open it now. */
export function otherKind(dataDir: string, kind: string): StoreError {
  return new StoreError('data-dir-other-kind', {
    vi:
      `Thư mục dữ liệu ${dataDir} do loại kho khác ghi (${kind}), máy này không mở được. Hãy sao lưu bằng ` +
      '`npm run backup` nơi kho cũ còn chạy rồi khôi phục bằng `npm run restore`, hoặc đặt DATA_DIR là thư mục khác.',
    en:
      `The data folder ${dataDir} was written by another kind of store (${kind}) that cannot be opened here. Back it ` +
      'up with `npm run backup` where that store still runs and bring it here with `npm run restore`, or set DATA_DIR ' +
      'to another folder.',
  });
}

/** The store process runs, but says that it can't open the folder. */
export function cannotBeOpened(dataDir: string, error: Error): StoreError {
  return new StoreError(
    'data-dir-unusable',
    {
      vi: `Không mở được dữ liệu trong thư mục ${dataDir}: ${error.message}. Hãy khôi phục từ bản sao lưu gần nhất.`,
      en: `The data in the folder ${dataDir} cannot be opened: ${error.message}. Restore the latest backup.`,
    },
    { cause: error },
  );
}

async function usable<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoreError) throw error;
    const why = await whyUnusable(dataDir, error);
    throw new StoreError(
      'data-dir-unusable',
      {
        vi: `Không dùng được thư mục dữ liệu ${dataDir}: ${why.vi}. Hãy đặt DATA_DIR là một thư mục ghi được.`,
        en: `The data folder ${dataDir} cannot be used: ${why.en}. Set DATA_DIR to a folder that can be written.`,
      },
      { cause: error },
    );
  }
}

async function whyUnusable(dataDir: string, error: unknown): Promise<{ vi: string; en: string }> {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const isFile = (await stat(dataDir).catch(() => undefined))?.isDirectory() === false;
  if (isFile || code === 'ENOTDIR') return { vi: 'đó không phải là thư mục', en: 'it is not a folder' };
  if (['EACCES', 'EPERM', 'EROFS'].includes(code)) return { vi: 'không có quyền ghi', en: 'it cannot be written' };
  if (code === 'ENOSPC') return { vi: 'đĩa đã đầy', en: 'the disk is full' };
  return { vi: reasonOf(error), en: reasonOf(error) };
}
