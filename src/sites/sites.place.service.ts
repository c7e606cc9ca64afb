// Places before they are saved: what would become of one, in which commune it lies, and what is drawn behind it.
import type { Actor } from '../actor.ts';
import type { Db } from '../db/connect.ts';
import { simplify } from '../geometry/outline.ts';
import { polygonsOf } from '../geometry/bounds.ts';
import { producerFor } from '../producers/producers.service.ts';
import { communeAt, outlinesOfProvince } from '../units/units.service.ts';
import { siteGeometry } from './sites.input.ts';
import type { GivenGeometry } from './sites.input.ts';
import { isSwapped, reportPlace, settleGeometry, somewhereIn } from './sites.rules.ts';
import type { PlaceReport, SiteGeometry } from './sites.types.ts';

const readGeometry = (read: unknown): GivenGeometry | undefined => siteGeometry.safeParse(read).data;

type Commune = { code: string; name: string };

const communeOf = async (db: Db, geometry: SiteGeometry): Promise<Commune | undefined> => {
  const unit = await communeAt(db, somewhereIn(geometry));
  return unit === undefined ? undefined : { code: unit.code, name: unit.fullName };
};

/** What would become of a place that was typed or drawn: area, commune, or what is wrong and where. Stores nothing. */
export async function placeReport(db: Db, place: string | GivenGeometry): Promise<PlaceReport> {
  const report = reportPlace(place, readGeometry);
  return { ...report, commune: report.geometry === undefined ? undefined : await communeOf(db, report.geometry) };
}

/** Whether a place reads as latitude and longitude exchanged, so that a form can offer to turn it round. */
export function mayBeSwapped(place: unknown): boolean {
  const read = readGeometry(place);
  return read !== undefined && isSwapped(read);
}

/** The commune of the map, when it is another one than was told; undefined as well where no outline is known. */
export async function otherCommune(
  db: Db,
  given: { geometry: GivenGeometry; communeCode: string },
): Promise<Commune | undefined> {
  const commune = await communeOf(db, settleGeometry(given.geometry));
  return commune === undefined || commune.code === given.communeCode ? undefined : commune;
}

/**
 * What was told, or with the commune of the map when that is chosen. When both differ and nobody has chosen, `offered` is the map's and nothing
 * is taken by itself. Throws 'fields-wrong' for a place that cannot be meant.
 */
export async function withChosenCommune<
  T extends { geometry: GivenGeometry; communeCode: string; communeName: string },
>(db: Db, given: T, choice: 'mapped' | 'told' | undefined): Promise<{ given: T; offered: Commune | undefined }> {
  if (choice === 'told') return { given, offered: undefined };
  const mapped = await otherCommune(db, given);
  if (mapped === undefined || choice === undefined) return { given, offered: mapped };
  return { given: { ...given, communeCode: mapped.code, communeName: mapped.name }, offered: undefined };
}

// About 200 m: enough to know where one is, little enough for a weak signal.
const toleranceDegrees = 0.002;

const thinned = (ring: readonly (readonly number[])[]): number[][] => {
  const line = ring.map(([x = 0, y = 0]) => ({ x, y }));
  const half = Math.floor(line.length / 2);
  const kept = [
    ...simplify(line.slice(0, half + 1), toleranceDegrees),
    ...simplify(line.slice(half), toleranceDegrees).slice(1),
  ];
  return kept.map(({ x, y }) => [Math.round(x * 1e3) / 1e3, Math.round(y * 1e3) / 1e3]);
};

export type Background = { code: string; name: string; polygons: number[][][][] }[];

/** The communes of the producer's province, thinned, to be drawn behind its sites; none where no outlines were imported. */
export async function backgroundFor(db: Db, actor: Actor, producerId: string): Promise<Background> {
  const { address } = await producerFor(db, actor, producerId);
  const outlines = await outlinesOfProvince(db, address.provinceCode);
  return outlines.map(({ code, name, geometry }) => ({
    code,
    name,
    polygons: polygonsOf(geometry).map((rings) => rings.map(thinned)),
  }));
}
