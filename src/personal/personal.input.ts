// What somebody sends to have a person erased.
import { z } from 'zod';
import { newId } from '../fields.ts';

/** `withContents`: the notes and photos of what the person recorded go as well. `sure` is the tick of the form. */
export const newPersonErasure = z.strictObject({
  id: newId,
  withContents: z.boolean().default(false),
  sure: z.literal(true, { error: 'required' }),
});
export type NewPersonErasure = z.output<typeof newPersonErasure>;
