// What people type or open to get to a scan page: an address, a code, or the whole printed address pasted.
import { z } from 'zod';
import { longestTypedCode } from '../codes/trace-code.ts';

export const codeParams = z.object({ code: z.string().max(1000) });

/** Most characters of what was typed that a page shows again. */
const longestShown = longestTypedCode;

/** The code within what was typed: the last part of a pasted address, else the whole. */
export function typedCode(typed: unknown): string {
  if (typeof typed !== 'string') return '';
  const text = typed.trim().toWellFormed();
  return /\/t\/([^/?#]+)/i.exec(text)?.[1] ?? text;
}

/** The part of a path behind `/T/`, decoded once; undefined when it can't be decoded. */
export function codeOfPath(path: string): string | undefined {
  const part = path.split('/')[2] ?? '';
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** What was typed, short enough and clean enough to stand in a field again. */
export function shownAgain(typed: string): string {
  return typed.replace(/[\p{Cc}\p{Cf}\uFFFD]/gu, '').slice(0, longestShown);
}
