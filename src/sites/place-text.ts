// Places as people paste them: GeoJSON, or latitude and longitude as map programs copy them. Shape only. Pure.

const number = String.raw`[-+−]?\d{1,3}(?:[.,]\d+)?`;
const degrees = String.raw`(${number})\s*°?(?:\s*(\d{1,2}(?:[.,]\d+)?)\s*['′’]\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:["″”]|'')\s*)?)?`;
const letter = String.raw`([NSEWBNĐT])?`;
const pairPattern = new RegExp(`^\\s*${degrees}\\s*${letter}\\s*[,;\\s]\\s*${degrees}\\s*${letter}\\s*$`, 'i');

const toNumber = (text: string | undefined): number => Number((text ?? '0').replace(',', '.').replace('−', '-'));

type Coordinate = { value: number; axis: 'latitude' | 'longitude' | undefined };

// English letters; of the Vietnamese ones only Đ (đông, east) and B (bắc, north) say something else than the English.
const axisOf = (mark: string | undefined): Coordinate['axis'] => {
  if (mark === undefined) return undefined;
  return /[NSB]/i.test(mark) ? 'latitude' : 'longitude';
};

const coordinate = (parts: readonly (string | undefined)[]): Coordinate => {
  const [whole, minutes, seconds, mark] = parts;
  const degreesValue = toNumber(whole);
  const size = Math.abs(degreesValue) + toNumber(minutes) / 60 + toNumber(seconds) / 3600;
  const isNegative = degreesValue < 0 || (mark !== undefined && /[SWT]/i.test(mark));
  return { value: isNegative ? -size : size, axis: axisOf(mark) };
};

const round = (value: number): number => Math.round(value * 1e7) / 1e7;

const longestPair = 80;

const readPair = (typed: string): object | undefined => {
  const match = typed.length > longestPair ? null : pairPattern.exec(typed);
  if (match === null) return undefined;
  const first = coordinate(match.slice(1, 5));
  const second = coordinate(match.slice(5, 9));
  if (first.axis !== undefined && first.axis === second.axis) return undefined;
  // Map programs copy latitude first; letters say otherwise.
  const isLongitudeFirst = first.axis === 'longitude' || second.axis === 'latitude';
  const [latitude, longitude] = isLongitudeFirst ? [second.value, first.value] : [first.value, second.value];
  return { type: 'Point', coordinates: [round(longitude), round(latitude)] };
};

type Wrapped = { type?: unknown; geometry?: unknown; features?: unknown };

/** Drawing programs wrap the geometry into a feature, or into a collection of one. */
const unwrap = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  const { type, geometry, features } = value as Wrapped;
  if (type === 'Feature') return geometry;
  if (type === 'FeatureCollection' && Array.isArray(features) && features.length === 1) return unwrap(features[0]);
  return value;
};

/**
 * What a pasted text says of a place: a GeoJSON geometry (also inside a feature), or a point from `21.72, 105.93`, `21°43.2'N 105°55.8'E` or
 * `21°43'12"N 105°55'48"E`. Anything else stays the text that it is.
 */
export function readPlaceText(typed: string): unknown {
  if (!typed.trim().startsWith('{')) return readPair(typed) ?? typed;
  try {
    return unwrap(JSON.parse(typed));
  } catch {
    return typed;
  }
}

type Nested = number | Nested[];

const turnRound = (nested: Nested): Nested => {
  if (!Array.isArray(nested)) return nested;
  const [first, second] = nested;
  return typeof first === 'number' && typeof second === 'number' ? [second, first] : nested.map(turnRound);
};

/** The same geometry with the first two numbers of every position exchanged; anything without coordinates stays as it is. */
export function swapPositions(geometry: unknown): unknown {
  if (typeof geometry !== 'object' || geometry === null || !('coordinates' in geometry)) return geometry;
  return { ...geometry, coordinates: turnRound(geometry.coordinates as Nested) };
}
