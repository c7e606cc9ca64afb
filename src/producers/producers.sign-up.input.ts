// What somebody gives to register their own organisation.
import { z } from 'zod';
import { communeCode, line, newId, phone, provinceCode, recordId, text } from '../fields.ts';
import { login, newPassword } from '../login-fields.ts';
import { registeredKinds } from './producers.types.ts';
import { isProvinceCode } from '../units/provinces.types.ts';

/** Versions of the terms and of the words on personal data that the form shows; raised when a text changes. */
export const termsVersion = '2026-11';
export const consentVersion = '2026-11';

const street = text(160).refine((value) => !/[\r\n\t]/.test(value), { error: 'one-line' });
const agreed = z.literal(true, { error: 'agree' });

/** `id` becomes the producer's. Agreeing to the terms and to the use of personal data are two things; what a household
 * shows is asked item by item once it has signed in. */
export const newSignUp = z.strictObject({
  id: newId,
  kind: z.enum(registeredKinds),
  legalName: line(200),
  registrationNumber: line(40),
  address: z.strictObject({
    communeCode,
    communeName: line(80),
    provinceCode: provinceCode.refine(isProvinceCode, { error: 'choice' }),
    street: street.default(''),
  }),
  representative: line(120),
  login,
  hotline: phone.or(z.literal('')).default(''),
  password: newPassword,
  agreesToTerms: agreed,
  agreesToData: agreed,
});
export type NewSignUp = z.output<typeof newSignUp>;

/** What the holder of a login says to an application that was sent with it. */
export const signUpAnswer = z.strictObject({ isMine: z.boolean() });
export type SignUpAnswer = z.output<typeof signUpAnswer>;

/** An officer gives the record that is in the register already to the applicant; the application is refused with the reason. */
export const givenRecord = z.strictObject({ id: newId, recordId, reason: text(1000).default('') });
export type GivenRecord = z.output<typeof givenRecord>;
