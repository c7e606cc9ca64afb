// The map page: the drawing, the same numbers in words, and ways further in.
import { formatMoment, formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { placeName } from '../i18n/place-names.ts';
import { paths } from '../paths.ts';
import type { OcopSet } from '../products/sets.types.ts';
import { provinces } from '../units/provinces.types.ts';
import type { MapQuery } from './catalog.input.ts';
import { producerItem, productItem } from './catalog.items.view.ts';
import { drawParts } from './catalog.map.drawing.ts';
import { starred, tintOf, tintsFrom } from './catalog.map.rules.ts';
import { starLevels } from './catalog.map.types.ts';
import type { MapCounts, MapFacts } from './catalog.map.types.ts';

/** An address of ours with the parts of a query that are given. */
const addressOf = (path: string, query: MapQuery): string => {
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  ).toString();
  return search === '' ? path : `${path}?${search}`;
};

const ordered = ({ province, commune, set, stars }: MapQuery): MapQuery => ({ province, commune, set, stars });

/** Where a part of what is shown leads: a province to its communes, a commune to what is in it. */
const partHref = (facts: MapFacts, query: MapQuery, code: string): string => {
  if (facts.province === undefined)
    return addressOf(paths.map, ordered({ ...query, province: code, commune: undefined }));
  if (code === '') return addressOf(paths.search, ordered({ ...query, commune: undefined }));
  return addressOf(paths.map, ordered({ ...query, province: facts.province.code, commune: code }));
};

const starWords = (language: Language, { stars }: MapCounts): string =>
  [...starLevels]
    .reverse()
    .filter((level) => stars[level] > 0)
    .map((level) => t(language, 'catalog.map.starsOf', { stars: level, n: formatNumber(language, stars[level]) }))
    .join(', ');

/** "Sản phẩm: 12. Chủ thể: 4." and "Có sao còn hiệu lực: 3 (4 sao: 1, 3 sao: 2)". */
const countWords = (language: Language, counts: MapCounts) => {
  const say = (key: string, n: number): string => t(language, `catalog.map.${key}`, { n: formatNumber(language, n) });
  const known = counts.producers === undefined ? [] : [say('producers', counts.producers)];
  return {
    what: [say('products', counts.products), ...known].join(' · '),
    stars:
      starred(counts) === 0
        ? t(language, 'catalog.map.noStars')
        : `${say('starsToday', starred(counts))} (${starWords(language, counts)})`,
    hasStars: starred(counts) > 0,
  };
};

const placeWordsOf = (language: Language, { province, commune }: MapFacts): string =>
  placeName(language, commune?.name ?? province?.name ?? '') || t(language, 'catalog.map.countryWithin');

const legend = (language: Language) =>
  tintsFrom.map((from, tint) => {
    const next = tintsFrom[tint + 1];
    if (from === 0) return { tint, words: t(language, 'catalog.map.none') };
    if (next === undefined) return { tint, words: t(language, 'catalog.map.from', { from }) };
    return { tint, words: t(language, 'catalog.map.range', { from, to: next - 1 }) };
  });

const drawingOf = (language: Language, facts: MapFacts, query: MapQuery) => {
  const counts = new Map(facts.rows.map(({ code, counts: own }) => [code, own]));
  const countOf = (code: string): number => {
    const own = counts.get(code);
    return own === undefined ? 0 : starred(own);
  };
  const drawing = drawParts(facts, countOf);
  if (drawing === undefined) return undefined;
  const names = new Map(facts.outlines.map(({ code, fullName }) => [code, placeName(language, fullName)]));
  const { px, metres } = drawing.scale;
  return {
    ...drawing,
    parts: drawing.parts.map(({ code, d }) => ({
      d,
      tint: tintOf(counts.get(code)),
      isChosen: code === facts.commune?.code,
      name: `${names.get(code) ?? ''}: ${formatNumber(language, countOf(code))}`,
      href: partHref(facts, query, code),
    })),
    badges: drawing.badges.map(({ count, x, y }) => ({ x, y, text: formatNumber(language, count) })),
    archipelagos: drawing.archipelagos.map(({ key, x, y }) => ({
      x,
      y,
      name: t(language, `catalog.map.archipelago.${key}`),
    })),
    northX: drawing.width - 40,
    scale: {
      d: `M24 ${drawing.height - 22}v8h${px}v-8`,
      x: 24 + px / 2,
      y: drawing.height - 28,
      text: `${formatNumber(language, metres / 1000)}\u00A0km`,
    },
  };
};

const choicesOf = (language: Language, query: MapQuery, sets: readonly OcopSet[]) => ({
  provinces: provinces.map(({ code, name }) => ({ code, name, isChosen: code === query.province })),
  sets: sets.map(({ set, name }) => ({ value: set, name, isChosen: set === query.set })),
  starChoices: [...starLevels].reverse().map((stars) => ({
    value: stars,
    name: t(language, 'catalog.stars.choice', { stars }),
    isChosen: stars === query.stars,
  })),
});

const crumbsOf = (language: Language, { province, commune }: MapFacts, query: MapQuery) => {
  const up = { ...query, commune: undefined };
  const all = [
    { name: t(language, 'catalog.map.country'), href: addressOf(paths.map, ordered({ ...up, province: undefined })) },
    ...(province === undefined
      ? []
      : [{ name: placeName(language, province.name), href: addressOf(paths.map, ordered(up)) }]),
    ...(commune === undefined ? [] : [{ name: placeName(language, commune.name), href: '' }]),
  ];
  return all.map((crumb, at) => (at === all.length - 1 ? { ...crumb, href: '' } : crumb));
};

export function mapTitle(language: Language, facts: MapFacts): string {
  if (facts.province === undefined) return t(language, 'catalog.map.title');
  return t(language, 'catalog.map.titleOf', { place: placeWordsOf(language, facts) });
}

/** Everything that views/catalog/map.hbs prints. */
export function mapView(language: Language, facts: MapFacts, query: MapQuery, sets: readonly OcopSet[]) {
  const place = placeWordsOf(language, facts);
  const isCountry = facts.province === undefined;
  return {
    ...choicesOf(language, query, sets),
    commune: facts.commune?.code ?? '',
    heading: mapTitle(language, facts),
    crumbs: crumbsOf(language, facts, query),
    total: countWords(language, facts.total),
    checked: t(language, 'catalog.search.checked', { moment: formatMoment(language, facts.at) }),
    drawing: drawingOf(language, facts, query),
    figure: t(language, 'catalog.map.figure', { place }),
    legend: legend(language),
    noDrawing: t(language, isCountry ? 'catalog.map.noCountry' : 'catalog.map.noProvince'),
    geoJson: addressOf(paths.mapGeoJson, ordered({ ...query, commune: undefined })),
    rowsTitle: t(language, isCountry ? 'catalog.map.byProvince' : 'catalog.map.byCommune'),
    rows: (facts.commune === undefined ? facts.rows : []).map(({ code, name, counts }) => ({
      href: partHref(facts, query, code),
      name: code === '' ? t(language, 'catalog.map.unknownCommune') : placeName(language, name === '' ? code : name),
      words: countWords(language, counts),
    })),
    empty: facts.commune === undefined ? facts.empty.map((name) => placeName(language, name)).join(', ') : '',
    isNothing: facts.total.products + (facts.total.producers ?? 0) === 0,
    products: facts.products.map((found) => productItem(language, found, { withProducer: true })),
    producers: facts.producers.map((found) => producerItem(language, found)),
    searchHref: addressOf(paths.search, ordered({ ...query, commune: facts.commune?.code })),
    searchWords: t(language, 'catalog.map.allIn', { place }),
    hasMap: true,
  };
}

/** The parts of the country or of a province with their numbers, for maps; outlines of communes are the finest that it tells. */
export function mapGeoJson(language: Language, facts: MapFacts, query: MapQuery) {
  const counts = new Map(facts.rows.map((row) => [row.code, row.counts]));
  const nothing: MapCounts = { products: 0, producers: 0, stars: { 3: 0, 4: 0, 5: 0 } };
  return {
    type: 'FeatureCollection',
    // Where the names of the archipelagos stand, latitude first as Leaflet has it.
    archipelagos: facts.archipelagos.map(({ key, bbox: [west, south, east] }) => ({
      name: t(language, `catalog.map.archipelago.${key}`),
      at: [south - 0.3, (west + east) / 2],
    })),
    features: facts.outlines.map(({ code, fullName, geometry }) => {
      const own = counts.get(code) ?? nothing;
      const words = countWords(language, own);
      return {
        type: 'Feature',
        properties: {
          code,
          name: placeName(language, fullName),
          products: own.products,
          producers: own.producers ?? null,
          stars: own.stars,
          starred: starred(own),
          tint: tintOf(own),
          words: `${words.what}. ${words.stars}`,
          href: partHref(facts, query, code),
        },
        geometry,
      };
    }),
  };
}
