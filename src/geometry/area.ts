// Areas on the WGS 84 ellipsoid. Pure.

// NGA.STND.0036, WGS 84: semi-major axis in metres, and the square of the first eccentricity.
const axisMetres = 6_378_137;
const eccentricity2 = 0.00669437999014;
const eccentricity = Math.sqrt(eccentricity2);

type Position = readonly number[];

/** q(latitude) of Snyder, Map Projections (USGS Professional Paper 1395), eq. 3-12: equal steps of q hold equal areas of the ellipsoid. */
const authalic = (latitudeDegrees: number): number => {
  const sine = Math.sin((latitudeDegrees * Math.PI) / 180);
  const scaled = eccentricity * sine;
  return (
    (1 - eccentricity2) * (sine / (1 - scaled * scaled) - Math.log((1 - scaled) / (1 + scaled)) / (2 * eccentricity))
  );
};

/** Square metres inside a closed ring (first position = last), whichever way round it runs; its sides are straight in the cylindrical equal-area projection. */
export function ringSquareMetres(ring: readonly Position[]): number {
  const [startX = 0, startY = 0] = ring[0] ?? [];
  const startQ = authalic(startY);
  const points = ring.map(([longitude = 0, latitude = 0]) => ({
    x: ((longitude - startX) * Math.PI) / 180,
    q: authalic(latitude) - startQ,
  }));
  let doubled = 0;
  for (let place = 1; place < points.length; place += 1) {
    const from = points[place - 1] ?? { x: 0, q: 0 };
    const to = points[place] ?? { x: 0, q: 0 };
    doubled += from.x * to.q - to.x * from.q;
  }
  return (Math.abs(doubled) / 2) * (axisMetres * axisMetres) * 0.5;
}

/** Square metres of polygons (outer ring, then holes). */
export function polygonsSquareMetres(polygons: readonly (readonly (readonly Position[])[])[]): number {
  return polygons.reduce((sum, rings) => {
    const [outer = 0, ...holes] = rings.map(ringSquareMetres);
    return sum + holes.reduce((rest, hole) => rest - hole, outer);
  }, 0);
}
