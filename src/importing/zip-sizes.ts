// How much a ZIP file unpacks to, found without keeping any of it: what claims or holds too much is refused before anything else opens it.
import { inflateRawSync } from 'node:zlib';

type Entry = { method: number; packedBytes: number; unpackedBytes: number; headerAt: number };

const endSignature = 0x06054b50;
const zip64Signature = 0x07064b50;
const entrySignature = 0x02014b50;
const mostEntries = 2000;

/** Where the closing record begins: it is the last one, as every reader takes it. Undefined when there is none. */
const endOf = (bytes: Buffer): number | undefined => {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 65_558); at -= 1) {
    if (bytes.readUInt32LE(at) === endSignature) return at;
  }
  return undefined;
};

/** The entries by the directory at the file's end. Undefined for what is not a plain ZIP (sizes beyond 4 GB included). */
const entriesOf = (bytes: Buffer): Entry[] | undefined => {
  const end = endOf(bytes);
  if (end === undefined || (end >= 20 && bytes.readUInt32LE(end - 20) === zip64Signature)) return undefined;
  const count = bytes.readUInt16LE(end + 8);
  if (count > mostEntries) return undefined;
  const entries: Entry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let number = 0; number < count; number += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== entrySignature) return undefined;
    entries.push({
      method: bytes.readUInt16LE(at + 10),
      packedBytes: bytes.readUInt32LE(at + 20),
      unpackedBytes: bytes.readUInt32LE(at + 24),
      headerAt: bytes.readUInt32LE(at + 42),
    });
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
};

const holdsWhatItClaims = (bytes: Buffer, entry: Entry): boolean => {
  const { method, packedBytes, unpackedBytes, headerAt } = entry;
  if (headerAt + 30 > bytes.length) return false;
  const start = headerAt + 30 + bytes.readUInt16LE(headerAt + 26) + bytes.readUInt16LE(headerAt + 28);
  if (start + packedBytes > bytes.length) return false;
  if (method === 0) return packedBytes === unpackedBytes;
  if (method !== 8) return false;
  try {
    const packed = bytes.subarray(start, start + packedBytes);
    return inflateRawSync(packed, { maxOutputLength: unpackedBytes + 1 }).length === unpackedBytes;
  } catch {
    // Broken, or larger than it says: both are refused.
    return false;
  }
};

/**
 * 'sound' for a ZIP whose entries unpack to what they claim, at most `most` bytes in all; 'too-heavy' for one that claims more, found before
 * anything is unpacked; 'broken' for all else.
 */
export function weighZip(bytes: Buffer, most: number): 'sound' | 'too-heavy' | 'broken' {
  const entries = entriesOf(bytes);
  if (entries === undefined) return 'broken';
  if (entries.reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0) > most) return 'too-heavy';
  return entries.every((entry) => holdsWhatItClaims(bytes, entry)) ? 'sound' : 'broken';
}
