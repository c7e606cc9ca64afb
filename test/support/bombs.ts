// Pictures that say they are 50,000 x 50,000 pixels (2.5 thousand million), in a few bytes each; and a picture as an iPhone keeps it.
import { deflateSync, crc32 } from 'node:zlib';
import sharp from 'sharp';

const side = 50_000;

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
};

const png = (): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  // One bit a pixel, grey.
  header.writeUInt8(1, 8);
  const rows = deflateSync(Buffer.alloc(1000 * (side / 8 + 1)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
};

const gif = async (): Promise<Buffer> => {
  const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#5b7f3a' } })
    .gif()
    .toBuffer();
  bytes.writeUInt16LE(side, 6);
  bytes.writeUInt16LE(side, 8);
  return bytes;
};

/** An extended header (VP8X) with a canvas of this size before the frame of a small picture. */
const webp = async (): Promise<Buffer> => {
  const small = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#5b7f3a' } })
    .webp()
    .toBuffer();
  const header = Buffer.alloc(18);
  header.write('VP8X', 0, 'latin1');
  header.writeUInt32LE(10, 4);
  header.writeUIntLE(side - 1, 12, 3);
  header.writeUIntLE(side - 1, 15, 3);
  const whole = Buffer.concat([small.subarray(0, 12), header, small.subarray(12)]);
  whole.writeUInt32LE(whole.length - 8, 4);
  return whole;
};

const avif = async (): Promise<Buffer> => {
  const bytes = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#5b7f3a' } })
    .avif()
    .toBuffer();
  // ISO/IEC 23008-12, 6.5.3: version and flags, width, height.
  const at = bytes.indexOf('ispe', 0, 'latin1');
  bytes.writeUInt32BE(side, at + 8);
  bytes.writeUInt32BE(side, at + 12);
  return bytes;
};

const jpeg = async (): Promise<Buffer> => {
  const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#5b7f3a' } })
    .jpeg()
    .toBuffer();
  // SOF0: length, precision, height, width.
  const at = bytes.indexOf(Buffer.from([0xff, 0xc0]));
  bytes.writeUInt16BE(side, at + 5);
  bytes.writeUInt16BE(side, at + 7);
  return bytes;
};

/** One of each kind. */
export async function pictureBombs(): Promise<Record<string, Buffer>> {
  return { PNG: png(), GIF: await gif(), WebP: await webp(), AVIF: await avif(), JPEG: await jpeg() };
}

/** The first bytes of an iPhone's picture: major brand and compatible brands. */
export function anIphonePicture(major = 'heic'): Buffer {
  const box = Buffer.alloc(32);
  box.writeUInt32BE(32, 0);
  box.write(`ftyp${major}\0\0\0\0mif1MiHEheic`, 4, 'latin1');
  return Buffer.concat([box, Buffer.alloc(500, 7)]);
}
