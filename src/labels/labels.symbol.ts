// One QR symbol as a picture of its own: SVG for whoever lays out a package, PNG in whole pixels a module.
import sharp from 'sharp';
import { qrSymbol } from './labels.qr.ts';

const isDark = ({ mask, modules }: { mask: Uint8Array; modules: number }, x: number, y: number): boolean =>
  (mask[y * Math.ceil(modules / 8) + (x >> 3)]! & (0x80 >> (x & 7))) !== 0;

/** The symbol of an address as SVG, one unit a module, with `quiet` modules of white around it. */
export function symbolSvg(url: string, quiet: number): string {
  const symbol = qrSymbol(url);
  const side = symbol.modules + 2 * quiet;
  let path = '';
  for (let y = 0; y < symbol.modules; y += 1) {
    for (let x = 0; x < symbol.modules; x += 1) {
      if (!isDark(symbol, x, y)) continue;
      const from = x;
      while (x + 1 < symbol.modules && isDark(symbol, x + 1, y)) x += 1;
      path += `M${from + quiet} ${y + quiet}h${x - from + 1}v1H${from + quiet}z`;
    }
  }
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">` +
    `<rect width="${side}" height="${side}" fill="#fff"/><path d="${path}"/></svg>`
  );
}

/** The symbol as PNG of black and white, `module` pixels a module. */
export function symbolPng(url: string, { module, quiet }: { module: number; quiet: number }): Promise<Buffer> {
  const symbol = qrSymbol(url);
  const side = symbol.modules + 2 * quiet;
  const modules = Buffer.alloc(side * side, 255);
  for (let y = 0; y < symbol.modules; y += 1) {
    for (let x = 0; x < symbol.modules; x += 1) if (isDark(symbol, x, y)) modules[(y + quiet) * side + x + quiet] = 0;
  }
  return sharp(modules, { raw: { width: side, height: side, channels: 1 } })
    .resize({ width: side * module, kernel: 'nearest' })
    .png({ palette: true, colours: 2 })
    .toBuffer();
}
