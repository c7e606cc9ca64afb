// Outlines of invented shape around real communes, as an administrator imports them.
import { outlinesImporter } from '../../src/units/units.service.ts';
import type { TestApp } from './app.ts';
import { anAdmin } from './factories.ts';

const square = (west: number, south: number, side: number): number[][] => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
  [west, south],
];

/** Two square communes side by side: La Hiên from 105.9 to 106 east, Võ Nhai from 106 to 106.1, both from 21.7 to 21.8 north. */
export async function twoCommunes(app: TestApp): Promise<void> {
  const feature = (code: string, name: string, west: number) => ({
    type: 'Feature',
    properties: { code, name, fullName: `Xã ${name}` },
    geometry: { type: 'Polygon', coordinates: [square(west, 21.7, 0.1)] },
  });
  const features = [feature('05740', 'La Hiên', 105.9), feature('05716', 'Võ Nhai', 106)];
  const bytes = Buffer.from(JSON.stringify({ type: 'FeatureCollection', features }));
  const { rows } = await outlinesImporter.read({ name: 'xa.geojson', bytes });
  const values = rows.flatMap(({ value }) => value ?? []);
  await outlinesImporter.store(app.db, anAdmin(), values, app.deps.clock());
}
