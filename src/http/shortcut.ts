// Answers that are given before Express's chain, which costs more than half of what a page from memory does; and what they share with it.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Logger } from 'pino';

/** A short answer: status, headers and the bytes, if any. */
export type ShortAnswer = { status: number; headers: Readonly<Record<string, string>>; body: Buffer | undefined };

/** Gives an answer, or undefined where the usual way has to. What it knows at once it gives at once, without a promise. */
export type Shortcut = (req: IncomingMessage) => Promise<ShortAnswer | undefined> | ShortAnswer | undefined;

const faults = new WeakMap<IncomingMessage, unknown>();

/** Throws what went wrong on the short way, for the usual one to say: it need not be tried, and waited for, twice. */
export function throwShortcutFault(req: IncomingMessage): void {
  const fault = faults.get(req);
  if (fault !== undefined) throw fault instanceof Error ? fault : new Error('the short way failed', { cause: fault });
}

/**
 * Tries the short way and then the usual one. Answers carry `headers` and a request number as all others do; what is logged of them is the
 * same.
 */
export function withShortcut(
  usual: RequestListener,
  shortcut: Shortcut,
  { headers, log }: { headers: Readonly<Record<string, string>>; log: Logger },
): RequestListener {
  // An answer from memory comes again and again with the same headers: they are put together once, as Node takes them fastest.
  const lines = new WeakMap<ShortAnswer['headers'], string[]>();
  const linesOf = (own: ShortAnswer['headers']): string[] => {
    const known = lines.get(own);
    if (known !== undefined) return known;
    const made = Object.entries({ ...headers, ...own }).flat();
    lines.set(own, made);
    return made;
  };
  const send = (req: IncomingMessage, res: ServerResponse, answer: ShortAnswer): void => {
    const id = randomUUID();
    res.writeHead(answer.status, linesOf(answer.headers).concat('X-Request-Id', id));
    res.end(req.method === 'HEAD' ? undefined : answer.body);
    if (log.isLevelEnabled('debug'))
      log.debug({ req: { id, method: req.method }, res: { status: answer.status } }, 'request completed');
  };
  return (req, res) => {
    const trying = shortcut(req);
    if (trying === undefined) {
      usual(req, res);
      return;
    }
    if ('status' in trying) {
      send(req, res, trying);
      return;
    }
    trying.then(
      (answer) => (answer === undefined ? usual(req, res) : send(req, res, answer)),
      (error: unknown) => {
        faults.set(req, error);
        usual(req, res);
      },
    );
  };
}
