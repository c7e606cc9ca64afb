// What is sent to have a second factor renewed.
import { z } from 'zod';
import { newId } from '../fields.ts';
import { login } from '../login-fields.ts';

/** One's own, whose person the session says. */
export const ownRenewal = z.strictObject({ id: newId });

/** A colleague's, by how they sign in: an officer knows that, and no list of people is needed. */
export const colleagueRenewal = z.strictObject({ id: newId, login });
export type ColleagueRenewal = z.output<typeof colleagueRenewal>;
