// The picture that goes with a shared address of a product: its name, its producer and its commune. No stars: other sites keep the picture, and a
// star may end meanwhile. Plain data in, PNG out.
import { createRequire } from 'node:module';
import sharp from 'sharp';
import type { OverlayOptions } from 'sharp';

import { shareSize } from './trace.share.types.ts';

const margin = 80;
const colours = {
  paper: '#F1F4F0',
  ink: '#17213B',
  quiet: '#4E5A66',
  deep: '#1B2B57',
  gold: '#FFCB4F',
  amber: '#F2B33D',
};

const fontFiles = {
  regular: '400Regular/BeVietnamPro_400Regular.ttf',
  bold: '700Bold/BeVietnamPro_700Bold.ttf',
} as const;

const fontFile = (weight: keyof typeof fontFiles): string =>
  createRequire(import.meta.url).resolve(`@expo-google-fonts/be-vietnam-pro/${fontFiles[weight]}`);

// Text is Pango markup to sharp: what people wrote is escaped, and what no font draws is left out.
const markup = (text: string, colour: string): string => {
  const plain = text
    .normalize('NFC')
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}]/gu, '');
  const escaped = plain.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return `<span foreground="${colour}">${escaped}</span>`;
};

type Line = { text: string; weight: keyof typeof fontFiles; px: number; colour: string; mostHeight: number };

/** A text wrapped into the column; smaller where it would be higher than it may. */
const drawLine = async ({ text, weight, px, colour, mostHeight }: Line): Promise<{ input: Buffer; height: number }> => {
  const font = `Be Vietnam Pro ${weight === 'bold' ? 'Bold ' : ''}${px}`;
  const options = { text: markup(text, colour), font, fontfile: fontFile(weight), rgba: true, dpi: 72 };
  const { data, info } = await sharp({ text: { ...options, width: shareSize.width - 2 * margin, wrap: 'word-char' } })
    .png()
    .toBuffer({ resolveWithObject: true });
  if (info.height <= mostHeight || px <= 24) {
    const height = Math.min(info.height, mostHeight);
    const input =
      height === info.height
        ? data
        : await sharp(data).extract({ left: 0, top: 0, width: info.width, height }).png().toBuffer();
    return { input, height };
  }
  return drawLine({ text, weight, px: Math.round(px * 0.85), colour, mostHeight });
};

const frame = (isSample: boolean): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${shareSize.width}" height="${shareSize.height}">` +
      `<rect width="100%" height="100%" fill="${colours.paper}"/><rect width="24" height="100%" fill="${colours.deep}"/>` +
      (isSample ? `<rect width="100%" height="64" fill="${colours.amber}"/>` : '') +
      `<g transform="translate(${shareSize.width - 150} ${shareSize.height - 150}) scale(3.4)"><path d="M13 1 25 13 13 25 1 13z" fill="${colours.deep}"/>` +
      `<path d="M13 6.2 19.8 13 13 19.8 6.2 13z" fill="none" stroke="${colours.gold}" stroke-width="1.8"/><path d="M13 10.6 15.4 13 13 15.4 10.6 13z" fill="#fff"/></g></svg>`,
  );

/** `sample` are the words that mark sample data, '' for real ones. */
export async function drawShareImage(words: {
  name: string;
  producer: string;
  place: string;
  sample: string;
}): Promise<Buffer> {
  const lines: Line[] = [
    { text: words.name, weight: 'bold', px: 76, colour: colours.ink, mostHeight: 260 },
    { text: words.producer, weight: 'regular', px: 40, colour: colours.ink, mostHeight: 110 },
    { text: words.place, weight: 'regular', px: 36, colour: colours.quiet, mostHeight: 60 },
  ];
  const layers: OverlayOptions[] = [];
  let top = 120;
  for (const line of lines.filter(({ text }) => text.trim() !== '')) {
    const { input, height } = await drawLine(line);
    layers.push({ input, left: margin, top });
    top += height + 28;
  }
  if (words.sample !== '') {
    const { input } = await drawLine({
      text: words.sample,
      weight: 'bold',
      px: 32,
      colour: colours.ink,
      mostHeight: 48,
    });
    layers.push({ input, left: margin, top: 16 });
  }
  return sharp(frame(words.sample !== ''))
    .composite(layers)
    .png({ palette: true, compressionLevel: 9 })
    .toBuffer();
}
