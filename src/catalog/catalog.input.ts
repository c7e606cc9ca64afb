// What the public lists can be asked. Addresses are shared and mistyped: what can't be read is left out and never a fault.
import { z } from 'zod';
import { isProvinceCode } from '../units/provinces.types.ts';

const first = (value: unknown): unknown => (Array.isArray(value) ? (value as unknown[])[0] : value);

/** A value that is left out when it isn't one. */
const lenient = <T extends z.ZodType>(schema: T) => z.preprocess(first, schema.optional().catch(undefined));

const province = lenient(z.string().refine(isProvinceCode));

export const recallQuery = z.object({
  state: lenient(z.enum(['open', 'closed'])),
  province,
  after: lenient(z.uuid()),
});
export type RecallQuery = z.output<typeof recallQuery>;

/** Most characters of a question that are read. */
export const longestQuestion = 200;

export const searchQuery = z.object({
  q: z.preprocess(first, z.string().catch('')).transform((typed) =>
    typed
      .toWellFormed()
      .replace(/[\p{Cc}\p{Cf}\uFFFD]/gu, ' ')
      .trim()
      .slice(0, longestQuestion),
  ),
  province,
  commune: lenient(z.string().regex(/^\d{5}$/)),
  set: lenient(z.coerce.number().int().min(1).max(26)),
  stars: lenient(z.coerce.number().int().min(3).max(5)),
  page: z.preprocess(first, z.coerce.number().int().min(1).max(10).catch(1)),
});
export type SearchQuery = z.output<typeof searchQuery>;

/** `province` opens a province, `commune` one of its communes. */
export const mapQuery = searchQuery.pick({ province: true, commune: true, set: true, stars: true });
export type MapQuery = z.output<typeof mapQuery>;
