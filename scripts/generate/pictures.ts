// A few drawn pictures for all producers, in every size that pages ask for: their bytes are stored once, each producer has its own record of them.
import { createHash } from 'node:crypto';
import mongoose from 'mongoose';
import sharp from 'sharp';
import type { StoredFile, StoredPart } from '../../src/files/files.types.ts';
import { encodePicture } from '../../src/files/picture.ts';
import { crops } from './crops.ts';
import { randomAt } from './random.ts';
import type { Random } from './random.ts';
import { momentOf, registeredOn } from './settings.ts';
import type { Settings } from './settings.ts';

const { Binary, ObjectId } = mongoose.mongo;

/** GridFS: one document for the whole content and one for each part of it; these contents have one part. */
export type ContentDocument = {
  _id: mongoose.mongo.ObjectId;
  length: number;
  chunkSize: number;
  uploadDate: Date;
  filename: string;
};
export type ContentPart = {
  _id: mongoose.mongo.ObjectId;
  files_id: mongoose.mongo.ObjectId;
  n: number;
  data: mongoose.mongo.Binary;
};

const partBytes = 255 * 1024;
const [widthPx, heightPx] = [480, 360];
const workPictures = ['work-1', 'work-2', 'work-3'] as const;

/** What is known of a picture, whoever's it is. */
export type Picture = Pick<
  StoredFile,
  'receivedSha256' | 'storedSha256' | 'widthPx' | 'heightPx' | 'bytes' | 'parts'
> & { key: string };

export type Pictures = { list: readonly Picture[]; contents: { file: ContentDocument; part: ContentPart }[] };

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const drawing = (random: Random, [ground, fruit]: readonly [string, string]): string => {
  const rounds = Array.from({ length: 7 }, () => {
    const [x, y] = [random.between(80, widthPx - 80), random.between(80, heightPx - 80)];
    return `<circle cx="${x}" cy="${y}" r="${random.between(30, 70)}" fill="${fruit}" fill-opacity="0.${random.between(5, 9)}"/>`;
  });
  const size = `width="${widthPx}" height="${heightPx}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}><rect ${size} fill="${ground}"/>${rounds.join('')}</svg>`;
};

type Content = { name: string; mediaType: string; bytes: Buffer };

const contentsOf = async (svg: string): Promise<{ received: Buffer; contents: Content[] }> => {
  const received = await sharp(Buffer.from(svg)).jpeg({ quality: 80 }).toBuffer();
  const { master, variants } = await encodePicture(received);
  const sized = variants.map(({ width, format, bytes }) => ({
    name: `${width}.${format}`,
    mediaType: `image/${format}`,
    bytes,
  }));
  return { received, contents: [{ name: 'master', mediaType: 'image/webp', bytes: master }, ...sized] };
};

const isOnePart = (content: Content): boolean => content.bytes.length <= partBytes;

/** Draws the pictures of all crops and of work. The same seed gives the same bytes with the same version of the encoder. */
export async function drawPictures(settings: Settings): Promise<Pictures> {
  const looks = [
    ...crops.map(({ key, colours }) => ({ key, colours })),
    ...workPictures.map((key, at) => ({ key, colours: ['#c9c3b4', `#6${at}7a5${at}`] as const })),
  ];
  const pictures: Pictures = { list: [], contents: [] };
  const list: Picture[] = [];
  const uploadDate = momentOf(registeredOn(settings.until), 0);
  for (const [place, { key, colours }] of looks.entries()) {
    const random = randomAt(settings.seed, 1, place);
    const { received, contents } = await contentsOf(drawing(random, colours));
    if (!contents.every(isOnePart)) throw new RangeError(`the picture ${key} is too large for one part`);
    const parts = contents.map(({ name, mediaType, bytes }): StoredPart => {
      const id = new ObjectId(random.hex(12));
      const file = { _id: id, length: bytes.length, chunkSize: partBytes, uploadDate, filename: name };
      const part = { _id: new ObjectId(random.hex(12)), files_id: id, n: 0, data: new Binary(bytes) };
      pictures.contents.push({ file, part });
      return { name, mediaType, sha256: sha256(bytes), bytes: bytes.length, contentId: id.toHexString() };
    });
    const [whole] = parts;
    const stored = { storedSha256: whole?.sha256 ?? '', bytes: whole?.bytes ?? 0, parts, widthPx, heightPx };
    list.push({ key, receivedSha256: sha256(received), ...stored });
  }
  return { ...pictures, list };
}

/** Which pictures a producer keeps: those of its crops, and those of work. */
export function picturesOf(pictures: Pictures, cropKeys: readonly string[]): Picture[] {
  const keys: readonly string[] = [...cropKeys, ...workPictures];
  return pictures.list.filter(({ key }) => keys.includes(key));
}
