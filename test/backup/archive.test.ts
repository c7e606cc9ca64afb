import { createReadStream } from 'node:fs';
import { execFile } from 'node:child_process';
import { mkdir, open, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { createGunzip, createGzip } from 'node:zlib';
import { expect } from 'chai';
import tar from 'tar-stream';
import { writeArchive } from '../../src/backup/backup.archive.ts';
import type { AddEntry, Content } from '../../src/backup/backup.archive.ts';
import { BackupError } from '../../src/backup/backup.error.ts';
import { readArchive } from '../../src/backup/backup.reading.ts';
import { formatVersion } from '../../src/backup/backup.types.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const about = {
  format: 'ocop-trace-backup',
  formatVersion,
  schemaVersion: 1,
  productVersion: '0.1.0',
  madeAt: '2026-11-25T03:00:00.000Z',
} as const;
const content: Content = { collections: [], files: { count: 2, bytes: 5_000_011 } };
const big = Buffer.alloc(5_000_000, 'lô na dai ');

const fillTwo = async (add: AddEntry): Promise<Content> => {
  await add('files/6566aa00112233445566aa01', 11, Buffer.from('chè Bản Mẫu'.slice(0, 8)).subarray(0, 11));
  await add('files/6566aa00112233445566aa02', big.length, big);
  return content;
};

const fault = async (work: Promise<unknown>): Promise<BackupError> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof BackupError) return error;
    throw error;
  }
  throw new Error('it was done');
};
const read = (file: string, schemaVersion = 1) =>
  readArchive(file, { key: undefined, schemaVersion }, () => Promise.resolve());

describe('the archive of a backup', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is opened by tar, and its sums are checked by sha256sum, without this product', async () => {
    const file = path.join(folder, 'a.ocop');
    await writeArchive(file, about, undefined, fillTwo);
    const out = path.join(folder, 'out');
    await mkdir(out);

    await promisify(execFile)('tar', ['-xzf', file, '-C', out]);
    const { stdout } = await promisify(execFile)('sha256sum', ['--check', 'sums/000001.sha256'], { cwd: out });

    expect(await readdir(out)).to.have.members(['about.json', 'files', 'manifest.json', 'sums']);
    expect(stdout.trim().split('\n')).to.deep.equal([
      'about.json: OK',
      'files/6566aa00112233445566aa01: OK',
      'files/6566aa00112233445566aa02: OK',
    ]);
  });

  it('passes every entry with its bytes, and ends with the manifest', async () => {
    const file = path.join(folder, 'a.ocop');
    const written = await writeArchive(file, about, undefined, fillTwo);
    const seen: [string, number][] = [];

    const manifest = await readArchive(file, { key: undefined, schemaVersion: 1 }, async ({ name, content: bytes }) => {
      let length = 0;
      for await (const piece of bytes) length += piece.length;
      seen.push([name, length]);
    });

    expect(manifest).to.deep.equal(written);
    expect(seen.map(([, length]) => length)).to.deep.equal([11, 5_000_000]);
  });

  it('gives what a visitor throws as it is, and not as damage', async () => {
    const file = path.join(folder, 'a.ocop');
    await writeArchive(file, about, undefined, fillTwo);

    const thrown = await readArchive(file, { key: undefined, schemaVersion: 1 }, () =>
      Promise.reject(new Error('the store is away')),
    ).catch((error: unknown) => error);

    expect(thrown).to.be.an('error').with.property('message', 'the store is away');
    expect(thrown).to.not.be.instanceOf(BackupError);
  });

  it('of a newer format or newer records is refused with the version that wrote it', async () => {
    const records = path.join(folder, 'records.ocop');
    const format = path.join(folder, 'format.ocop');
    await writeArchive(records, { ...about, schemaVersion: 9, productVersion: '3.1.4' }, undefined, fillTwo);
    await writeArchive(format, { ...about, formatVersion: 99, productVersion: '3.1.4' }, undefined, fillTwo);

    const faults = [await fault(read(records)), await fault(read(format))];

    expect(faults.map(({ code }) => code)).to.deep.equal(['backup-newer', 'backup-newer']);
    expect(faults[0]!.messages.vi).to.include('3.1.4');
  });

  it('with one byte of a file exchanged, and all around it made to fit, is refused by that file', async () => {
    const file = path.join(folder, 'a.ocop');
    await writeArchive(file, about, undefined, fillTwo);
    const forged = path.join(folder, 'forged.ocop');
    await rewrite(file, forged, (name, bytes) => {
      if (name.endsWith('aa01')) bytes[0]! ^= 1;
      return bytes;
    });

    const refused = await fault(read(forged));

    expect(refused.code).to.equal('backup-damaged');
    expect(refused.messages.en).to.include('files/6566aa00112233445566aa01');
  });

  it('with an entry taken out is refused', async () => {
    const file = path.join(folder, 'a.ocop');
    await writeArchive(file, about, undefined, fillTwo);
    const forged = path.join(folder, 'forged.ocop');
    await rewrite(file, forged, (name, bytes) => (name.endsWith('aa02') ? undefined : bytes));

    expect((await fault(read(forged))).code).to.equal('backup-damaged');
  });

  it('is not there, and no part of it, when what fills it fails or the disk is full', async () => {
    const failed = await writeArchive(path.join(folder, 'a.ocop'), about, undefined, async (add) => {
      await add('files/6566aa00112233445566aa02', big.length, big);
      throw new Error('the store is away');
    }).catch((error: unknown) => error);
    const full = await fault(writeArchive(path.join(folder, 'full.ocop'), about, undefined, outOfSpace(folder)));

    expect(failed).to.have.property('message', 'the store is away');
    expect(full.code).to.equal('backup-not-written');
    expect(full.messages.vi).to.include('đĩa đã đầy');
    expect(await readdir(folder)).to.deep.equal([]);
  });
});

/** Fills until the part file, made to lie on /dev/full, says that there is no room: a disk that is full as the kernel reports it. */
const outOfSpace =
  (folder: string) =>
  async (add: AddEntry): Promise<Content> => {
    const [part] = (await readdir(folder)).filter((name) => name.endsWith('.part'));
    expect(part).to.not.equal(undefined);
    const device = await open('/dev/full', 'w');
    try {
      await writeFile(device, 'x');
    } finally {
      await device.close();
    }
    return fillTwo(add);
  };

const wholeOf = async (content: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
};

/** The same archive with entries changed or left out, its tar and gzip sound. */
const rewrite = async (
  from: string,
  to: string,
  change: (name: string, bytes: Buffer) => Buffer | undefined,
): Promise<void> => {
  const pack = tar.pack();
  const pieces: Buffer[] = [];
  const packed = pack.pipe(createGzip());
  packed.on('data', (piece: Buffer) => pieces.push(piece));
  const ended = new Promise((resolve) => packed.once('end', resolve));
  const extract = createReadStream(from).pipe(createGunzip()).pipe(tar.extract());
  for await (const entry of extract) {
    const bytes = change(entry.header.name, await wholeOf(entry as AsyncIterable<Uint8Array>));
    if (bytes !== undefined) pack.entry({ name: entry.header.name, size: bytes.length }, bytes);
  }
  pack.finalize();
  await ended;
  await writeFile(to, Buffer.concat(pieces));
};
