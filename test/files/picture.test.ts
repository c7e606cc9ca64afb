// K22: pictures come out upright, small and without anything that the camera wrote into them.
import { expect } from 'chai';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { AppError } from '../../src/errors.ts';
import { encodePicture, looksLikeHeic, looksLikePicture } from '../../src/files/picture.ts';
import { t } from '../../src/i18n/i18n.ts';
import { anIphonePicture, pictureBombs } from '../support/bombs.ts';
import { aJpeg, aMarkedJpeg, cameraSerial, withCameraData } from '../support/pictures.ts';

const fault = async (bytes: Buffer): Promise<string> => {
  try {
    await encodePicture(bytes);
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  return 'taken';
};

/** Corner of the picture in which the red mark lies. */
const markedCorner = async (bytes: Buffer): Promise<string> => {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const isRed = (column: number, row: number): boolean => {
    const at = (row * info.width + column) * info.channels;
    return (data[at] ?? 0) > 180 && (data[at + 1] ?? 255) < 100;
  };
  const [left, right, top, bottom] = [4, info.width - 5, 4, info.height - 5];
  const corners = {
    'upper left': isRed(left, top),
    'upper right': isRed(right, top),
    'lower left': isRed(left, bottom),
    'lower right': isRed(right, bottom),
  };
  return Object.entries(corners)
    .filter(([, red]) => red)
    .map(([corner]) => corner)
    .join();
};

type Turn = (picture: Sharp) => Sharp;

/** For each value of EXIF 2.3, 4.6.4 (A): how the upright picture is turned, one pass after the other, so that the value brings it back. */
const turns: Record<number, Turn[]> = {
  1: [],
  2: [(picture) => picture.flop()],
  3: [(picture) => picture.rotate(180)],
  4: [(picture) => picture.flip()],
  5: [(picture) => picture.rotate(90), (picture) => picture.flop()],
  6: [(picture) => picture.rotate(270)],
  7: [(picture) => picture.rotate(270), (picture) => picture.flop()],
  8: [(picture) => picture.rotate(90)],
};

const storedAs = async (orientation: number): Promise<Buffer> => {
  let bytes = await aMarkedJpeg();
  for (const turn of turns[orientation] ?? []) bytes = await turn(sharp(bytes)).jpeg({ quality: 95 }).toBuffer();
  return bytes;
};

describe('picture', () => {
  for (let orientation = 1; orientation <= 8; orientation += 1) {
    it(`with orientation ${orientation} is upright in every size, and nothing of the camera is left`, async () => {
      const thumbnail = await aJpeg({ colour: '#0000ff' });
      const sent = withCameraData(await storedAs(orientation), orientation, thumbnail);
      const before = await sharp(sent).metadata();
      expect([before.orientation, before.exif?.includes(cameraSerial)]).to.deep.equal([orientation, true]);

      const picture = await encodePicture(sent);

      expect([picture.widthPx, picture.heightPx]).to.deep.equal([80, 40]);
      for (const bytes of [picture.master, ...picture.variants.map((variant) => variant.bytes)]) {
        const { width, height, orientation: left, exif, xmp, iptc, icc } = await sharp(bytes).metadata();
        expect({ width, height }).to.deep.equal({ width: 80, height: 40 });
        expect([left, exif, xmp, iptc, icc]).to.deep.equal([undefined, undefined, undefined, undefined, undefined]);
        expect(await markedCorner(bytes)).to.equal('upper left');
        expect(bytes.includes(cameraSerial)).to.equal(false);
        expect(bytes.includes('Exif')).to.equal(false);
        expect(bytes.includes(thumbnail.subarray(-64))).to.equal(false);
      }
    });
  }

  it('comes in 360 and 720 px width, each as AVIF and WebP, and as a master of at most 2048 px', async () => {
    const picture = await encodePicture(await aJpeg({ width: 3000, height: 1500 }));

    expect([picture.widthPx, picture.heightPx]).to.deep.equal([2048, 1024]);
    const sizes = await Promise.all(
      picture.variants.map(async ({ width, format, bytes }) => {
        const { width: real, height, format: container } = await sharp(bytes).metadata();
        return [width, format, real, height, container];
      }),
    );
    expect(sizes).to.deep.equal([
      [360, 'avif', 360, 180, 'heif'],
      [360, 'webp', 360, 180, 'webp'],
      [720, 'avif', 720, 360, 'heif'],
      [720, 'webp', 720, 360, 'webp'],
    ]);
  });

  it('is never made larger than it came', async () => {
    const picture = await encodePicture(await aJpeg({ width: 200, height: 100 }));

    const widths = await Promise.all(picture.variants.map(async ({ bytes }) => (await sharp(bytes).metadata()).width));
    expect(new Set(widths)).to.deep.equal(new Set([200]));
  });

  it('that is tall and narrow stays within 2048 px', async () => {
    const picture = await encodePicture(await aJpeg({ width: 100, height: 8000 }));

    expect([picture.widthPx, picture.heightPx]).to.deep.equal([26, 2048]);
  });

  it('keeps what is seen through it', async () => {
    const glass = await sharp({
      create: { width: 20, height: 20, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();

    const picture = await encodePicture(glass);

    expect((await sharp(picture.master).metadata()).hasAlpha).to.equal(true);
  });

  it('that moves becomes its first frame', async () => {
    const frames = [await aJpeg({ colour: '#ff0000' }), await aJpeg({ colour: '#0000ff' })];
    const moving = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    expect((await sharp(moving).metadata()).pages).to.equal(2);

    const picture = await encodePicture(moving);

    expect([picture.widthPx, picture.heightPx]).to.deep.equal([64, 48]);
    const { dominant } = await sharp(picture.master).stats();
    expect(dominant.r).to.be.above(200);
  });

  it('in grey or with 16 bits is read as well', async () => {
    const grey = await sharp(await aJpeg())
      .greyscale()
      .png()
      .toBuffer();
    const deep = await sharp(await aJpeg())
      .toColourspace('rgb16')
      .png()
      .toBuffer();

    expect([await fault(grey), await fault(deep)]).to.deep.equal(['taken', 'taken']);
  });

  it('is recognised by its content', async () => {
    const picture = sharp(await aJpeg());
    const formats = [
      picture.clone().jpeg(),
      picture.clone().png(),
      picture.clone().webp(),
      picture.clone().gif(),
      picture.clone().avif(),
    ];

    for (const format of formats) expect(looksLikePicture(await format.toBuffer())).to.equal(true);
  });

  it('is refused when it is none, when it is cut off, and when it is a drawing that could run', async () => {
    const jpeg = await aJpeg({ width: 600, height: 400 });
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>');

    const faults = [];
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('x'),
      jpeg.subarray(0, 400),
      jpeg.subarray(0, jpeg.length / 2),
      svg,
      Buffer.from('%PDF-1.7'),
    ])
      faults.push(await fault(bytes));

    expect(new Set(faults)).to.deep.equal(new Set(['not-an-image']));
  });

  it('is refused beyond 50 megapixels and beyond 25 MB', async () => {
    const bomb = await sharp({ create: { width: 10_000, height: 5_001, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    const heavy = Buffer.alloc(25 * 1024 * 1024 + 1);

    expect([await fault(bomb), await fault(heavy)]).to.deep.equal(['too-large', 'too-large']);
  });

  it('of one pixel, in the colours of print, is read as well', async () => {
    const pixel = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#0f0' } })
      .png()
      .toBuffer();
    const print = await sharp(await aJpeg({ colour: '#ff0000' }))
      .toColourspace('cmyk')
      .jpeg()
      .toBuffer();
    expect((await sharp(print).metadata()).space).to.equal('cmyk');

    const [one, red] = [await encodePicture(pixel), await encodePicture(print)];

    expect([one.widthPx, one.heightPx]).to.deep.equal([1, 1]);
    const { space, channels } = await sharp(red.master).metadata();
    expect([space, channels]).to.deep.equal(['srgb', 3]);
    const { dominant } = await sharp(red.master).stats();
    expect(dominant.r).to.be.above(150);
    expect(dominant.g).to.be.below(100);
  });

  it('from an iPhone is recognised and refused with what to do', async () => {
    const faults = [];
    for (const bytes of [anIphonePicture(), anIphonePicture('heix'), anIphonePicture('mif1'), anIphonePicture('hevc')])
      faults.push(looksLikeHeic(bytes), looksLikePicture(bytes), await fault(bytes));

    expect(faults).to.deep.equal(Array.from({ length: 4 }, () => [true, false, 'heic-picture']).flat());
    expect(t('vi', 'errors.heic-picture')).to.include('Tương thích nhất');
  });

  it('that says it is 50,000 x 50,000 pixels is refused before it is decoded', async () => {
    const bombs = await pictureBombs();
    await encodePicture(await aJpeg());
    const before = process.memoryUsage().rss;

    const faults: Record<string, string> = {};
    for (const [format, bytes] of Object.entries(bombs)) faults[format] = await fault(bytes);

    expect(faults).to.deep.equal({
      PNG: 'too-large',
      GIF: 'too-large',
      WebP: 'too-large',
      AVIF: 'too-large',
      JPEG: 'too-large',
    });
    expect(process.memoryUsage().rss - before).to.be.below(150_000_000);
  });
});
