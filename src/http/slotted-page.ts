// A page that many readers get, cut where something differs for each of them. What is common is compressed once; what fills a slot is put
// between the compressed parts as a stored block (RFC 1951, 3.2.4), so that an answer costs a copy and a checksum and is one plain gzip stream
// for every reader.
import { createHash } from 'node:crypto';
import zlib from 'node:zlib';
import { slotMarks } from '../slots.ts';

export type Encoding = 'gzip' | 'identity';

type Part = { plain: Buffer; packed: Buffer };

export type SlottedPage = {
  /** Names of the slots in the order in which they stand, as often as they stand. */
  slots: readonly string[];
  /** What it takes in memory. */
  bytes: number;
  /** Differs for pages that differ in anything but their slots. */
  fingerprint: string;
  fill(values: Readonly<Record<string, string>>, encoding: Encoding): Buffer;
};

const gzipHead = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
const longestStored = 0xffff;

/** Stored blocks that hold the bytes as they are. */
const storedBlocks = (bytes: Buffer): Buffer[] => {
  const blocks: Buffer[] = [];
  for (let from = 0; from < bytes.length; from += longestStored) {
    const piece = bytes.subarray(from, from + longestStored);
    const head = Buffer.alloc(5);
    head.writeUInt16LE(piece.length, 1);
    head.writeUInt16LE(piece.length ^ 0xffff, 3);
    blocks.push(head, piece);
  }
  return blocks;
};

// Each part begins without memory of the one before: a slot between them may have any length.
const packed = (plain: Buffer, isLast: boolean): Buffer =>
  zlib.deflateRawSync(plain, {
    level: 9,
    memLevel: 9,
    finishFlush: isLast ? zlib.constants.Z_FINISH : zlib.constants.Z_SYNC_FLUSH,
  });

// zlib begins anew when it is handed nothing.
const checksum = (bytes: Buffer, before: number): number => (bytes.length === 0 ? before : zlib.crc32(bytes, before));

const trailerOf = (crc: number, length: number): Buffer => {
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc, 0);
  trailer.writeUInt32LE(length >>> 0, 4);
  return trailer;
};

/** Cuts a rendered page at its marks (slots.ts). */
export function cutPage(html: string): SlottedPage {
  const pieces = html.split(slotMarks);
  const texts = pieces.filter((_, at) => at % 2 === 0);
  const slots = pieces.filter((_, at) => at % 2 === 1);
  const parts: Part[] = texts.map((text, at) => {
    const plain = Buffer.from(text);
    return { plain, packed: packed(plain, at === texts.length - 1) };
  });
  const gzipped = (values: Readonly<Record<string, string>>): Buffer => {
    const out: Buffer[] = [gzipHead];
    let crc = 0;
    let length = 0;
    parts.forEach((part, at) => {
      out.push(part.packed);
      crc = checksum(part.plain, crc);
      length += part.plain.length;
      const slot = slots[at];
      const value = slot === undefined ? '' : valueOf(values, slot);
      if (value === '') return;
      const bytes = Buffer.from(value);
      out.push(...storedBlocks(bytes));
      crc = checksum(bytes, crc);
      length += bytes.length;
    });
    out.push(trailerOf(crc, length));
    return Buffer.concat(out);
  };
  const plain = (values: Readonly<Record<string, string>>): Buffer =>
    Buffer.concat(
      parts.flatMap((part, at) => {
        const slot = slots[at];
        return slot === undefined ? [part.plain] : [part.plain, Buffer.from(valueOf(values, slot))];
      }),
    );
  return {
    slots,
    bytes: parts.reduce((sum, part) => sum + part.plain.length + part.packed.length, 0),
    fingerprint: createHash('sha256').update(html).digest('base64url').slice(0, 16),
    fill: (values, encoding) => (encoding === 'gzip' ? gzipped(values) : plain(values)),
  };
}

const valueOf = (values: Readonly<Record<string, string>>, slot: string): string => {
  const value = values[slot];
  if (value === undefined) throw new Error(`nothing to put into the slot ${slot}`);
  return value;
};
