// Sites in words and as JSON.
import { z } from 'zod';
import { formatAmount, formatArea, formatDay } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { placeText } from './place-text.ts';
import { siteGeometry } from './sites.input.ts';
import type { PlaceReport, Site } from './sites.types.ts';
import { publicPrecisions, siteKinds } from './sites.types.ts';

export const siteAnswer = z.object({
  id: z.string(),
  producerId: z.string(),
  name: z.string(),
  kind: z.enum(siteKinds),
  geometry: siteGeometry,
  areaSquareMetres: z.number().int(),
  plantingAreaCode: z.string(),
  communeCode: z.string(),
  communeName: z.string(),
  publicPrecision: z.enum(publicPrecisions),
  closedOn: z.iso.date().optional(),
  version: z.number().int(),
  createdAt: z.iso.datetime(),
});

export const siteListAnswer = z.object({ items: z.array(siteAnswer), next: z.string().nullable() });

/** Longitude first (RFC 7946). */
export function siteJson(site: Site): z.output<typeof siteAnswer> {
  const { closedOn, ...rest } = site;
  return {
    ...rest,
    geometry: siteGeometry.parse(site.geometry),
    ...(closedOn === undefined ? {} : { closedOn }),
    createdAt: site.createdAt.toISOString(),
  };
}

export const placeAnswer = z.object({
  read: siteGeometry.nullable(),
  geometry: siteGeometry.nullable(),
  areaSquareMetres: z.number().int(),
  area: z.string(),
  text: z.string(),
  problem: z
    .object({
      code: z.string(),
      detail: z.string(),
      at: z.array(z.number()).nullable(),
      line: z.number().int().nullable(),
    })
    .nullable(),
  corrected: z.string().nullable(),
  commune: z.object({ code: z.string(), name: z.string() }).nullable(),
});

/** A place before it is saved: `area` and `problem.detail` in the reader's words, `text` and `corrected` as they would stand in the field. */
export function placeJson(language: Language, report: PlaceReport): z.output<typeof placeAnswer> {
  const { read, geometry, areaSquareMetres, problem, corrected, commune } = report;
  return {
    read: read === undefined ? null : siteGeometry.parse(read),
    geometry: geometry === undefined ? null : siteGeometry.parse(geometry),
    areaSquareMetres,
    area: areaSquareMetres === 0 ? '' : areaWords(language, areaSquareMetres),
    text: geometry === undefined ? '' : placeText(geometry),
    problem:
      problem === undefined
        ? null
        : {
            code: problem.code,
            detail: t(language, `fields.${problem.code}`, problem.facts),
            at: problem.at ?? null,
            line: typeof problem.facts['line'] === 'number' ? problem.facts['line'] : null,
          },
    corrected: corrected === undefined ? null : placeText(corrected),
    commune: commune ?? null,
  };
}

/** 1,1 ha (11.447 m²): hectares for the eye, square metres for the paper. */
export function areaWords(language: Language, squareMetres: number): string {
  const area = formatArea(language, squareMetres);
  const exact = formatAmount(language, squareMetres, 'm²');
  return area === exact ? area : `${area} (${exact})`;
}

/** A site in a list; `href` is its page for whoever looks. */
export function siteCard(language: Language, site: Site, href: string) {
  const area = site.areaSquareMetres === 0 ? '' : formatArea(language, site.areaSquareMetres);
  return {
    href,
    name: site.name,
    line: [t(language, `sites.kinds.${site.kind}`), area, site.communeName].filter((word) => word !== '').join(', '),
    code: site.plantingAreaCode,
    precision: t(language, `sites.precisions.${site.publicPrecision}`),
    closed:
      site.closedOn === undefined ? '' : t(language, 'sites.closedSince', { day: formatDay(language, site.closedOn) }),
  };
}
