// Shared zod fields: the shapes that several operations accept. Shape only; meaning is checked in rules.
import { z } from 'zod';

const realDay = (text: string): boolean => {
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
};

/** A calendar day in Viet Nam, `YYYY-MM-DD`, from 1900 to 2199; 2026-02-30 is refused. */
export const day = z
  .string()
  .regex(/^(19|20|21)\d{2}-\d{2}-\d{2}$/, { error: 'day' })
  .refine(realDay, { error: 'day' })
  .meta({ format: 'date', examples: ['2026-08-21'] });

/** A moment with its zone, RFC 3339. */
export const moment = z.iso.datetime({ offset: true, error: 'moment' });

/** An id that a client may make offline and that makes a repeated request harmless: UUID version 7. */
export const newId = z.uuidv7({ error: 'uuidv7' });

/** An id of a stored record. */
export const recordId = z.uuid({ error: 'id' });

// Control characters (NUL among them), bidirectional overrides and isolates, and the replacement character have no place in a stored text.
// eslint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u202A-\u202E\u2066-\u2069\uFFFD]/;

const isCleanText = (value: string): boolean => value.isWellFormed() && !forbidden.test(value);

/** Free text: composed (NFC), trimmed, at most `max` characters, no control or override characters. */
export const text = (max: number, min = 0) =>
  z
    .string()
    .refine(isCleanText, { error: 'characters' })
    .transform((value) => value.normalize('NFC').trim())
    .pipe(z.string().min(min).max(max));

/** One line of text that must not be empty. */
export const line = (max: number) => text(max, 1).refine((value) => !/[\r\n\t]/.test(value), { error: 'one-line' });

/** General Statistics Office code of a province (two digits) or commune (five digits); zeros in front belong to it. */
export const provinceCode = z.string().regex(/^\d{2}$/, { error: 'province-code' });
export const communeCode = z.string().regex(/^\d{5}$/, { error: 'commune-code' });

/** Vietnamese phone number as people write it; kept as digits with a leading 0 (0912 345 678, +84 912 345 678). */
export const phone = z
  .string()
  .max(30)
  .transform((value) => value.replace(/[\s.\-()]/g, '').replace(/^(\+84|0084)/, '0'))
  .pipe(z.string().regex(/^0\d{9,10}$/, { error: 'phone' }));

/** A positive amount with at most three decimals, up to 10 million. */
export const amount = z
  .number()
  .positive()
  .max(10_000_000)
  .refine((value) => Math.abs(value * 1000 - Math.round(value * 1000)) < 1e-6, {
    error: 'decimals',
  });

/** SHA-256 in lower-case hex. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, { error: 'sha256' });

/** Cursor paging: `limit` 1-100 (default 20) and the opaque `after` of the page before. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(100).default(20),
  after: z.string().max(200).optional(),
};

/** The version of a record that the person saw when changing it; another one in the store is a conflict. */
export const seenVersion = z.int().min(1);

/** A list that can be searched without marks and sorted: `paging`, `q` (what was typed) and `sort`. */
export const listing = {
  ...paging,
  q: text(100).optional(),
  sort: z.enum(['newest', 'oldest', 'name', 'name-desc']).default('newest'),
};
