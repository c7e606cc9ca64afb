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
