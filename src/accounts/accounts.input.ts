// What people give to sign in, to be set up as first administrator, and to make a person.
import { z } from 'zod';
import { communeCode, line, newId, paging, provinceCode, recordId } from '../fields.ts';
import { login, newPassword, password } from '../login-fields.ts';

/** One's own password: the present one too, where there is one. */
export const passwordChange = z.strictObject({ present: password.optional(), password: newPassword });
export type PasswordChange = z.output<typeof passwordChange>;

export const passwordProof = z.strictObject({ password });

/** A code of the second factor as typed: six digits of an app, or a recovery code. */
const code = z.string().trim().min(1).max(100);
export const codeProof = z.strictObject({ code });

export const credentials = z.strictObject({ login, password });
export type Credentials = z.output<typeof credentials>;

/** Where to go after sign-in: a path of this product. `//host`, `/\host`, other schemes and control characters are no path. */
export const ownPath = z
  .string()
  .max(1000)
  .regex(/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/)
  .refine((value) => new URL(value, 'http://own.invalid').origin === 'http://own.invalid')
  .refine((value) => !/^\/sign-(in|out)(?![^/?#])/.test(value));

/** The sign-in form: a bad `next` is left out, not complained about. */
export const signInForm = credentials.extend({ next: ownPath.optional().catch(undefined) });

/** The form of a code: a bad `next` is left out, not complained about. */
export const codeForm = codeProof.extend({ next: ownPath.optional().catch(undefined) });

/** A one-time token as it stands in a link. */
export const linkToken = z.string().regex(/^[\w-]{43}$/, { error: 'format' });
export const passwordReset = z.strictObject({ password: newPassword });
export const linkReset = z.strictObject({ token: linkToken, password: newPassword });
export const linkSignIn = z.strictObject({ token: linkToken });

export const refreshInput = z.strictObject({ refreshToken: z.string().min(1).max(200) });

const name = line(120);

export const firstAdmin = z.strictObject({ name, login, password: newPassword });
export type FirstAdmin = z.output<typeof firstAdmin>;

export const role = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('producer'), producerId: recordId }),
  z.strictObject({ kind: z.literal('recorder'), producerId: recordId }),
  z.strictObject({ kind: z.literal('digital-team'), communeCode }),
  z.strictObject({ kind: z.literal('commune-officer'), communeCode }),
  z.strictObject({ kind: z.literal('province-officer'), provinceCode }),
  z.strictObject({ kind: z.literal('ministry-officer') }),
  z.strictObject({ kind: z.literal('admin') }),
]);

/** A person and what they may do. A password is the person's own business: they come in by a link. */
export const newUser = z.strictObject({ id: newId, name, login, roles: z.array(role).min(1).max(20) });
export type NewUser = z.output<typeof newUser>;

const person = { id: newId, name, login };

/** The same as a form: one role; the fields of the roles that were not chosen are left out. */
export const newUserForm = z
  .discriminatedUnion('kind', [
    z.object({ ...person, kind: z.literal('producer'), producerId: recordId }),
    z.object({ ...person, kind: z.literal('recorder'), producerId: recordId }),
    z.object({ ...person, kind: z.literal('digital-team'), communeCode }),
    z.object({ ...person, kind: z.literal('commune-officer'), communeCode }),
    z.object({ ...person, kind: z.literal('province-officer'), provinceCode }),
    z.object({ ...person, kind: z.literal('ministry-officer') }),
    z.object({ ...person, kind: z.literal('admin') }),
  ])
  .transform(({ id, name, login, ...role }): NewUser => ({ id, name, login, roles: [role] }));

export const userPaging = z.object(paging);
export type UserPaging = z.output<typeof userPaging>;
