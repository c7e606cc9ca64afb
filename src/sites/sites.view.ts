// Sites in words and as JSON.
import { z } from 'zod';
import { formatArea } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { siteGeometry } from './sites.input.ts';
import type { Site } from './sites.types.ts';
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
  version: z.number().int(),
  createdAt: z.iso.datetime(),
});

export const siteListAnswer = z.object({ items: z.array(siteAnswer), next: z.string().nullable() });

/** Longitude first (RFC 7946). */
export function siteJson(site: Site): z.output<typeof siteAnswer> {
  return { ...site, geometry: siteGeometry.parse(site.geometry), createdAt: site.createdAt.toISOString() };
}

/** A site in its producer's list. */
export function siteCard(language: Language, site: Site) {
  const area = site.areaSquareMetres === 0 ? '' : formatArea(language, site.areaSquareMetres);
  return {
    name: site.name,
    line: [t(language, `sites.kinds.${site.kind}`), area, site.communeName].filter((word) => word !== '').join(', '),
    code: site.plantingAreaCode,
    precision: t(language, `sites.precisions.${site.publicPrecision}`),
  };
}

type Choice = { value: string; label: string; selected: boolean };

export function kindChoices(language: Language, chosen: string): Choice[] {
  return siteKinds.map((kind) => ({
    value: kind,
    label: t(language, `sites.kinds.${kind}`),
    selected: kind === chosen,
  }));
}

/** The coarser choice is the one that is made already. */
export function precisionChoices(language: Language, chosen: string): Choice[] {
  return (['commune', 'outline'] as const).map((precision) => ({
    value: precision,
    label: t(language, `sites.precisions.${precision}`),
    selected: precision === (chosen === '' ? 'commune' : chosen),
  }));
}

type Form = {
  values: Record<string, string>;
  errors: Record<string, string>;
  summary: { field: string; label: string; message: string }[];
  alert: string;
};

/** A fault somewhere inside a pasted geometry is shown at the one field into which it was pasted. */
export function placeForm(language: Language, form: Form): Form {
  const inside = (field: string): boolean => field.startsWith('geometry.');
  if (!form.summary.some(({ field }) => inside(field))) return form;
  const message = t(language, 'fields.place');
  const summary = form.summary.filter(({ field }) => field !== 'geometry' && !inside(field));
  return {
    ...form,
    errors: { ...form.errors, geometry: message },
    summary: [...summary, { field: 'geometry', label: t(language, 'sites.fields.geometry'), message }],
  };
}
