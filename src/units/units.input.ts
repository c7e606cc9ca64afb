// What people ask of the lists of units.
import { z } from 'zod';
import { paging, provinceCode, text } from '../fields.ts';
import { isProvinceCode } from './provinces.types.ts';

export const provincePage = z.strictObject({ q: text(100).optional(), ...paging });
export type ProvincePage = z.output<typeof provincePage>;

export const communePage = z.strictObject({
  province: provinceCode.refine(isProvinceCode, { error: 'choice' }).optional(),
  q: text(100).optional(),
  ...paging,
});
export type CommunePage = z.output<typeof communePage>;
