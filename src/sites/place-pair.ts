// One pair of latitude and longitude as map programs, receivers and people write it: decimal degrees, degrees and minutes, degrees, minutes
// and seconds, with marks or words, with letters before or behind. Shape only. Pure.
import type { Position } from 'geojson';

// Words become marks: which axis (Φ latitude, Λ longitude), which side, which unit. Longer ones first.
const words: readonly (readonly [RegExp, string])[] = [
  [/vĩ độ|vĩ tuyến|latitude|\blat\b/g, 'Φ'],
  [/kinh độ|kinh tuyến|longitude|\blong?\b|\blng\b/g, 'Λ'],
  [/\bnorth\b|bắc/g, 'N'],
  [/\bsouth\b|\bnam\b/g, 'S'],
  [/\beast\b|đông/g, 'E'],
  [/\bwest\b|tây/g, 'W'],
  [/độ|degrees?|\bdeg\b|[º˚]/g, '°'],
  [/phút|minutes?|\bmin\b|[′’‘]/g, "'"],
  [/giây|seconds?|\bsec\b|[″”“]|''/g, '"'],
  [/(\d)\s*d\s*(\d{1,2}(?:[.,]\d+)?)\s*m(?:\s*(\d{1,2}(?:[.,]\d+)?)\s*s)?/g, '$1°$2\'$3"'],
  [/(\d)\s*:\s*(\d{1,2}(?:[.,]\d+)?)(?:\s*:\s*(\d{1,2}(?:[.,]\d+)?))?/g, '$1°$2\'$3"'],
  [/'\s*"/g, "'"],
  [/(?<=[ΦΛ])\s*[:=]/g, ' '],
  // Đ and B are Vietnamese letters (đông, bắc); N and T are read as north and tây.
  [/đ/g, 'E'],
  [/b/g, 'N'],
  [/t/g, 'W'],
];

const round = (value: number): number => Math.round(value * 1e7) / 1e7;

const longestPair = 200;

// Addresses of map programs, the pin before the middle of the map: …!3d21.7!4d105.9, geo:21.7,105.9, …?q=21.7,105.9, …/@21.7,105.9,17z.
const inAddress = [
  /!3d(-?\d{1,3}\.\d+)!4d(-?\d{1,3}\.\d+)/,
  /(?:^geo:|=)(-?\d{1,3}\.\d+)(?:,|%2C)(-?\d{1,3}\.\d+)/i,
  /@(-?\d{1,3}\.\d+),(-?\d{1,3}\.\d+)/,
];
const longestAddress = 2000;

const readAddress = (typed: string): Position | undefined => {
  if (!/^(?:geo:|https:\/\/)/i.test(typed) || typed.length > longestAddress) return undefined;
  for (const pattern of inAddress) {
    const [, north, east] = pattern.exec(typed) ?? [];
    if (north !== undefined && east !== undefined) return [round(Number(east)), round(Number(north))];
  }
  return undefined;
};

const marked = (typed: string): string => {
  const lower = typed.normalize('NFC').replace(/[−–—]/g, '-').toLowerCase();
  return words
    .reduce((text, [pattern, mark]) => text.replace(pattern, mark), lower)
    .replace(/[nsew]/g, (letter) => letter.toUpperCase());
};

// A comma is a decimal one when no full stop is, and when something else parts the two numbers.
const withDecimalPoints = (text: string): string => {
  if (text.includes('.')) return text;
  const tight = text.match(/\d,\d/g)?.length ?? 0;
  if (tight === 0) return text;
  const isParted = /[;/]|,\s|\s,|\d\s+-?\d|[°'"A-ZΦΛ]/.test(text);
  if (isParted) return text.replace(/(\d),(\d)/g, '$1.$2');
  return text.replace(/^\s*(-?\d+),(\d+),(-?\d+),(\d+)\s*$/, '$1.$2,$3.$4');
};

type Axis = 'latitude' | 'longitude';
type Coordinate = { value: number; axis: Axis | undefined; parts: number };

const axes: Record<string, Axis> = {
  Φ: 'latitude',
  N: 'latitude',
  S: 'latitude',
  Λ: 'longitude',
  E: 'longitude',
  W: 'longitude',
};
const token = /[-+]?\d+(?:\.\d+)?|[°'"NSEWΦΛ,;/]/g;
const marks = ['°', "'", '"'];
const largest: Record<Axis, number> = { latitude: 90, longitude: 180 };

const isNumber = (one: string | undefined): one is string => one !== undefined && /\d/.test(one);

/** Degrees, minutes and seconds of tokens without letters, or undefined; only the last of them may be broken. */
const readParts = (tokens: readonly string[]): number[] | undefined => {
  const parts: string[] = [];
  let place = 0;
  while (place < tokens.length) {
    const number = tokens[place];
    if (!isNumber(number) || parts.length === 3) return undefined;
    const next = tokens[place + 1];
    if (next !== undefined && !isNumber(next) && next !== marks[parts.length]) return undefined;
    parts.push(number);
    place += next !== undefined && !isNumber(next) ? 2 : 1;
  }
  const values = parts.map(Number);
  const isWhole = values.slice(0, -1).every(Number.isInteger);
  const isSmall = values.slice(1).every((value, at) => value < 60 && !/[-+]/.test(parts[at + 1] ?? ''));
  return parts.length > 0 && isWhole && isSmall ? values : undefined;
};

const readCoordinate = (tokens: readonly string[]): Coordinate | undefined => {
  const letters = tokens.filter((one) => one in axes);
  const inner = tokens.findIndex((one) => !(one in axes));
  const last = tokens.findLastIndex((one) => !(one in axes));
  const parts = inner === -1 ? undefined : readParts(tokens.slice(inner, last + 1));
  const [axis, other] = [...new Set(letters.map((letter) => axes[letter]))];
  if (parts === undefined || other !== undefined) return undefined;
  const [degrees = 0, minutes = 0, seconds = 0] = parts;
  const size = Math.abs(degrees) + minutes / 60 + seconds / 3600;
  if (size > (axis === undefined ? 180 : largest[axis])) return undefined;
  const isNegative = degrees < 0 || letters.includes('S') || letters.includes('W');
  return { value: isNegative ? -size : size, axis, parts: parts.length };
};

const isSeparator = (one: string): boolean => /[,;/]/.test(one);

/** Where two coordinates part: at the separator, else at the last place where both sides can be read. */
const readTokens = (tokens: readonly string[]): [Coordinate, Coordinate] | undefined => {
  const separators = tokens.flatMap((one, place) => (isSeparator(one) ? [place] : []));
  if (separators.length > 1) return undefined;
  const [separator] = separators;
  const places = separator === undefined ? tokens.map((_, place) => place).reverse() : [separator];
  const found = places.flatMap((place): [Coordinate, Coordinate][] => {
    const first = readCoordinate(tokens.slice(0, place));
    const second = readCoordinate(tokens.slice(separator === undefined ? place : place + 1));
    if (first === undefined || second === undefined) return [];
    return first.axis === undefined || first.axis !== second.axis ? [[first, second]] : [];
  });
  const even = found.find(([first, second]) => first.parts === second.parts);
  // Bare numbers in a row say nothing of where the first coordinate ends, unless both have as many.
  return even ?? (tokens.every(isNumber) ? undefined : found[0]);
};

/** Longitude, latitude of a text that is one pair and nothing else; undefined for any other. */
export function readPair(typed: string): Position | undefined {
  const address = readAddress(typed.trim());
  if (address !== undefined || typed.length > longestPair) return address;
  const text = withDecimalPoints(marked(typed)).replace(/[()[\]]/g, ' ');
  if (text.replace(token, '').trim() !== '') return undefined;
  const read = readTokens(text.match(token) ?? []);
  if (read === undefined) return undefined;
  const [first, second] = read;
  // Map programs copy latitude first; letters say otherwise.
  const isLongitudeFirst = first.axis === 'longitude' || second.axis === 'latitude';
  const [latitude, longitude] = isLongitudeFirst ? [second.value, first.value] : [first.value, second.value];
  return [round(longitude), round(latitude)];
}
