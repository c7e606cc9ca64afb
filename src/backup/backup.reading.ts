// Reads an archive: every entry in order with its hash checked against the lists of sums, the manifest last. Knows nothing of the store.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Decrypter } from 'age-encryption';
import tar from 'tar-stream';
import { z } from 'zod';
import { reasonOf } from '../db/store-error.ts';
import { BackupError, cut, damaged } from './backup.error.ts';
import { aboutName, formatVersion, manifestName } from './backup.types.ts';
import type { About, Manifest } from './backup.types.ts';

const aboutShape = z.object({
  format: z.literal('ocop-trace-backup'),
  formatVersion: z.int(),
  schemaVersion: z.int(),
  productVersion: z.string(),
  madeAt: z.string(),
});
const sum = z.string().regex(/^[0-9a-f]{64}$/);
const manifestShape = aboutShape.extend({
  collections: z.array(z.object({ name: z.string(), documents: z.int(), sha256: sum })),
  files: z.object({ count: z.int(), bytes: z.int() }),
  sums: z.array(z.object({ name: z.string(), sha256: sum })),
  entries: z.int(),
});

/** One entry while it passes. Its bytes must be read before the next one is asked for. */
export type Entry = { name: string; bytes: number; content: AsyncIterable<Uint8Array> };

const ageMagic = 'age-encryption.org/v1';

const notReadable = (file: string, why: string, cause?: unknown): BackupError =>
  new BackupError(
    'backup-not-readable',
    { vi: `Không đọc được tệp ${file}: ${why}.`, en: `${file} cannot be read: ${why}.` },
    { cause },
  );

const keyMissing = (): BackupError =>
  new BackupError('backup-key-missing', {
    vi: 'Bản sao lưu này đã mã hoá. Đặt BACKUP_KEY bằng khoá lúc sao lưu.',
    en: 'This backup is encrypted. Set BACKUP_KEY to the key that it was made with.',
  });

const keyWrong = (cause: unknown): BackupError =>
  new BackupError(
    'backup-key-wrong',
    {
      vi: 'BACKUP_KEY không mở được bản sao lưu này: khoá sai, hoặc phần đầu tệp bị hỏng.',
      en: 'BACKUP_KEY does not open this backup: the key is wrong, or the head of the file is damaged.',
    },
    { cause },
  );

const firstBytes = async (file: string): Promise<Buffer> => {
  try {
    const handle = await open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(32), 0, 32, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw notReadable(file, reasonOf(error), error);
  }
};

const decrypted = async (file: string, key: string | undefined): Promise<Readable> => {
  if (key === undefined) throw keyMissing();
  const decrypter = new Decrypter();
  decrypter.addPassphrase(key);
  try {
    const source = Readable.toWeb(createReadStream(file)) as unknown as globalThis.ReadableStream<Uint8Array>;
    return Readable.fromWeb(await decrypter.decrypt(source));
  } catch (error) {
    throw keyWrong(error);
  }
};

const compressedBytes = async (file: string, key: string | undefined): Promise<Readable> => {
  const head = await firstBytes(file);
  if (head.toString('latin1').startsWith(ageMagic)) return decrypted(file, key);
  if (head[0] !== 0x1f || head[1] !== 0x8b)
    throw notReadable(file, 'không phải bản sao lưu của ocop-trace / not a backup of ocop-trace');
  return createReadStream(file);
};

const asBackupError = (error: Error): BackupError => {
  if (error instanceof BackupError) return error;
  const isCut =
    (error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR' || /unexpected end|premature/i.test(error.message);
  return isCut ? cut(error) : damaged(error.message, error);
};

const readAll = async (content: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
};

const readJson = <S extends z.ZodType>(schema: S, bytes: Buffer, name: string): z.output<S> => {
  try {
    return schema.parse(JSON.parse(bytes.toString('utf8')));
  } catch (error) {
    throw damaged(`${name}: ${reasonOf(error)}`, error);
  }
};

/** Refuses what a later version of the product wrote; throws BackupError 'backup-newer'. */
const requireKnown = (about: About, schemaVersion: number): void => {
  if (about.formatVersion <= formatVersion && about.schemaVersion <= schemaVersion) return;
  throw new BackupError('backup-newer', {
    vi: `Bản sao lưu do phiên bản mới hơn (${about.productVersion}) ghi. Hãy cập nhật ocop-trace rồi khôi phục.`,
    en: `The backup was written by a newer version (${about.productVersion}). Update ocop-trace, then restore.`,
  });
};

/** What is known of the entries that have passed: hashes wait here until a list of sums names them. */
class Checks {
  readonly #waiting = new Map<string, string>();
  readonly #lists: Manifest['sums'] = [];
  #entries = 0;

  pass(name: string, sha256: string): void {
    if (this.#waiting.has(name)) throw damaged(`${name}: hai lần / twice`);
    this.#waiting.set(name, sha256);
    this.#entries += 1;
  }

  list(name: string, text: string, sha256: string): void {
    for (const line of text.split('\n').filter((one) => one !== '')) {
      const [, expected, entry = ''] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
      if (expected === undefined || this.#waiting.get(entry) !== expected) throw damaged(entry === '' ? name : entry);
      this.#waiting.delete(entry);
    }
    this.#lists.push({ name, sha256 });
    this.#entries += 1;
  }

  end(manifest: Manifest): void {
    const [left] = this.#waiting.keys();
    if (left !== undefined) throw damaged(left);
    if (JSON.stringify(this.#lists) !== JSON.stringify(manifest.sums)) throw damaged('sums');
    if (this.#entries !== manifest.entries) throw damaged(`${this.#entries} / ${manifest.entries}`);
  }
}

const hashing = async function* (content: AsyncIterable<Uint8Array>, take: (sha256: string) => void) {
  const hash = createHash('sha256');
  for await (const piece of content) {
    hash.update(piece);
    yield piece;
  }
  take(hash.digest('hex'));
};

/**
 * Passes every entry of the archive to `visit` in order and returns the manifest. Throws BackupError when the file can't be read, is cut, damaged,
 * newer, or encrypted under another key; entries that were passed before the fault have been visited, so whoever must not do things by halves
 * reads the archive once with a `visit` that does nothing.
 */
export async function readArchive(
  file: string,
  { key, schemaVersion }: { key: string | undefined; schemaVersion: number },
  visit: (entry: Entry) => Promise<void>,
): Promise<Manifest> {
  const source = await compressedBytes(file, key);
  const gunzip = createGunzip();
  const extract = tar.extract();
  // One end for all: an error on the way ends the reading of entries. It is the file's fault; what `visit` throws is not.
  let fault: Error | undefined;
  for (const stream of [source, gunzip, extract]) {
    stream.once('error', (error: Error) => {
      fault ??= error;
      gunzip.destroy(error);
      extract.destroy(error);
    });
  }
  source.pipe(gunzip).pipe(extract);
  try {
    return await readEntries(extract, schemaVersion, visit);
  } catch (error) {
    throw fault === undefined ? error : asBackupError(fault);
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

const readEntries = async (
  extract: tar.Extract,
  schemaVersion: number,
  visit: (entry: Entry) => Promise<void>,
): Promise<Manifest> => {
  const checks = new Checks();
  let manifest: Manifest | undefined;
  let isFirst = true;
  for await (const entry of extract) {
    const { name, size: bytes = 0 } = entry.header;
    if (manifest !== undefined) throw damaged(name);
    let sha256 = '';
    const content = hashing(entry as AsyncIterable<Uint8Array>, (value) => (sha256 = value));
    if (isFirst) requireKnown(readFirst(name, await readAll(content)), schemaVersion);
    else if (name === manifestName) manifest = readJson(manifestShape, await readAll(content), name);
    else if (name.startsWith('sums/')) checks.list(name, (await readAll(content)).toString('utf8'), sha256);
    else await visit({ name, bytes, content });
    for await (const _rest of content); // What the visitor left is still hashed.
    if (manifest === undefined && !name.startsWith('sums/')) checks.pass(name, sha256);
    isFirst = false;
  }
  if (manifest === undefined) throw cut();
  checks.end(manifest);
  return manifest;
};

const readFirst = (name: string, bytes: Buffer): About => {
  if (name !== aboutName) throw damaged(name);
  return readJson(aboutShape, bytes, name);
};
