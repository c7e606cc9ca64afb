// Bad input is an expected answer: readInput returns it and does not throw.
import type { z } from 'zod';
import type { FieldError, FieldErrors } from '../errors.ts';
import { vi } from '../i18n/vi.ts';

/** What a schema made of raw input: the value, or per field (dotted name, `` for the whole) what is wrong. */
export type Read<T> = { ok: true; value: T } | { ok: false; errors: FieldErrors };

type Issue = z.core.$ZodIssue;

const sized = (origin: string, kinds: { string: string; array: string; number: string }): string =>
  origin === 'string' ? kinds.string : origin === 'array' || origin === 'set' ? kinds.array : kinds.number;

const knownField = (message: string): boolean => Object.hasOwn(vi.fields, message);

const describe = (issue: Issue): FieldError => {
  if (issue.input === undefined && issue.code !== 'custom') return { code: 'required' };
  if (knownField(issue.message)) return { code: issue.message };
  // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- the rest are all of a wrong form
  switch (issue.code) {
    case 'invalid_type':
      return { code: issue.expected === 'number' ? 'number' : issue.expected === 'int' ? 'whole-number' : 'type' };
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return { code: 'required' };
      if (issue.origin === 'number' && issue.minimum === 0 && issue.inclusive === false) return { code: 'above-zero' };
      return {
        code: sized(issue.origin, { string: 'too-short', array: 'too-few', number: 'too-small' }),
        facts: { minimum: Number(issue.minimum) },
      };
    case 'too_big':
      return {
        code: sized(issue.origin, { string: 'too-long', array: 'too-many', number: 'too-big' }),
        facts: { maximum: Number(issue.maximum) },
      };
    case 'invalid_value':
      return { code: 'choice' };
    case 'invalid_union':
      return { code: 'choice' };
    case 'invalid_format':
      return { code: knownField(issue.format) ? issue.format : 'format' };
    default:
      return { code: 'format' };
  }
};

const collect = (issues: readonly Issue[]): FieldErrors => {
  const errors: FieldErrors = {};
  for (const issue of issues) {
    const field = issue.path.map(String).join('.');
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys)
        errors[[...issue.path.map(String), key].join('.').slice(0, 100)] ??= { code: 'unknown' };
    } else {
      errors[field] ??= describe(issue);
    }
  }
  return errors;
};

/** Reads raw input (a parsed body, a query, path parameters) by a schema. */
export function readInput<S extends z.ZodType>(schema: S, raw: unknown): Read<z.output<S>> {
  const read = schema.safeParse(raw, { reportInput: true });
  return read.success ? { ok: true, value: read.data } : { ok: false, errors: collect(read.error.issues) };
}
