// Pictures to upload: small, of one's own making, with whatever a camera leaves in them.
import sharp from 'sharp';

/** A JPEG of one colour. */
export async function aJpeg(options: { width?: number; height?: number; colour?: string } = {}): Promise<Buffer> {
  const { width = 64, height = 48, colour = '#5b7f3a' } = options;
  return sharp({ create: { width, height, channels: 3, background: colour } })
    .jpeg()
    .toBuffer();
}

/** A JPEG without metadata: red in the upper left quarter of 80 x 40, white elsewhere. */
export async function aMarkedJpeg(): Promise<Buffer> {
  const mark = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#ff0000' } })
    .png()
    .toBuffer();
  return sharp({ create: { width: 80, height: 40, channels: 3, background: '#ffffff' } })
    .composite([{ input: mark, left: 0, top: 0 }])
    .jpeg({ quality: 95 })
    .toBuffer();
}

type Entry = { tag: number; type: 2 | 3 | 4 | 5; count: number; value: number | Buffer };

const sizes = { 2: 1, 3: 2, 4: 4, 5: 8 } as const;

/** One directory of TIFF 6.0 (little endian) that starts at `offset`; values longer than four bytes follow it. */
const directory = (entries: readonly Entry[], offset: number, next: number): Buffer => {
  const head = Buffer.alloc(2 + entries.length * 12 + 4);
  const tail: Buffer[] = [];
  let tailAt = offset + head.length;
  head.writeUInt16LE(entries.length, 0);
  entries.forEach(({ tag, type, count, value }, place) => {
    const at = 2 + place * 12;
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(type, at + 2);
    head.writeUInt32LE(count, at + 4);
    if (typeof value === 'number') {
      if (type === 3) head.writeUInt16LE(value, at + 8);
      else head.writeUInt32LE(value, at + 8);
    } else if (count * sizes[type] <= 4) value.copy(head, at + 8);
    else {
      head.writeUInt32LE(tailAt, at + 8);
      tail.push(value);
      tailAt += value.length;
    }
  });
  head.writeUInt32LE(next, head.length - 4);
  return Buffer.concat([head, ...tail]);
};

const text = (value: string): Buffer => Buffer.from(`${value}\0`, 'latin1');
const degrees = (whole: number): Buffer => {
  const parts = Buffer.alloc(24);
  [whole, 1, 43, 1, 12, 1].forEach((part, place) => parts.writeUInt32LE(part, place * 4));
  return parts;
};

export const cameraSerial = 'SERIAL-4711-CAMERA';

/**
 * The picture with what a telephone writes into it (EXIF 2.3 in an APP1 segment): the orientation 1-8, a position, the camera's serial number,
 * and `thumbnail`, a whole JPEG of its own.
 */
export function withCameraData(jpeg: Buffer, orientation: number, thumbnail: Buffer): Buffer {
  const serial = text(cameraSerial);
  const firstLength = 2 + 3 * 12 + 4;
  const exifAt = 8 + firstLength;
  const exif = directory([{ tag: 0xa431, type: 2, count: serial.length, value: serial }], exifAt, 0);
  const gpsAt = exifAt + exif.length;
  const gps = directory(
    [
      { tag: 1, type: 2, count: 2, value: text('N') },
      { tag: 2, type: 5, count: 3, value: degrees(21) },
      { tag: 3, type: 2, count: 2, value: text('E') },
      { tag: 4, type: 5, count: 3, value: degrees(105) },
    ],
    gpsAt,
    0,
  );
  const secondAt = gpsAt + gps.length;
  const thumbnailAt = secondAt + 2 + 3 * 12 + 4;
  const second = directory(
    [
      { tag: 0x103, type: 3, count: 1, value: 6 },
      { tag: 0x201, type: 4, count: 1, value: thumbnailAt },
      { tag: 0x202, type: 4, count: 1, value: thumbnail.length },
    ],
    secondAt,
    0,
  );
  const first = directory(
    [
      { tag: 0x112, type: 3, count: 1, value: orientation },
      { tag: 0x8769, type: 4, count: 1, value: exifAt },
      { tag: 0x8825, type: 4, count: 1, value: gpsAt },
    ],
    8,
    secondAt,
  );
  const header = Buffer.from([0x49, 0x49, 0x2a, 0, 8, 0, 0, 0]);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), header, first, exif, gps, second, thumbnail]);
  const marker = Buffer.from([0xff, 0xe1, 0, 0]);
  marker.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), marker, body, jpeg.subarray(2)]);
}
