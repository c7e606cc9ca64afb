// What a picture says its size is, read from its first bytes, so that one that is too large never reaches the decoder. Pure.

type Size = { widthPx: number; heightPx: number };

const is = (bytes: Buffer, at: number, text: string): boolean =>
  bytes.subarray(at, at + text.length).toString('latin1') === text;

/** ISO/IEC 15948, 11.2.2: the header comes first. */
const ofPng = (bytes: Buffer): Size[] =>
  bytes.length >= 24 && is(bytes, 1, 'PNG')
    ? [{ widthPx: bytes.readUInt32BE(16), heightPx: bytes.readUInt32BE(20) }]
    : [];

/** GIF89a, 18: the logical screen. Decoders mend it from the frames; what asks for too much is refused all the same. */
const ofGif = (bytes: Buffer): Size[] =>
  bytes.length >= 10 && is(bytes, 0, 'GIF8')
    ? [{ widthPx: bytes.readUInt16LE(6), heightPx: bytes.readUInt16LE(8) }]
    : [];

/** RFC 9649, 2.7: the canvas of the extended format; the simple ones hold at most 16,383 pixels a side and are left to the decoder. */
const ofWebp = (bytes: Buffer): Size[] =>
  bytes.length >= 30 && is(bytes, 8, 'WEBPVP8X')
    ? [{ widthPx: bytes.readUIntLE(24, 3) + 1, heightPx: bytes.readUIntLE(27, 3) + 1 }]
    : [];

/** ISO/IEC 23008-12, 6.5.3: every image and every tile in the file has such a box, in the part before the pixels. */
const ofAvif = (bytes: Buffer): Size[] => {
  if (!is(bytes, 4, 'ftyp')) return [];
  const head = bytes.subarray(0, 16_384);
  const sizes: Size[] = [];
  for (let at = head.indexOf('ispe', 0, 'latin1'); at >= 0; at = head.indexOf('ispe', at + 4, 'latin1'))
    if (at + 16 <= head.length)
      sizes.push({ widthPx: head.readUInt32BE(at + 8), heightPx: head.readUInt32BE(at + 12) });
  return sizes;
};

/** The most pixels that the header asks for; 0 where it does not say (JPEG is left to the decoder, which reads its header first). */
export function declaredPixels(bytes: Buffer): number {
  const sizes = [ofPng, ofGif, ofWebp, ofAvif].flatMap((sizesOf) => sizesOf(bytes));
  return Math.max(0, ...sizes.map(({ widthPx, heightPx }) => widthPx * heightPx));
}
