// Made-up plots near the middle of a commune: a ring around a centre, or a point for a building or an apiary.
import type { Producer } from '../../src/producers/producers.types.ts';
import { makeSite } from '../../src/sites/sites.rules.ts';
import type { Site } from '../../src/sites/sites.types.ts';
import type { Crop } from './crops.types.ts';
import type { Random } from './random.ts';
import type { Commune } from './words.ts';

// Near 21.8 degrees north.
const metresPerDegree = { east: 103_400, north: 110_700 } as const;
const furthestMetres = 1500;

type Place = { producer: Producer; commune: Commune; crop: Crop; number: number };

const ringAround = (random: Random, [east, north]: readonly [number, number]): [number, number][] => {
  const corners = random.between(6, 10);
  const radius = random.between(25, 110);
  const ring = Array.from({ length: corners }, (_, at): [number, number] => {
    const angle = ((at + random.below(60) / 100) / corners) * 2 * Math.PI;
    const reach = (radius * random.between(65, 130)) / 100;
    return [
      east + (Math.cos(angle) * reach) / metresPerDegree.east,
      north + (Math.sin(angle) * reach) / metresPerDegree.north,
    ];
  });
  return [...ring, ring[0] as [number, number]];
};

/** A place of a producer for one crop. */
export function siteOf(random: Random, { producer, commune, crop, number }: Place): Site {
  const shift = (perDegree: number): number => random.between(-furthestMetres, furthestMetres) / perDegree;
  const centre: [number, number] = [
    commune.centre[0] + shift(metresPerDegree.east),
    commune.centre[1] + shift(metresPerDegree.north),
  ];
  const isOpenLand = crop.site.kind === 'plot' || crop.site.kind === 'orchard';
  const site = {
    id: random.uuid(producer.createdAt),
    name: `${random.pick(crop.site.words)} ${number}`,
    kind: crop.site.kind,
    geometry: isOpenLand
      ? { type: 'Polygon' as const, coordinates: [ringAround(random, centre)] }
      : { type: 'Point' as const, coordinates: centre },
    plantingAreaCode: '',
    communeCode: commune.code,
    communeName: commune.name,
    publicPrecision: random.chance(0.6) ? ('outline' as const) : ('commune' as const),
  };
  return makeSite(site, producer.id, producer.createdAt);
}
