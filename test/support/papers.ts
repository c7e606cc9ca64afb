// Papers in PDF to upload: small, of one's own making.
import PDFDocument from 'pdfkit';

type Options = { pages?: number; password?: string; script?: string; attached?: Buffer; size?: [number, number] };

/** A PDF whose pages say their number. */
export function aPaper(options: Options = {}): Promise<Buffer> {
  const { pages = 1, password, script, attached, size } = options;
  const made = new PDFDocument({
    autoFirstPage: false,
    ...(size === undefined ? { size: 'A4' } : { size }),
    ...(password === undefined ? {} : { userPassword: password }),
  });
  for (let page = 1; page <= pages; page += 1) made.addPage().fontSize(40).text(`Trang ${page}`);
  if (attached !== undefined) made.file(attached, { name: 'kem.bin' });
  if (script !== undefined) {
    const action = made.ref({ Type: 'Action', S: 'JavaScript', JS: script });
    action.end(undefined);
    (made as unknown as { _root: { data: Record<string, unknown> } })._root.data['OpenAction'] = action;
  }
  const chunks: Buffer[] = [];
  return new Promise((resolve) => {
    made.on('data', (chunk: Buffer) => chunks.push(chunk));
    made.on('end', () => resolve(Buffer.concat(chunks)));
    made.end();
  });
}

/** A PDF written by hand: objects in order from 1, the first being the catalogue. */
export function aRawPaper(objects: readonly (string | Buffer)[], header = '%PDF-1.7\n'): Buffer {
  const parts: Buffer[] = [Buffer.from(header, 'latin1')];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  objects.forEach((object, place) => {
    offsets.push(length);
    const body = typeof object === 'string' ? Buffer.from(object, 'latin1') : object;
    const whole = Buffer.concat([Buffer.from(`${place + 1} 0 obj\n`), body, Buffer.from('\nendobj\n')]);
    parts.push(whole);
    length += whole.length;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const end = `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<</Size ${size}/Root 1 0 R>>\nstartxref\n${length}\n%%EOF`;
  return Buffer.concat([...parts, Buffer.from(end)]);
}
