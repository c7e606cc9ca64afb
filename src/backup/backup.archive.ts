// Writes an archive: tar entries, compressed, encrypted when a key is given, with a hash of every entry and a manifest at the end. Knows nothing of
// the store. The file appears under its name only when it is whole and on the disk.
import { createHash } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Encrypter } from 'age-encryption';
import tar from 'tar-stream';
import type { Pack } from 'tar-stream';
import { reasonOf } from '../db/store-error.ts';
import { BackupError } from './backup.error.ts';
import { aboutName, manifestName } from './backup.types.ts';
import type { About, Manifest } from './backup.types.ts';

const sumsAtOnce = 20_000;
// Photos are compressed already and texts are small: the fast level loses little.
const gzipLevel = 4;
// The key is a random text, so the memory-hard part can be short (16 MB).
const scryptWorkFactor = 14;

/** Adds an entry whose length is known before its bytes are; waits while the disk is slower than the store. */
export type AddEntry = (name: string, bytes: number, content: Uint8Array | AsyncIterable<Uint8Array>) => Promise<void>;

/** What the writer of the content adds to the manifest. */
export type Content = Pick<Manifest, 'collections' | 'files'>;

class Entries {
  readonly #pack: Pack;
  readonly #at: Date;
  #lines: string[] = [];
  readonly sums: Manifest['sums'] = [];
  count = 0;

  constructor(pack: Pack, at: Date) {
    this.#pack = pack;
    this.#at = at;
  }

  readonly add: AddEntry = async (name, bytes, content) => {
    this.#lines.push(`${await this.#write(name, bytes, content)}  ${name}\n`);
    if (this.#lines.length >= sumsAtOnce) await this.writeSums();
  };

  async writeSums(): Promise<void> {
    if (this.#lines.length === 0) return;
    const name = `sums/${String(this.sums.length + 1).padStart(6, '0')}.sha256`;
    const text = Buffer.from(this.#lines.join(''));
    this.#lines = [];
    this.sums.push({ name, sha256: await this.#write(name, text.length, text) });
  }

  async writeLast(manifest: object): Promise<void> {
    const text = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
    await this.#write(manifestName, text.length, text);
  }

  async #write(name: string, size: number, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<string> {
    const hash = createHash('sha256');
    const header = { name, size, mode: 0o600, mtime: this.#at };
    const pieces = content instanceof Uint8Array ? [content] : content;
    await new Promise<void>((resolve, reject) => {
      const entry = this.#pack.entry(header, (error) => (error ? reject(error) : resolve()));
      const source = Readable.from(hashed(pieces, hash), { objectMode: false });
      source.once('error', (error) => {
        this.#pack.destroy(error);
        reject(error);
      });
      source.pipe(entry);
    });
    this.count += 1;
    return hash.digest('hex');
  }
}

async function* hashed(
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
}

const encrypted = async (plain: Readable, key: string): Promise<Readable> => {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(key);
  encrypter.setScryptWorkFactor(scryptWorkFactor);
  const stream = await encrypter.encrypt(Readable.toWeb(plain) as unknown as globalThis.ReadableStream<Uint8Array>);
  return Readable.fromWeb(stream);
};

const isThere = async (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );

const exists = (file: string): BackupError =>
  new BackupError('backup-file-exists', {
    vi: `Đã có tệp ${file}. Bản sao lưu không ghi đè; hãy chọn tên khác.`,
    en: `${file} is there already. A backup overwrites nothing; choose another name.`,
  });

const notWritten = (file: string, error: unknown): BackupError => {
  const isFull = (error as NodeJS.ErrnoException).code === 'ENOSPC';
  return new BackupError(
    'backup-not-written',
    {
      vi: `Không ghi được bản sao lưu ${file}: ${isFull ? 'đĩa đã đầy' : reasonOf(error)}. Không để lại tệp dở dang nào.`,
      en: `The backup ${file} could not be written: ${isFull ? 'the disk is full' : reasonOf(error)}. Nothing half written was left.`,
    },
    { cause: error },
  );
};

/** Whether an error is of the disk that is written to, and not of the store that is read. */
const isOfDisk = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT', 'EIO', 'EFBIG', 'EROFS', 'EACCES', 'EPERM', 'ENOENT', 'ENOTDIR', 'EISDIR'].includes(
    String((error as NodeJS.ErrnoException).code),
  );

/**
 * Writes `file` (mode 0600): about, what `fill` adds, the sums, the manifest. Returns the manifest. Throws BackupError 'backup-file-exists' and
 * 'backup-not-written', after which no part of the file is left; what `fill` throws goes through.
 */
export async function writeArchive(
  file: string,
  about: About,
  key: string | undefined,
  fill: (add: AddEntry) => Promise<Content>,
): Promise<Manifest> {
  if (await isThere(file).catch(() => false)) throw exists(file);
  const part = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.part`);
  try {
    const manifest = await writePart(part, about, key, fill);
    if (await isThere(file)) throw exists(file);
    await rename(part, file);
    await syncFolder(path.dirname(file));
    return manifest;
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw isOfDisk(error) ? notWritten(file, error) : error;
  }
}

const writePart = async (
  part: string,
  about: About,
  key: string | undefined,
  fill: (add: AddEntry) => Promise<Content>,
): Promise<Manifest> => {
  const handle = await open(part, 'wx', 0o600);
  try {
    const pack = tar.pack();
    const compressed = pack.pipe(createGzip({ level: gzipLevel }));
    pack.once('error', (error) => compressed.destroy(error));
    const out = key === undefined ? compressed : await encrypted(compressed, key);
    const written = pipeline(out, new PassThrough(), async (source: AsyncIterable<Uint8Array>) => {
      for await (const piece of source) await handle.writeFile(piece);
    });
    const filled = fillPack(pack, about, fill).catch((error: unknown) => {
      pack.destroy(error as Error);
      throw error;
    });
    // A full disk ends the writing while the store is still being read: then the reading has to end too.
    written.catch((error: unknown) => pack.destroy(error as Error));
    const [manifest] = await Promise.all([filled, written]);
    await handle.sync();
    return manifest;
  } finally {
    await handle.close();
  }
};

const fillPack = async (pack: Pack, about: About, fill: (add: AddEntry) => Promise<Content>): Promise<Manifest> => {
  const entries = new Entries(pack, new Date(about.madeAt));
  const text = Buffer.from(`${JSON.stringify(about, null, 2)}\n`);
  await entries.add(aboutName, text.length, text);
  const content = await fill(entries.add);
  await entries.writeSums();
  const manifest: Manifest = { ...about, ...content, sums: entries.sums, entries: entries.count };
  await entries.writeLast(manifest);
  pack.finalize();
  return manifest;
};

// The new name is on the disk only when the folder is.
const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
