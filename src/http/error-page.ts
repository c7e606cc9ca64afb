// The only place that turns an error into an answer: a page for people, RFC 9457 problem details for programs.
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import multer from 'multer';
import type { Logger } from 'pino';
import { isStoreAway } from '../db/indexes.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { apiBase, paths } from '../paths.ts';
import { authorityCall } from './authority.ts';
import { languageOf } from './language.ts';
import { errorMessage, fieldMessage, sendPage } from './pages.ts';
import { sendProveAgain } from './prove-again.ts';
import { isSessionOver } from './sign-in.ts';

/** RFC 9457 problem details with titles in both languages and a pointer per field. */
export type Problem = {
  type: string;
  title: string;
  titleEn: string;
  status: number;
  instance: string;
  errors?: { pointer: string; code: string; detail: string; detailEn: string }[];
  [fact: string]: unknown;
};

const problemOf = (error: AppError, requestId: string): Problem => ({
  type: `/problems/${error.code}`,
  title: errorMessage('vi', error),
  titleEn: errorMessage('en', error),
  status: error.status,
  instance: `urn:request:${requestId}`,
  ...error.facts,
  ...(Object.keys(error.fields).length === 0
    ? {}
    : {
        errors: Object.entries(error.fields).map(([field, fault]) => ({
          pointer: field === '' ? '' : `/${field.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('.', '/')}`,
          code: fault.code,
          detail: fieldMessage('vi', fault),
          detailEn: fieldMessage('en', fault),
        })),
      }),
});

type Faulty = { type?: unknown; status?: unknown; statusCode?: unknown; limit?: unknown };

/** A limit in bytes as people read it: 100 KB, 25 MB. */
const sizeWords = (bytes: number): string =>
  bytes >= 1024 * 1024 ? `${Math.round(bytes / 1024 / 1024)} MB` : `${Math.round(bytes / 1024)} KB`;

const bodyFaults: Record<string, AppError['code']> = {
  'entity.parse.failed': 'unreadable-body',
  'not-utf8': 'not-utf8',
  'encoding.unsupported': 'unsupported-type',
  'charset.unsupported': 'unsupported-type',
  'request.aborted': 'unreadable-body',
  'request.size.invalid': 'unreadable-body',
  'parameters.too.many': 'too-large',
  'querystring.parse.rangeError': 'unreadable-body',
};

/** Known low-level failures get their code; anything else stays what it is. */
const asAppError = (error: unknown): AppError | undefined => {
  if (error instanceof AppError) return error;
  if (error instanceof URIError) return new AppError('unreadable-address', {}, { cause: error });
  if (error instanceof multer.MulterError) {
    return error.code === 'LIMIT_FILE_SIZE'
      ? new AppError('too-large', { limit: '25 MB' }, { cause: error })
      : new AppError('unreadable-body', {}, { cause: error });
  }
  if (isStoreAway(error)) return new AppError('store-away', {}, { cause: error });
  const { type, status, statusCode, limit } = error as Faulty;
  if (type === 'entity.too.large')
    return new AppError('too-large', { limit: sizeWords(Number(limit)) }, { cause: error });
  if (typeof type === 'string' && Object.hasOwn(bodyFaults, type))
    return new AppError(bodyFaults[type] ?? 'unreadable-body', {}, { cause: error });
  if ((status ?? statusCode) === 400) return new AppError('unreadable-address', {}, { cause: error });
  return undefined;
};

/** Programs get JSON: everything under the API, and whoever asks for JSON and not for HTML. */
const wantsProblem = (req: Request): boolean =>
  req.path.startsWith(apiBase) || req.accepts(['html', 'json']) === 'json';

const requestId = (req: Request): string => (typeof req.id === 'string' ? req.id : '');

/** The sign-in page: back from there to a page that was asked for, and a word to those whose session is over. */
const toSignIn = (req: Request, res: Response): string => {
  const next = req.method === 'GET' ? [`next=${encodeURIComponent(req.originalUrl)}`] : [];
  const query = [...next, ...(isSessionOver(res) ? ['ended=1'] : [])];
  return query.length === 0 ? paths.signIn : `${paths.signIn}?${query.join('&')}`;
};

/** The whole answer to an error. */
export function answerError(log: Logger, authority?: Deps['authority']): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    const known = asAppError(error);
    const answer = known ?? new AppError('internal-fault', {}, { cause: error });
    if (answer.status >= 500) log.error({ err: error, requestId: req.id }, 'request failed');
    if (res.headersSent) {
      next(error);
      return;
    }
    if (answer.status === 503) res.set('Retry-After', '5');
    if (typeof answer.facts['seconds'] === 'number') res.set('Retry-After', String(answer.facts['seconds']));
    res.set('Cache-Control', 'no-store');
    sendError(req, res, answer, authority);
  };
}

const sendError = (req: Request, res: Response, error: AppError, authority: Deps['authority']): void => {
  if (wantsProblem(req)) {
    if (error.status === 401) res.set('WWW-Authenticate', 'Bearer');
    res
      .status(error.status)
      .type('application/problem+json')
      .send(JSON.stringify(problemOf(error, requestId(req))));
    return;
  }
  if (error.code === 'not-signed-in' || error.code === 'session-ended') {
    res.redirect(303, toSignIn(req, res));
    return;
  }
  if (error.code === 'second-factor-needed' && req.method === 'GET') {
    res.redirect(303, `${paths.secondFactor}?next=${encodeURIComponent(req.originalUrl)}`);
    return;
  }
  if (error.code === 'second-factor-needed' || error.code === 'password-needed') {
    sendProveAgain(req, res, error.code === 'password-needed' ? 'password' : 'code', '');
    return;
  }
  const language = languageOf(res);
  const message = errorMessage(language, error);
  const fields = Object.values(error.fields).map((fault) => fieldMessage(language, fault));
  sendPage(
    req,
    res,
    'errors/error',
    {
      message,
      fields,
      requestId: requestId(req),
      isFault: error.status >= 500,
      authority: authorityCall(language, authority),
      // What was scanned, for the reader to keep when the register can't be opened.
      askedCode: typeof res.locals['askedCode'] === 'string' ? res.locals['askedCode'] : '',
    },
    { title: message, layout: 'public', status: error.status },
  );
};

/** Last in line: nothing matched. */
export const answerNotFound: RequestHandler = () => {
  throw new AppError('page-not-found');
};
