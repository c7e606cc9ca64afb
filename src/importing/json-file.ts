// JSON files of reference data: read as UTF-8, and what a schema finds wrong as faults with the path to each.
import { isUtf8 } from 'node:buffer';
import type { z } from 'zod';
import type { ImportFault, ImportFile } from './importing.types.ts';

export type ReadJson = { ok: true; value: unknown } | { ok: false; faults: ImportFault[] };

/** The parsed file, or one fault for the whole: `not-utf8`, `not-json`. A byte order mark is no part of it. */
export function readJson(file: ImportFile): ReadJson {
  if (!isUtf8(file.bytes)) return { ok: false, faults: [{ column: '', code: 'not-utf8' }] };
  const text = file.bytes.toString('utf8').replace(/^\uFEFF/, '');
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return { ok: false, faults: [{ column: '', code: 'not-json' }] };
  }
}

/** Whether a file is JSON rather than a table: its first sign is a bracket. */
export function looksLikeJson(file: ImportFile): boolean {
  return /^\uFEFF?\s*[[{]/.test(file.bytes.subarray(0, 200).toString('utf8'));
}

/** `parts[0].sections[2].maxPoints`, as a programmer would write it. */
const pathWords = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (words, key) =>
      typeof key === 'number' ? `${words}[${key}]` : words === '' ? String(key) : `${words}.${String(key)}`,
    '',
  );

// Messages that schemas of this project give are codes; zod's own are sentences.
const isOwnCode = (message: string): boolean => /^[a-z][a-z0-9-]*$/.test(message);

const codeOf = (issue: z.core.$ZodIssue): Omit<ImportFault, 'column'> => {
  if (issue.input === undefined && issue.code === 'invalid_type') return { code: 'required' };
  if (isOwnCode(issue.message)) return { code: issue.message };
  // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- the rest are all of a wrong form
  switch (issue.code) {
    case 'invalid_type':
      return { code: issue.expected === 'number' ? 'number' : 'type' };
    case 'too_small': {
      const minimum = Number(issue.minimum);
      if (issue.origin === 'string')
        return minimum === 1 ? { code: 'required' } : { code: 'too-short', facts: { minimum } };
      return { code: issue.origin === 'array' ? 'too-few' : 'too-small', facts: { minimum } };
    }
    case 'too_big': {
      const maximum = Number(issue.maximum);
      if (issue.origin === 'string') return { code: 'too-long', facts: { maximum } };
      return { code: issue.origin === 'array' ? 'too-many' : 'too-big', facts: { maximum } };
    }
    case 'invalid_value':
    case 'invalid_union':
      return { code: 'choice' };
    default:
      return { code: 'format' };
  }
};

const mostFaults = 50;

/** Every fault that a schema found (parsed with `reportInput: true`), at most 50, by their paths below `root`. */
export function faultsOf(error: z.ZodError, root: readonly PropertyKey[] = []): ImportFault[] {
  return error.issues
    .flatMap((issue): ImportFault[] =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ column: pathWords([...root, ...issue.path, key]).slice(0, 200), code: 'unknown' }))
        : [{ column: pathWords([...root, ...issue.path]), ...codeOf(issue) }],
    )
    .slice(0, mostFaults);
}
