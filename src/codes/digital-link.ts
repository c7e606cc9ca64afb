// The addresses printed in QR symbols: the short trace address, and the GS1 Digital Link of products with a GTIN
// (GS1 Digital Link standard, URI syntax). Lot and serial keep their case; only fixed letters may change theirs.
import { readGtin } from './gtin.ts';
import type { NumberFault, ReadGtin } from './gtin.ts';

/** AI 10 and AI 21 are 1 to 20 characters of the GS1 AI encodable character set 82. */
const longestValue = 20;
const characterSet82 = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]+$/;

/** What the alphanumeric mode of a QR symbol can hold (ISO/IEC 18004), 5.5 bits a character instead of 8. */
const qrAlphanumeric = /^[0-9A-Z $%*+\-./:]+$/;

export type DigitalLink = { gtin14: string; lot?: string; serial?: string };
export type DigitalLinkFault =
  | { ok: false; reason: 'path' | 'escape' | 'order' | 'unknown-identifier' | 'lot' | 'serial' }
  | { ok: false; reason: 'gtin'; gtin: NumberFault };
export type ReadDigitalLink = ({ ok: true } & DigitalLink) | DigitalLinkFault;

/** Whether a lot number or serial can be printed in a GS1 symbol and survive in an address (`.` and `..` would not). */
export function isGs1Value(value: string): boolean {
  return value.length <= longestValue && characterSet82.test(value) && value !== '.' && value !== '..';
}

/** Whether the text fits the alphanumeric mode of a QR symbol. */
export function isQrAlphanumeric(text: string): boolean {
  return qrAlphanumeric.test(text);
}

/** `{BASE_URL}/T/{code}`, with scheme and host in upper case where that makes the QR symbol smaller. A path of the base stays as it is. */
export function traceUrl(baseUrl: string, code: string): string {
  return smallestForm(baseUrl, `/T/${code}`);
}

/**
 * `{BASE_URL}/01/{gtin}/10/{lot}[/21/{serial}]`, percent-encoded.
 * Throws a RangeError for a GTIN that is not 14 digits with a right check digit, and for a lot or serial that isGs1Value refuses.
 */
export function digitalLinkUrl(link: { baseUrl: string; gtin14: string; lot: string; serial?: string }): string {
  const { baseUrl, gtin14, lot, serial } = link;
  if (gtin14.length !== 14 || !readGtin(gtin14).ok) throw new RangeError('A GTIN-14 is needed');
  if (!isGs1Value(lot)) throw new RangeError('The lot number does not fit GS1 application identifier 10');
  if (serial !== undefined && !isGs1Value(serial))
    throw new RangeError('The serial does not fit GS1 application identifier 21');
  const serialPart = serial === undefined ? '' : `/21/${encodeValue(serial)}`;
  return smallestForm(baseUrl, `/01/${gtin14}/10/${encodeValue(lot)}${serialPart}`);
}

/**
 * Reads `/01/{gtin}[/10/{lot}][/21/{serial}]` as it came in the address, still percent-encoded, without a query.
 * The GTIN may have 8, 12, 13 or 14 digits; it always comes back with 14.
 */
export function readDigitalLink(path: string): ReadDigitalLink {
  const segments = path.split('/');
  if (
    path.length > 300 ||
    segments.length % 2 === 0 ||
    segments[0] !== '' ||
    segments[1] !== '01' ||
    /[?#]/.test(path)
  ) {
    return { ok: false, reason: 'path' };
  }
  const identifiers = segments.filter((_, place) => place % 2 === 1).slice(1);
  if (identifiers.some((identifier) => identifier !== '10' && identifier !== '21'))
    return { ok: false, reason: 'unknown-identifier' };
  if (!['', '10', '21', '10,21'].includes(identifiers.join())) return { ok: false, reason: 'order' };

  const [gtin, ...values] = segments.filter((_, place) => place > 0 && place % 2 === 0).map(decodeValue);
  if (gtin === undefined || values.includes(undefined)) return { ok: false, reason: 'escape' };
  const valueOf = new Map(identifiers.map((identifier, place) => [identifier, values[place]]));
  return checkedLink(gtin, valueOf.get('10'), valueOf.get('21'));
}

function checkedLink(typedGtin: string, lot: string | undefined, serial: string | undefined): ReadDigitalLink {
  const gtin: ReadGtin = /^\d+$/.test(typedGtin) ? readGtin(typedGtin) : { ok: false, reason: 'symbol' };
  if (!gtin.ok) return { ok: false, reason: 'gtin', gtin };
  if (lot !== undefined && !isGs1Value(lot)) return { ok: false, reason: 'lot' };
  if (serial !== undefined && !isGs1Value(serial)) return { ok: false, reason: 'serial' };
  return {
    ok: true,
    gtin14: gtin.gtin14,
    ...(lot === undefined ? {} : { lot }),
    ...(serial === undefined ? {} : { serial }),
  };
}

function smallestForm(baseUrl: string, path: string): string {
  const { origin, pathname } = new URL(baseUrl);
  const rest = pathname.replace(/\/+$/, '') + path;
  const upper = origin.toUpperCase() + rest;
  return isQrAlphanumeric(upper) ? upper : origin + rest;
}

/** Percent-encodes all but letters, digits, `-`, `.` and `_`, as the Digital Link standard lists for the set 82. */
function encodeValue(value: string): string {
  return encodeURIComponent(value).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decodeValue(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
