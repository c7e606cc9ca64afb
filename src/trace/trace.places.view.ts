// Where it was made: the drawing, the same facts in words, and the places for the map that can be moved.
import { formatArea, formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { Site } from '../sites/sites.types.ts';
import { drawCommune } from './trace.commune.map.ts';
import { drawMap } from './trace.map.ts';
import type { MapDrawing, MapSize } from './trace.map.ts';
import type { TraceFacts } from './trace.types.ts';
import { placeName, placeWords } from './trace.words.view.ts';

const smallMap: MapSize = { width: 328, height: 216 };
const largeMap: MapSize = { width: 360, height: 380 };

const scaleWords = (language: Language, metres: number): string =>
  metres >= 1000 ? `${formatNumber(language, metres / 1000)}\u00A0km` : `${formatNumber(language, metres)}\u00A0m`;

type Scaled = MapSize & { scale: { px: number; metres: number } };

const scaleBar = (language: Language, { height, scale }: Scaled) => {
  const left = 14;
  const baseline = height - 12;
  return {
    d: `M${left} ${baseline - 5}v5h${scale.px}v-5`,
    x: left + scale.px / 2,
    y: baseline - 5,
    text: scaleWords(language, scale.metres),
  };
};

const drawingView = (language: Language, drawing: MapDrawing | undefined) => {
  if (drawing === undefined) return undefined;
  return {
    ...drawing,
    title: t(language, 'trace.map.title', { places: drawing.places.map(({ name }) => name).join(', ') }),
    scale: scaleBar(language, drawing),
    north: { x: drawing.width - 22, y: 14 },
  };
};

/** The commune among its neighbours, or undefined where its outline is not known. */
const communeMap = (language: Language, { area, producer, sites }: TraceFacts, size: MapSize) => {
  if (area === undefined) return undefined;
  const shown = sites.filter((site) => site.publicPrecision === 'outline').map(({ geometry }) => geometry);
  const drawing = drawCommune(area, size, shown);
  const commune = placeName(language, drawing.name.text);
  const title = t(language, 'trace.map.communeTitle', {
    commune,
    province: placeName(language, area.province?.fullName ?? producer.address.provinceName),
  });
  const scale = scaleBar(language, drawing);
  return { ...drawing, name: { ...drawing.name, text: commune }, title, scale, north: { x: 16, y: 14 } };
};

/** A place in words. One shown by commune only loses its name as well: a name may tell more than the commune. */
const siteWords = (language: Language, site: Site): string => {
  const commune = placeName(language, site.communeName);
  if (site.publicPrecision === 'commune') return `${t(language, `trace.who.kind.${site.kind}`)}, ${commune}`;
  return [
    site.name,
    site.areaSquareMetres > 0 ? formatArea(language, site.areaSquareMetres) : '',
    commune,
    site.plantingAreaCode === '' ? '' : t(language, 'trace.who.plantingArea', { code: site.plantingAreaCode }),
  ]
    .filter((part) => part !== '')
    .join(', ');
};

const addressWords = (language: Language, facts: TraceFacts): string => {
  const { address } = facts.producer;
  const street = facts.publicName === '' ? '' : address.street;
  return [street, placeWords(language, address)].filter((part) => part !== '').join(', ');
};

/** The section on who made it, and where. A household that did not agree shows commune and province only. */
export function placesSection(language: Language, facts: TraceFacts) {
  const { producer, sites } = facts;
  const isNamed = facts.publicName !== '';
  const communes = [...new Set(sites.map((site) => placeName(language, site.communeName)))];
  const first = communes[0] ?? placeName(language, producer.address.communeName);
  return {
    drawing: drawingView(language, drawMap(sites, smallMap)),
    communeMap: communeMap(language, facts, smallMap),
    scheme: {
      commune: communes.length > 1 ? communes.slice(0, 2).join(', ') : first,
      province: placeName(language, producer.address.provinceName),
    },
    schemeTitle: t(language, 'trace.map.schemeTitle', { place: placeWords(language, producer.address) }),
    mapUrl: paths.scanMap(facts.code),
    address: addressWords(language, facts),
    former:
      producer.formerAddress !== '' && isNamed
        ? t(language, 'trace.who.former', { address: producer.formerAddress })
        : '',
    registration:
      producer.registrationNumber !== '' && isNamed
        ? t(language, 'trace.who.registration', { number: producer.registrationNumber })
        : '',
    sites: sites.map((site) => siteWords(language, site)),
    hasCoarseSites: sites.some((site) => site.publicPrecision === 'commune'),
  };
}

/** Places for the map that can be moved: public outlines only, as GeoJSON. */
const placesJson = (language: Language, sites: readonly Site[]): string =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: sites.map((site) => ({
      type: 'Feature',
      properties: { name: site.name, words: siteWords(language, site) },
      geometry: site.geometry,
    })),
  });

/** The map page: a larger drawing that needs no script, and the data from which a script makes one that moves. */
export function traceMapView(language: Language, facts: TraceFacts) {
  const outlined = facts.sites.filter((site) => site.publicPrecision === 'outline');
  const coarse = facts.sites.filter((site) => site.publicPrecision === 'commune');
  return {
    heading: t(language, 'trace.map.heading', { lot: facts.batch.lotNumber }),
    drawing: drawingView(language, drawMap(facts.sites, largeMap)),
    communeMap: communeMap(language, facts, largeMap),
    placesJson: placesJson(language, outlined),
    outlined: outlined.map((site) => siteWords(language, site)),
    coarse: coarse.map((site) => siteWords(language, site)),
    backUrl: paths.scan(facts.code),
    name: facts.product.name,
    isSample: facts.sample,
    icons: {},
    hasMap: true,
  };
}
