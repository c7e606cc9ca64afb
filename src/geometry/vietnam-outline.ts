// A coarse outline of Viet Nam, drawn by hand about 20 km outside its borders and coasts, to catch places that cannot be meant.
// It is no boundary: near a border it also holds ground of the neighbour. Longitude first.

type Corner = readonly [longitude: number, latitude: number];

// From A Pa Chải along the northern border to Móng Cái, down the coast to Cà Mau, and back up the western border.
const mainland: readonly Corner[] = [
  [101.9, 22.3],
  [102.15, 22.8],
  [102.5, 23.02],
  [102.9, 22.8],
  [103.15, 22.95],
  [103.5, 23.02],
  [103.95, 22.95],
  [104.2, 23.1],
  [104.6, 23.15],
  [104.8, 23.35],
  [105.25, 23.62],
  [105.65, 23.45],
  [105.95, 23.2],
  [106.6, 23.2],
  [107.0, 22.95],
  [106.95, 22.5],
  [107.1, 22.2],
  [107.55, 21.85],
  [108.1, 21.8],
  [108.3, 21.4],
  [107.75, 20.55],
  [107.0, 20.4],
  [106.8, 19.9],
  [106.2, 19.2],
  [106.1, 18.7],
  [106.75, 18.15],
  [107.2, 17.4],
  [108.2, 16.65],
  [108.7, 16.35],
  [109.3, 15.5],
  [109.4, 14.0],
  [109.7, 12.9],
  [109.6, 11.8],
  [109.3, 11.0],
  [108.3, 10.3],
  [107.2, 10.0],
  [106.9, 8.4],
  [106.3, 8.4],
  [104.6, 8.3],
  [104.4, 9.2],
  [104.4, 9.85],
  [103.65, 9.9],
  [103.5, 10.2],
  [103.75, 10.7],
  [104.3, 10.65],
  [104.5, 10.72],
  [104.8, 10.85],
  [104.9, 11.2],
  [105.6, 11.15],
  [105.6, 11.75],
  [105.9, 12.1],
  [106.55, 12.15],
  [106.7, 12.3],
  [107.2, 12.5],
  [107.3, 13.5],
  [107.1, 14.1],
  [107.3, 14.9],
  [107.0, 15.4],
  [106.9, 15.95],
  [106.4, 16.3],
  [106.1, 16.9],
  [105.4, 17.6],
  [105.1, 18.1],
  [104.8, 18.45],
  [104.2, 18.75],
  [103.7, 19.2],
  [103.8, 19.75],
  [104.3, 19.85],
  [104.35, 20.15],
  [104.15, 20.35],
  [103.6, 20.35],
  [102.9, 20.7],
  [102.6, 21.2],
  [102.6, 21.45],
  [102.3, 21.55],
  [101.95, 22.1],
];

const box = (west: number, south: number, east: number, north: number): readonly Corner[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
];

const islands: readonly (readonly Corner[])[] = [
  // Quần đảo Hoàng Sa.
  box(111.2, 15.4, 113.0, 17.4),
  // Quần đảo Trường Sa, cut off towards Palawan in the south-east, with the banks of the southern shelf in the west.
  [
    [109.2, 7.0],
    [115.3, 7.0],
    [116.0, 8.2],
    [117.2, 9.2],
    [118.1, 10.5],
    [118.1, 11.8],
    [111.2, 11.8],
    [109.2, 8.4],
  ],
  // Bạch Long Vĩ, Phú Quý, Thổ Chu.
  box(107.5, 19.9, 107.95, 20.35),
  box(108.7, 10.3, 109.2, 10.8),
  box(103.2, 9.05, 103.75, 9.55),
];

const areas = [mainland, ...islands];

const isWithin = (longitude: number, latitude: number, corners: readonly Corner[]): boolean => {
  let within = false;
  let [fromX, fromY] = corners.at(-1) ?? [0, 0];
  for (const [toX, toY] of corners) {
    const isCrossed = fromY > latitude !== toY > latitude;
    if (isCrossed && longitude < ((toX - fromX) * (latitude - fromY)) / (toY - fromY) + fromX) within = !within;
    [fromX, fromY] = [toX, toY];
  }
  return within;
};

/** Whether a place (WGS 84 degrees) can be in Viet Nam, its islands included. */
export function isInVietNam(longitude: number, latitude: number): boolean {
  return areas.some((corners) => isWithin(longitude, latitude, corners));
}
