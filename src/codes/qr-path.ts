// A QR symbol as one SVG path: what a page draws for a phone to read from the screen. Pure.
import QRCode from 'qrcode';

/** Side in modules, quiet zone of four included, and the `d` of a path of its dark modules. */
export function qrPath(text: string): { size: number; path: string } {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const quiet = 4;
  const rows = [];
  for (let y = 0; y < modules.size; y += 1) {
    for (let x = 0; x < modules.size; x += 1)
      if (modules.get(y, x) === 1) rows.push(`M${x + quiet} ${y + quiet}h1v1h-1z`);
  }
  return { size: modules.size + 2 * quiet, path: rows.join('') };
}
