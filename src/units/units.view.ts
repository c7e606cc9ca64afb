// Units as JSON.
import { z } from 'zod';
import type { Unit } from './units.types.ts';
import { unitKinds } from './units.types.ts';

export const unitAnswer = z.object({
  code: z.string(),
  name: z.string(),
  fullName: z.string(),
  kind: z.enum(unitKinds),
  parentCode: z.string(),
});

export const unitListAnswer = z.object({ items: z.array(unitAnswer), next: z.string().nullable() });

export function unitJson({ code, name, fullName, kind, parentCode }: Unit): z.output<typeof unitAnswer> {
  return { code, name, fullName, kind, parentCode };
}
