// Pictures in, web sizes out: upright, without any metadata, in sRGB. No store.
import sharp from 'sharp';
import { AppError } from '../errors.ts';
import type { VariantFormat, VariantWidth } from './files.types.ts';
import { variantWidths } from './files.types.ts';
import { declaredPixels } from './picture-size.ts';
import { turns } from './turns.ts';

export const uploadLimitBytes = 25 * 1024 * 1024;
const pixelLimit = 50_000_000;
const masterPx = 2048;
const longestDecodeSeconds = 30;

// Fifty million pixels of four bytes are 200 MB while they are turned upright: two of them at once, and a line of uploads that is held too.
const decodings = turns({ atOnce: 2, mostWaiting: 100, mostWaitingBytes: 128 * 1024 * 1024 });

/** A picture as it is kept: the master (WebP, at most 2048 px a side) and each size in both formats. */
export type EncodedPicture = {
  widthPx: number;
  heightPx: number;
  master: Buffer;
  variants: { width: VariantWidth; format: VariantFormat; bytes: Buffer }[];
};

const startsWith = (bytes: Buffer, offset: number, text: string): boolean =>
  bytes.subarray(offset, offset + text.length).toString('latin1') === text;

// Only these reach the decoder: it reads SVG and others too, which may hold programs or name other files.
const signatures: readonly ((bytes: Buffer) => boolean)[] = [
  (bytes) => startsWith(bytes, 0, '\u00FF\u00D8\u00FF'),
  (bytes) => startsWith(bytes, 0, '\u0089PNG\r\n\u001A\n'),
  (bytes) => startsWith(bytes, 0, 'RIFF') && startsWith(bytes, 8, 'WEBP'),
  (bytes) => startsWith(bytes, 0, 'GIF8'),
  (bytes) => brandsOf(bytes).some((brand) => brand === 'avif' || brand === 'avis'),
];

/** Major and compatible brands of a file of the ISO base media kind (ISO/IEC 14496-12, 4.3); none for another. */
const brandsOf = (bytes: Buffer): string[] => {
  if (bytes.length < 16 || !startsWith(bytes, 4, 'ftyp')) return [];
  const box = bytes.subarray(8, Math.min(bytes.readUInt32BE(0), 200, bytes.length)).toString('latin1');
  return box.match(/.{4}/gs) ?? [];
};

const heicBrands = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs']);

/** Whether it is a picture as iPhones keep them (HEVC in HEIF, ISO/IEC 23008-12 Annex B), which can't be decoded here. */
export function looksLikeHeic(bytes: Buffer): boolean {
  const brands = brandsOf(bytes);
  return brands.some((brand) => heicBrands.has(brand)) && !looksLikePicture(bytes);
}

/** Whether the first bytes are those of JPEG, PNG, WebP, GIF or AVIF. */
export function looksLikePicture(bytes: Buffer): boolean {
  return signatures.some((fits) => fits(bytes));
}

/** Throws 'too-large' above 25 MB. */
export function requireUploadSize(bytes: Buffer): void {
  if (bytes.length > uploadLimitBytes) throw new AppError('too-large', { limit: '25 MB' });
}

const open = (bytes: Buffer) =>
  sharp(bytes, { limitInputPixels: pixelLimit, failOn: 'error', sequentialRead: true, pages: 1 });

const decodeFault = (error: unknown): AppError => {
  const isTooLarge = error instanceof Error && /pixel limit|[Tt]imeout/.test(error.message);
  return isTooLarge
    ? new AppError('too-large', { limit: '50 megapixel' }, { cause: error })
    : new AppError('not-an-image', {}, { cause: error });
};

/**
 * Decodes an upload and makes every size once. The orientation is applied; EXIF, position, thumbnails and profiles are gone; of a moving
 * picture the first frame stays. Throws 'too-large' (25 MB, 50 megapixels), 'heic-picture', 'not-an-image', and 'files-busy' when too many wait.
 */
export async function encodePicture(bytes: Buffer): Promise<EncodedPicture> {
  requireUploadSize(bytes);
  if (looksLikeHeic(bytes)) throw new AppError('heic-picture');
  if (!looksLikePicture(bytes)) throw new AppError('not-an-image');
  if (declaredPixels(bytes) > pixelLimit) throw new AppError('too-large', { limit: '50 megapixel' });
  return decodings.take(bytes.length, () => encode(bytes));
}

const encode = async (bytes: Buffer): Promise<EncodedPicture> => {
  const upright = await decode(bytes);
  const raw = { raw: { width: upright.info.width, height: upright.info.height, channels: upright.info.channels } };
  const from = () => sharp(upright.data, raw);
  const variants: EncodedPicture['variants'] = [];
  for (const width of variantWidths) {
    const sized = () => from().resize({ width, withoutEnlargement: true });
    variants.push({
      width,
      format: 'avif',
      bytes: await sized().avif({ quality: 50, effort: 3, chromaSubsampling: '4:2:0' }).toBuffer(),
    });
    variants.push({ width, format: 'webp', bytes: await sized().webp({ quality: 74, effort: 4 }).toBuffer() });
  }
  const master = await from().webp({ quality: 84, effort: 4 }).toBuffer();
  return { widthPx: upright.info.width, heightPx: upright.info.height, master, variants };
};

const decode = async (bytes: Buffer) => {
  try {
    return await open(bytes)
      .autoOrient()
      .resize({ width: masterPx, height: masterPx, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .timeout({ seconds: longestDecodeSeconds })
      .toBuffer({ resolveWithObject: true });
  } catch (error) {
    throw decodeFault(error);
  }
};

/** Media types that an upload of a picture may carry; what counts is the content. */
export const uploadTypes = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'image/avif',
  'application/octet-stream',
] as const;
