// Counts for the public map: of the search's entries by place, and of stars by what they are worth today. Kept for seconds, asked once at a time.
import { dayOf } from '../days.ts';
import type { Deps } from '../deps.ts';
import { producerVersions } from '../producers/producers.walk.service.ts';
import { productVersions } from '../products/products.walk.service.ts';
import { countByPlace, findStarCandidates } from './catalog.map.model.ts';
import { isStarLevel } from './catalog.map.rules.ts';
import type { Census, CountedStar, StarCandidate, StarLevel } from './catalog.map.types.ts';
import { counts, foundProducts } from './catalog.search.service.ts';

/** As long as code pages, in milliseconds. */
const freshMs = 2000;
const chunk = 1000;

/** Stars of a product on a day, 0 where none count: they hold while the versions of the product and of its producer do. */
type Known = { stars: StarLevel | 0; as: string };

export type CensusBook = { read(now: Date): Promise<Census> };

/** What each product of these is like now; read from indexes. */
const statesOf = async ({ db }: Deps, ids: readonly string[], now: Date): Promise<Map<string, string>> => {
  const products = await productVersions(db, undefined, ids.length, ids);
  const owners = [...new Set(products.map(({ producerId }) => producerId))];
  const versions = new Map(
    (await producerVersions(db, undefined, owners.length, owners)).map(({ id, version }) => [id, version]),
  );
  const today = dayOf(now);
  return new Map(
    products.map(({ id, version, producerId }) => [id, `${version} ${versions.get(producerId) ?? ''} ${today}`]),
  );
};

/** Looks again at the products that are not as they were, and forgets those that are gone. */
const lookAgain = async (
  deps: Deps,
  ids: readonly string[],
  known: Map<string, Known>,
  now: Date,
): Promise<Map<string, Known>> => {
  const next = new Map<string, Known>();
  for (let from = 0; from < ids.length; from += chunk) {
    const states = await statesOf(deps, ids.slice(from, from + chunk), now);
    const changed: string[] = [];
    for (const [id, as] of states) {
      const before = known.get(id);
      if (before?.as === as) next.set(id, before);
      else changed.push(id);
    }
    const found = await foundProducts(deps.db, changed, now);
    const stars = new Map(
      found.filter(counts).map(({ product, verdict }) => [product.id, 'stars' in verdict ? verdict.stars : 0]),
    );
    for (const id of changed) {
      const own = stars.get(id) ?? 0;
      next.set(id, { stars: isStarLevel(own) ? own : 0, as: states.get(id) ?? '' });
    }
  }
  return next;
};

const countedStars = (candidates: readonly StarCandidate[], known: ReadonlyMap<string, Known>): CountedStar[] =>
  candidates.flatMap(({ id, ...place }) => {
    const stars = known.get(id)?.stars ?? 0;
    return stars === 0 ? [] : [{ ...place, stars }];
  });

/** Opens the counts. A verdict is a function of records and the day, so it is kept in memory while neither has changed, never stored. */
export function openCensus(deps: Deps): CensusBook {
  let known = new Map<string, Known>();
  let running: Promise<Census> | undefined;
  let last: { census: Census; day: string; untilMs: number } | undefined;

  const take = async (now: Date): Promise<Census> => {
    const [products, producers, candidates] = await Promise.all([
      countByPlace(deps.db, 'product'),
      countByPlace(deps.db, 'producer'),
      findStarCandidates(deps.db),
    ]);
    const ids = candidates.map(({ id }) => id);
    known = await lookAgain(deps, ids, known, now);
    const census = { products, producers, stars: countedStars(candidates, known) };
    last = { census, day: dayOf(now), untilMs: performance.now() + (deps.pagesFreshMs ?? freshMs) };
    return census;
  };

  return {
    read(now) {
      if (last !== undefined && last.day === dayOf(now) && performance.now() < last.untilMs)
        return Promise.resolve(last.census);
      running ??= take(now).finally(() => {
        running = undefined;
      });
      return running;
    },
  };
}
