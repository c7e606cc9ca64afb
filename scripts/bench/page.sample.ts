// The pages that `page` measures: the sample's lot with a valid star and its recalled lot, with a made-up commune drawn around them.
import pino from 'pino';
import { dayOf } from '../../src/days.ts';
import type { Db } from '../../src/db/connect.ts';
import { loadKeys } from '../../src/db/secrets.ts';
import type { Deps } from '../../src/deps.ts';
import { findRun } from '../../src/labels/labels.model.ts';
import { lotCode } from '../../src/labels/labels.printing.rules.ts';
import { farmRunId, sampleFarms } from '../../src/sample/sample.farms.ts';
import { people } from '../../src/sample/sample.records.ts';
import { loadSample, sampleRun } from '../../src/sample/sample.service.ts';
import { paths } from '../../src/paths.ts';
import { outlinesImporter } from '../../src/units/units.service.ts';
import type { OutlineRecord } from '../../src/units/units.types.ts';

const corners = 90;

/** A ragged ring as an outline from a survey has it, a few kilometres across. */
const ring = (longitude: number, latitude: number, degrees: number): number[][] => {
  const points = Array.from({ length: corners }, (_, at) => {
    const angle = (at / corners) * 2 * Math.PI;
    const reach = degrees * (1 + 0.13 * Math.sin(at * 1.7) + 0.07 * Math.cos(at * 3.1));
    return [longitude + reach * Math.cos(angle), latitude + reach * Math.sin(angle)];
  });
  return [...points, points[0] ?? []];
};

const feature = (code: string, fullName: string, coordinates: number[][]) => ({
  type: 'Feature',
  properties: { code, name: fullName.replace(/^(Xã|Tỉnh) /, ''), fullName },
  geometry: { type: 'Polygon', coordinates: [coordinates] },
});

/** The commune of the sample's orchards, four around it and its province; shapes are made up, weights are not unlike real ones. */
const outlines = (): string => {
  const [east, north, side] = [105.93, 21.73, 0.045];
  const around = [
    ['05716', 'Xã Võ Nhai', 1, 0],
    ['05719', 'Xã Tràng Xá', 0, -1],
    ['05725', 'Xã Quang Sơn', -1, 0],
    ['05722', 'Xã Thần Sa', 0, 1],
  ] as const;
  return JSON.stringify({
    type: 'FeatureCollection',
    features: [
      feature('05740', 'Xã La Hiên', ring(east, north, side)),
      ...around.map(([code, name, x, y]) => feature(code, name, ring(east + x * 2 * side, north + y * 2 * side, side))),
      feature('19', 'Tỉnh Thái Nguyên', ring(105.85, 21.9, 0.4)),
    ],
  });
};

const importOutlines = async ({ db, clock }: Deps): Promise<void> => {
  const read = await outlinesImporter.read({ name: 'outlines.geojson', bytes: Buffer.from(outlines()) });
  const faults = read.rows.flatMap(({ faults: own }) => own);
  if (faults.length > 0) throw new Error(`the outlines are refused: ${JSON.stringify(faults.slice(0, 3))}`);
  const values = read.rows.flatMap(({ value }): OutlineRecord[] => (value === undefined ? [] : [value]));
  await outlinesImporter.store(db, people.admin, values, clock());
};

const recalledRunId = (): string => {
  const day = dayOf(new Date());
  for (const [farm, { lots }] of sampleFarms.entries()) {
    const lot = lots(day).findIndex(({ recall }) => recall !== undefined);
    if (lot !== -1) return farmRunId(farm, lot);
  }
  throw new Error('the sample has no recalled lot');
};

/** Fills the database of a running server and gives the paths of its two pages. */
export async function samplePages(db: Db, baseUrl: string): Promise<{ normal: string; recalled: string }> {
  const keys = await loadKeys(db, { codeKeyHex: undefined, sessionKeyHex: undefined });
  const log = pino({ level: 'silent' });
  const deps: Deps = { db, log, clock: () => new Date(), keys, baseUrl, trustedProxies: 0 };
  await loadSample(deps);
  await importOutlines(deps);
  const normal = await sampleRun(deps);
  const recalled = await findRun(db, recalledRunId());
  if (normal === undefined || recalled === undefined) throw new Error('the sample is not whole');
  const pathOf = (run: typeof normal): string => paths.scan(lotCode(run, keys.codeKey));
  return { normal: pathOf(normal), recalled: pathOf(recalled) };
}
