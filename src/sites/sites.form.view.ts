// What the forms of sites show beside what was typed.
import { sites as en } from '../i18n/en/sites.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { sites as vi } from '../i18n/vi/sites.ts';
import { paths } from '../paths.ts';
import { siteFields, siteValues } from './sites.form.ts';
import { placeDrawing } from './sites.map.view.ts';
import { publicPrecisions, siteKinds } from './sites.types.ts';
import type { PlaceReport, Site } from './sites.types.ts';
import { areaWords } from './sites.view.ts';

const word = (language: Language, key: string, values: Record<string, unknown> = {}): string =>
  t(language, `sites.${key}`, values);

type Form = {
  values: Record<string, string>;
  errors: Record<string, string>;
  summary: { field: string; label: string; message: string }[];
  alert: string;
};

/** What is wrong with a pasted place is told in full at its field, together with the other faults of the form and once. */
export function placeForm(language: Language, form: Form, report: PlaceReport | undefined): Form {
  const isPlace = (field: string): boolean => field === 'geometry' || field.startsWith('geometry.');
  if (report?.problem === undefined || form.summary.length === 0) return form;
  const message = t(language, `fields.${report.problem.code}`, report.problem.facts);
  const found = form.summary.findIndex(({ field }) => isPlace(field));
  const at = found === -1 ? form.summary.length : found;
  const rest = form.summary.filter(({ field }) => !isPlace(field));
  const told = { field: 'geometry', label: word(language, 'fields.geometry'), message };
  return {
    ...form,
    errors: { ...form.errors, geometry: message },
    summary: [...rest.slice(0, at), told, ...rest.slice(at)],
  };
}

const drawWords = { vi: vi.draw, en: en.draw };

/** Everything that the map needs: addresses, words, and where to begin. */
const mapData = (language: Language, producerId: string, own: string) => ({
  words: JSON.stringify(drawWords[language]),
  measure: paths.measurePlace,
  background: paths.sitesBackground(producerId),
  sites: paths.sitesMap(producerId),
  own,
});

export type SiteFormShown = {
  producerId: string;
  /** Of the producer: communes are offered of this one. */
  provinceCode: string;
  /** The site that is changed; undefined for a new one. */
  site: Site | undefined;
  communes: readonly { value: string; label: string }[];
  /** What stands in the field, looked at; undefined when it is empty. */
  report: PlaceReport | undefined;
  /** The map's commune, when the form asks which one is meant. */
  offered: { code: string; name: string } | undefined;
  isSwapped: boolean;
  today: string;
};

/** Data of views/sites/form.hbs beside `form` and `latest`. */
export function siteFormPage(language: Language, form: Pick<Form, 'values'>, shown: SiteFormShown) {
  const { site, producerId, report, offered } = shown;
  const chosen = (name: string, value: string): boolean => form.values[name] === value;
  const precision = form.values['publicPrecision'] ?? '';
  const told = form.values['communeName'] ?? '';
  return {
    back: site === undefined ? paths.appSites : paths.appSite(site.id),
    action: site === undefined ? paths.appSites : paths.appSiteEdit(site.id),
    isNew: site === undefined,
    producerId,
    today: shown.today,
    provinceCode: shown.provinceCode,
    communes: shown.communes,
    isSwapped: shown.isSwapped,
    turned: report?.corrected === undefined ? undefined : placeDrawing(language, report.corrected, ''),
    asked:
      offered === undefined
        ? undefined
        : {
            mapped: word(language, 'communeMapped', { name: offered.name }),
            told: word(language, 'communeTold', { name: told }),
          },
    kinds: siteKinds.map((kind) => ({
      value: kind,
      label: word(language, `kinds.${kind}`),
      selected: chosen('kind', kind),
    })),
    // The coarser choice is the one that is made already.
    precisions: [...publicPrecisions].reverse().map((one) => ({
      value: one,
      label: word(language, `precisionChoices.${one}`),
      detail: word(language, `precisionDetails.${one}`),
      selected: one === (precision === '' ? 'commune' : precision),
    })),
    map: mapData(language, producerId, site?.id ?? ''),
    drawing:
      report?.read === undefined || report.corrected !== undefined
        ? undefined
        : placeDrawing(language, report.read, '', report.problem?.at),
    area:
      report?.geometry === undefined || report.areaSquareMetres === 0
        ? ''
        : `${word(language, 'fields.areaSquareMetres')}: ${areaWords(language, report.areaSquareMetres)}`,
  };
}

const valueWords = (language: Language, name: string, value: string): string => {
  if (value === '') return word(language, 'empty');
  if (name === 'kind') return word(language, `kinds.${value}`);
  if (name === 'publicPrecision') return word(language, `precisionChoices.${value}`);
  return value;
};

/** What is stored by now where it differs from what was typed, for somebody who was not the first to save. */
export function latestRows(language: Language, site: Site, { values }: Pick<Form, 'values'>) {
  const stored = siteValues(site);
  const plain = (text: string): string => text.replaceAll('\r\n', '\n').trim();
  return siteFields
    .filter((name) => name in stored && name !== 'version' && stored[name] !== plain(values[name] ?? ''))
    .map((name) => ({
      label: word(language, `fields.${name}`),
      value: valueWords(language, name, (stored[name] ?? '').slice(0, 400)),
    }));
}
