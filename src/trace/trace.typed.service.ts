// The facts of a code as people typed it or a program sent it, for features that hang on a label's page.
import { readCode } from '../codes/trace-code.ts';
import type { CodeKey } from '../codes/trace-code.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { findTrace, tracePage } from './trace.service.ts';
import type { TraceFacts } from './trace.types.ts';

/** undefined for what is no code, and for a code that was never printed. */
export async function findTraceOfTyped(
  db: Db,
  codeKey: CodeKey,
  typed: string,
  now: Date,
): Promise<TraceFacts | undefined> {
  const read = readCode(typed);
  return read.ok ? findTrace(db, codeKey, read.code, now) : undefined;
}

/** The same; throws 'code-malformed' and 'code-unknown'. */
export async function tracePageOfTyped(db: Db, codeKey: CodeKey, typed: string, now: Date): Promise<TraceFacts> {
  const read = readCode(typed);
  if (!read.ok) throw new AppError('code-malformed', read.groups === undefined ? {} : { groups: read.groups });
  return tracePage(db, codeKey, read.code, now);
}
