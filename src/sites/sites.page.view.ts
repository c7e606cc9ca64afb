// One site in words: its map, its facts, who sees what of it, and its history.
import { dayOf } from '../days.ts';
import { polygonsOf } from '../geometry/bounds.ts';
import { formatDay } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { Producer } from '../producers/producers.types.ts';
import { placeText } from './place-text.ts';
import { placeDrawing } from './sites.map.view.ts';
import { isUsualPlantingCode } from './sites.rules.ts';
import type { Site, SiteGeometry } from './sites.types.ts';
import { areaWords } from './sites.view.ts';

const word = (language: Language, key: string, values: Record<string, unknown> = {}): string =>
  t(language, `sites.${key}`, values);

const shapeWords = (language: Language, geometry: SiteGeometry): string => {
  if (geometry.type === 'Point') return word(language, 'page.point', { place: placeText(geometry) });
  const plots = polygonsOf(geometry);
  const count = plots.flat().reduce((sum, ring) => sum + ring.length - 1, 0);
  return word(language, plots.length === 1 ? 'page.corners' : 'page.plots', { plots: plots.length, count });
};

const factRows = (language: Language, site: Site) => {
  const row = (name: string, value: string, note = '') => ({ label: word(language, `fields.${name}`), value, note });
  const hasArea = site.areaSquareMetres > 0;
  const code = site.plantingAreaCode;
  return [
    row('kind', word(language, `kinds.${site.kind}`)),
    row(
      'areaSquareMetres',
      hasArea ? areaWords(language, site.areaSquareMetres) : word(language, 'page.noArea'),
      hasArea ? '' : word(language, 'page.addOutline'),
    ),
    row('geometry', shapeWords(language, site.geometry)),
    row('communeName', `${site.communeName} (${site.communeCode})`),
    row(
      'plantingAreaCode',
      code === '' ? word(language, 'page.noCode') : code,
      code === '' || isUsualPlantingCode(code) ? '' : word(language, 'unusualCode'),
    ),
  ];
};

const lowerFirst = (language: Language, text: string): string =>
  text.slice(0, 1).toLocaleLowerCase(language) + text.slice(1);

const sightRows = (language: Language, site: Site, producer: Producer) => [
  {
    who: word(language, 'page.buyers'),
    what: word(language, site.publicPrecision === 'outline' ? 'page.seenOutline' : 'page.seenCommune', {
      commune: site.communeName,
      kind: word(language, `kinds.${site.kind}`).toLocaleLowerCase(language),
    }),
  },
  {
    who: word(language, 'page.officers', { province: lowerFirst(language, producer.address.provinceName) }),
    what: word(language, 'page.officersSee'),
  },
  { who: word(language, 'page.own', { name: producer.legalName }), what: word(language, 'page.ownSee') },
  { who: word(language, 'page.others'), what: word(language, 'page.othersSee') },
];

/** What the audit log holds of a change. */
type ChangeNote = {
  actorId: string;
  what: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  at: Date;
};

const isHidden = (value: unknown): boolean => typeof value === 'object' && value !== null && 'kept' in value;

const valueWords = (language: Language, name: string, value: unknown): string => {
  if (value === null || value === undefined || value === '') return word(language, 'empty');
  if (isHidden(value)) return word(language, 'history.hidden');
  if (name === 'geometry') return shapeWords(language, value as SiteGeometry);
  if (name === 'areaSquareMetres') return areaWords(language, Number(value));
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (name === 'closedOn') return formatDay(language, text);
  if (name === 'kind') return word(language, `kinds.${text}`);
  return name === 'publicPrecision' ? word(language, `precisionChoices.${text}`) : text;
};

/** The history, newest first: when, who, and of each field what it was and what it is. `names` are shown names by user id. */
export function historyRows(language: Language, notes: readonly ChangeNote[], names: ReadonlyMap<string, string>) {
  return [...notes].reverse().map((note) => ({
    what: word(language, 'history.changed'),
    by: word(language, 'history.by', {
      day: formatDay(language, dayOf(note.at)),
      name: names.get(note.actorId) ?? word(language, 'history.unknown'),
    }),
    changes: Object.entries(note.after ?? {}).map(([name, value]) => ({
      label: word(language, `fields.${name}`),
      isHidden: isHidden(value),
      was: valueWords(language, name, note.before?.[name]),
      is: valueWords(language, name, value),
    })),
  }));
}

export type SiteShown = {
  site: Site;
  producer: Producer;
  notes: readonly ChangeNote[];
  names: ReadonlyMap<string, string>;
  isOwn: boolean;
  mayChange: boolean;
  /** The commune of the map when it is another one than is recorded. */
  mapped: { code: string; name: string } | undefined;
};

/** Data of views/sites/site.hbs. */
export function sitePageView(
  language: Language,
  { site, producer, notes, names, isOwn, mayChange, mapped }: SiteShown,
) {
  return {
    back: isOwn ? paths.appSites : paths.officeProducerSites(producer.id),
    name: site.name,
    isOwn,
    closed:
      site.closedOn === undefined ? '' : word(language, 'page.closed', { day: formatDay(language, site.closedOn) }),
    other:
      mapped === undefined ? '' : word(language, 'page.otherCommune', { name: mapped.name, told: site.communeName }),
    drawing: placeDrawing(language, site.geometry, site.name),
    rows: factRows(language, site),
    sight: sightRows(language, site, producer),
    editHref: mayChange ? paths.appSiteEdit(site.id) : '',
    exportHref: paths.siteMap(site.id),
    history: historyRows(language, notes, names),
  };
}
