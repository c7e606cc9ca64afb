// Bytes of a text file -> text: UTF-8, UTF-16 with its mark, and Windows-1258 as older spreadsheets of Viet Nam save it. Pure.
import iconv from 'iconv-lite';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1258';

const startsWith = (bytes: Buffer, ...start: number[]): boolean => start.every((byte, at) => bytes[at] === byte);

const isUtf8 = (bytes: Buffer): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};

// The number of continuation bytes that a first byte asks for; undefined for a byte that can't be first.
const continuationsAfter = (first: number): number | undefined => {
  if (first >= 0xc2 && first <= 0xdf) return 1;
  if (first >= 0xe0 && first <= 0xef) return 2;
  if (first >= 0xf0 && first <= 0xf4) return 3;
  return undefined;
};

/** Of a UTF-8 text with a few damaged bytes most of the letters beyond ASCII still read as UTF-8; of a Windows-1258 text hardly any do. */
const isDamagedUtf8 = (bytes: Buffer): boolean => {
  let sound = 0;
  let odd = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) continue;
    const wanted = continuationsAfter(byte) ?? 0;
    let found = 0;
    while (found < wanted && ((bytes[at + 1 + found] ?? 0) & 0xc0) === 0x80) found += 1;
    if (wanted > 0 && found === wanted) {
      sound += 1;
      at += wanted;
    } else odd += 1;
  }
  return sound > odd;
};

const hasUtf16Mark = (bytes: Buffer): boolean => startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff);

const encodingOf = (bytes: Buffer): Encoding => {
  if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le';
  if (startsWith(bytes, 0xfe, 0xff)) return 'utf-16be';
  return isUtf8(bytes) || isDamagedUtf8(bytes) ? 'utf-8' : 'windows-1258';
};

/** The text without byte order mark, lines ended by \n alone. A byte that can't be read becomes U+FFFD, which no cell may hold. */
export function textOf(bytes: Buffer): string {
  const text = iconv.decode(bytes, encodingOf(bytes), { stripBOM: true });
  return text.replace(/\r\n?/g, '\n');
}

/** Whether the bytes are of a text at all: a picture or a program is full of NULs, a text has hardly any (UTF-16 aside). */
export function looksLikeText(bytes: Buffer): boolean {
  if (hasUtf16Mark(bytes)) return true;
  const start = bytes.subarray(0, 4096);
  return start.filter((byte) => byte === 0).length <= Math.max(3, start.length / 50);
}
