// What a PDF would do by itself in a careless reader: scripts, programs to start, files inside, forms that send. Looks at names in the clear,
// written in hex, and inside compressed object streams; what is packed otherwise may be missed. Pure.
import { inflateSync } from 'node:zlib';
import type { PdfActivePart } from './files.types.ts';

// ISO 32000-2, table 201 (kinds of actions), 7.11.4 (embedded files), 13.7 (rich media), 12.7.8 (XFA).
const namesOf: Readonly<Record<PdfActivePart, readonly string[]>> = {
  script: ['JavaScript', 'JS', 'XFA', 'Rendition', 'RichMediaExecute'],
  launch: ['Launch'],
  embedded: ['EmbeddedFile', 'EmbeddedFiles', 'RichMedia', 'GoToE', 'Collection'],
  'form-sending': ['SubmitForm', 'ImportData'],
};
const kinds = Object.keys(namesOf) as PdfActivePart[];

const mostInflatedBytes = 8 * 1024 * 1024;
const mostStreams = 2000;

// 7.3.5: any character of a name may be written as # and two hex digits.
const inTheClear = (text: string): string =>
  text.replace(/#([0-9A-Fa-f]{2})/g, (_whole, hex: string) => String.fromCharCode(parseInt(hex, 16)));

const partsIn = (text: string): PdfActivePart[] => {
  const clear = inTheClear(text);
  return kinds.filter((kind) => namesOf[kind].some((name) => new RegExp(`/${name}(?![A-Za-z0-9_-])`).test(clear)));
};

const inflated = (bytes: Uint8Array): string => {
  try {
    return inflateSync(bytes, { maxOutputLength: mostInflatedBytes }).toString('latin1');
  } catch {
    // Encrypted, cut off or not compressed this way: nothing to be read here, and the rest is looked at all the same.
    return '';
  }
};

/** Texts of the compressed object streams (7.5.7), in which a file may keep most of its dictionaries. */
function* objectStreams(bytes: Buffer, text: string): Generator<string> {
  let at = 0;
  for (let count = 0; count < mostStreams; count += 1) {
    const mark = text.indexOf('/ObjStm', at);
    if (mark < 0) return;
    const begin = text.indexOf('stream', mark);
    if (begin < 0) return;
    const end = text.indexOf('endstream', begin);
    const first = begin + 6 + (text.startsWith('\r\n', begin + 6) ? 2 : 1);
    yield inflated(bytes.subarray(first, end < 0 ? undefined : end));
    at = begin + 6;
  }
}

/** The active parts that were found, each once. */
export function activePartsOf(bytes: Buffer): PdfActivePart[] {
  const text = bytes.toString('latin1');
  const found = new Set(partsIn(text));
  for (const stream of objectStreams(bytes, text)) for (const part of partsIn(stream)) found.add(part);
  return kinds.filter((kind) => found.has(kind));
}
