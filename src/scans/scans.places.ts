// Where the 34 provinces are, as coarse as the counts are: the seat of each, in degrees. Good for telling near from far and for nothing else.
import type { Place } from './scans.types.ts';

// Latitude and longitude of the administrative centre since 1 July 2025 (Resolution 202/2025/QH15), to a tenth of a degree.
const seats: Record<Place, readonly [number, number]> = {
  '01': [21.0, 105.8],
  '04': [22.7, 106.3],
  '08': [21.8, 105.2],
  '11': [21.4, 103.0],
  '12': [22.4, 103.5],
  '14': [21.3, 103.9],
  '15': [21.7, 104.9],
  '19': [21.6, 105.8],
  '20': [21.9, 106.8],
  '22': [21.0, 107.1],
  '24': [21.3, 106.2],
  '25': [21.3, 105.4],
  '31': [20.9, 106.7],
  '33': [20.6, 106.1],
  '37': [20.3, 106.0],
  '38': [19.8, 105.8],
  '40': [18.7, 105.7],
  '42': [18.3, 105.9],
  '44': [17.5, 106.6],
  '46': [16.5, 107.6],
  '48': [16.1, 108.2],
  '51': [15.1, 108.8],
  '52': [13.8, 109.2],
  '56': [12.2, 109.2],
  '66': [12.7, 108.0],
  '68': [11.9, 108.4],
  '75': [10.9, 106.8],
  '79': [10.8, 106.7],
  '80': [10.5, 106.4],
  '82': [10.4, 106.4],
  '86': [10.3, 106.0],
  '91': [10.0, 105.1],
  '92': [10.0, 105.8],
  '96': [9.2, 105.2],
};

const earthKm = 6371;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Kilometres along the ground between the seats of two provinces; undefined where one is not known. */
export function kmBetween(left: Place, right: Place): number | undefined {
  const from = seats[left];
  const to = seats[right];
  if (from === undefined || to === undefined) return undefined;
  const north = Math.sin(radians(to[0] - from[0]) / 2) ** 2;
  const east = Math.sin(radians(to[1] - from[1]) / 2) ** 2;
  const part = north + Math.cos(radians(from[0])) * Math.cos(radians(to[0])) * east;
  return 2 * earthKm * Math.asin(Math.sqrt(part));
}
