// What an owner gives to add a recorder, and what a phone gives to join.
import { z } from 'zod';
import { line, newId, phone, text } from '../fields.ts';

/** Version of the words that the owner reads to the person; raised when they change. */
export const recorderConsentVersion = '2026-11';

export const memberName = z.strictObject({ name: line(120) });

export const newMember = z.strictObject({
  id: newId,
  name: line(120),
  phone: phone.or(z.literal('')).default(''),
  agreed: z.literal(true, { error: 'agree' }),
});
export type NewMember = z.output<typeof newMember>;

/** The form asks for the owner's password too, where it was not shown lately. */
const password = z.string().max(200).default('');
export const newMemberForm = newMember.extend({ password });

export const newJoinCode = z.strictObject({ endsOthers: z.boolean().default(false) });
export const newJoinCodeForm = newJoinCode.extend({ password });

const symbols = /^[0-9A-HJKMNP-TV-Z]{10}$/;

/** Ten symbols as people type them: blanks and dashes anywhere, small letters, I and L for 1, O for 0. */
export const joinCode = text(40)
  .transform((typed) => typed.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0'))
  .refine((code) => symbols.test(code), { error: 'join-code' });
export const joining = z.strictObject({ code: joinCode });
