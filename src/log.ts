// The log, and what of an error may stand in it. Errors of drivers and parsers carry what people sent (bodies, keys of an index, headers): of an
// error the log gets its kind, its words without what looks like a secret or a stored value, its stack and its causes, and no other property.
import pino from 'pino';
import type { DestinationStream, Logger } from 'pino';

export type LoggedError = { type: string; message: string; stack: string; code?: string; cause?: LoggedError };

const hidden = '[…]';

const scrub = (text: string): string =>
  text
    // What a unique index refused, and what could not be cast, are values that somebody stored or sent.
    .replace(/dup key: \{[^\n]*\}/g, `dup key: ${hidden}`)
    .replace(/for value "[^\n]*?" \(type/g, `for value ${hidden} (type`)
    .replace(/\b(bearer|basic)\s+\S+/gi, `$1 ${hidden}`)
    .replace(
      /\b(password|token|secret|cookie|authorization|access|refresh)(["']?\s*[=:]\s*)[^\s,;}]+/gi,
      `$1$2${hidden}`,
    )
    // Tokens have 43 characters or more, and so do hashes and keys.
    .replace(/[\w.-]{40,}/g, (run) => (/^[\w-]+\.(ts|js|mjs|cjs)$/.test(run) ? run : hidden));

/** An error as the log keeps it. */
export function errorForLog(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'no error was thrown but a value', stack: '' };
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: scrub(error.message),
    stack: scrub(error.stack ?? ''),
    ...(typeof code === 'string' || typeof code === 'number' ? { code: String(code) } : {}),
    ...(error.cause === undefined || depth >= 4 ? {} : { cause: errorForLog(error.cause, depth + 1) }),
  };
}

/** The log of the whole process. */
export function makeLog(level: string, destination: DestinationStream): Logger {
  return pino({ level, serializers: { err: (error: unknown) => errorForLog(error) } }, destination);
}
