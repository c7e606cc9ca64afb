// A sent form: read by the schema of the operation, done by one service function, and given back with what was typed when it can't be done.
import type { Request, Response } from 'express';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { AppError } from '../errors.ts';
import type { FieldErrors } from '../errors.ts';
import { t } from '../i18n/i18n.ts';
import { languageOf } from './language.ts';
import { errorMessage, formState } from './pages.ts';
import type { FormState } from './pages.ts';
import { formInput } from './read-form.ts';
import { readInput } from './read-input.ts';

export type SentForm<S extends z.ZodType> = {
  schema: S;
  /** All fields of the form; a hidden `id` among them makes a second sending harmless. */
  names: readonly string[];
  /** i18n key of the fields' names (`batches.fields`), for the summary on top. */
  fieldWords?: string;
  /** The texts to read, when the form says it in other words than the schema; what was typed stays the parsed body. */
  body?: unknown;
  /** Does it (one service function) and says where to go; undefined when it has answered by itself (with what is shown only once). */
  act: (value: z.output<S>) => Promise<string | undefined>;
  /** Sends the page of the form again. */
  again: (form: FormState, status: number) => Promise<void> | void;
};

/** Refusals that the person can mend in the form: conflicts and rules, files too large or of a wrong kind, wrong fields, too many attempts. */
const mendable: ReadonlySet<number> = new Set([409, 413, 415, 422, 429]);

// Of what 401 can mean, a wrong password alone is mended where it was typed.
const isMendable = (error: unknown): error is AppError =>
  error instanceof AppError && (mendable.has(error.status) || error.code === 'wrong-credentials');

/** 303 to where `act` says; a refusal that can be mended is the form again, with its status, its message on top and what was typed kept. */
export async function submitForm<S extends z.ZodType>(req: Request, res: Response, sent: SentForm<S>): Promise<void> {
  const language = languageOf(res);
  const body: unknown = req.body ?? {};
  const stateOf = (errors: FieldErrors): FormState =>
    formState(language, sent.names, body, errors, sent.fieldWords ?? '');
  const read = readInput(sent.schema, formInput(sent.schema, sent.body ?? body));
  if (!read.ok) {
    await sent.again(stateOf(read.errors), 422);
    return;
  }
  let address: string | undefined;
  try {
    address = await sent.act(read.value);
  } catch (error) {
    if (!isMendable(error)) throw error;
    if (typeof error.facts['seconds'] === 'number') res.set('Retry-After', String(error.facts['seconds']));
    await sent.again(refused(stateOf(error.fields), error, res), error.status);
    return;
  }
  if (address !== undefined) res.redirect(303, address);
}

const refused = (form: FormState, error: AppError, res: Response): FormState => {
  const language = languageOf(res);
  // Saved, gone back, changed, saved again: the first record stands, and the next press makes a second one under a new id.
  if (error.code === 'id-with-other-content' && form.values['id'] !== undefined) {
    return { ...form, values: { ...form.values, id: uuidv7() }, alert: t(language, 'common.formSentBefore') };
  }
  return error.code === 'fields-wrong' ? form : { ...form, alert: errorMessage(language, error) };
};
