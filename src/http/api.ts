// API operations: one declaration per operation gives the Express route, the reading of its input and its place in the OpenAPI document.
import express from 'express';
import type { Request, RequestHandler, Response, Router } from 'express';
import type { z } from 'zod';
import type { Actor } from '../actor.ts';
import { AppError } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import type { Language } from '../i18n/i18n.ts';
import { requireRecentProof, requireSecondFactor } from '../proof.ts';
import { languageOf } from './language.ts';
import { actorOf, requireActor } from './pages.ts';
import { readInput } from './read-input.ts';
import { requireSignedIn } from './sign-in.ts';

/** What an operation is, without its handler. Paths are written as in OpenAPI and Express alike, below /api/v1: `/batches/:batch/steps`. */
export type Operation = {
  id: string;
  method: 'get' | 'post' | 'put';
  path: string;
  tag: string;
  summary: { vi: string; en: string };
  /** 'signed-in' needs a cookie or Bearer token; 'half-signed-in' too, also before the second factor was shown; 'public' none. */
  access: 'signed-in' | 'half-signed-in' | 'public';
  /** What the session must have proven in the last 12 hours: the password (an owner's deed) or the second factor (an official's decision). */
  proof?: 'password' | 'second-factor';
  params?: z.ZodObject;
  query?: z.ZodObject;
  /** JSON body. */
  body?: z.ZodType;
  /** Raw body: its media types and limit in bytes. `byHand`: the handler reads it (readSent), so that it may keep what came of a broken one. */
  upload?: { types: readonly string[]; limitBytes: number; byHand?: true };
  /** Answers by status: a schema for JSON, or the media type of something else. `null`: no body. */
  answers: Record<number, z.ZodType | string | null>;
  errors: readonly ErrorCode[];
};

/** The read input of a call. `actor` is there for signed-in operations. */
export type Call<O extends Operation> = {
  params: O['params'] extends z.ZodType ? z.output<O['params']> : Record<string, never>;
  query: O['query'] extends z.ZodType ? z.output<O['query']> : Record<string, never>;
  body: O['body'] extends z.ZodType ? z.output<O['body']> : undefined;
  /** The raw body of an upload that is not read by hand; empty when nothing came. */
  sent: O['upload'] extends { byHand: true } ? undefined : O['upload'] extends object ? Buffer : undefined;
  actor: O['access'] extends 'signed-in' ? Actor : Actor | undefined;
  language: Language;
  req: Request;
  res: Response;
};

/** JSON answer: status, body, and where the new record is. Return undefined when the handler has answered by itself (a file). */
export type Answer = { status: number; json: unknown; location?: string };

/** Refuses who may not come to an operation at all: see access.ts. */
export type Gate = (
  operationId: string,
  actor: Actor | undefined,
  params: Readonly<Record<string, string>>,
  notFound: ErrorCode,
) => Promise<void>;

export type Api = { router: Router; operations: Operation[]; clock: () => Date; gate: Gate };

/** `clock` tells how old a proof is. Without a gate only the services ask: for tests of single operations and programs that serve nobody. */
export function createApi(options: { clock?: () => Date; gate?: Gate } = {}): Api {
  const { clock = () => new Date(), gate = () => Promise.resolve() } = options;
  return { router: express.Router(), operations: [], clock, gate };
}

const readPart = <S extends z.ZodType>(
  schema: S | undefined,
  raw: unknown,
  notFound: ErrorCode | undefined,
): unknown => {
  if (schema === undefined) return {};
  const read = readInput(schema, raw);
  if (read.ok) return read.value;
  // An id in the address that is no id names nothing: 404, as for an id that is not there.
  if (notFound !== undefined) throw new AppError(notFound);
  throw new AppError('fields-wrong', {}, { fields: read.errors });
};

const requireJson = (req: Request): void => {
  if (req.is('application/json') === false || req.get('content-type') === undefined)
    throw new AppError('unsupported-type');
};

// A file of nothing has no body to read; one of another type is no file.
const sentIn = (req: Request, types: readonly string[]): Buffer => {
  const body: unknown = req.body;
  if (Buffer.isBuffer(body)) return body;
  const sentType = req.get('content-type') ?? '';
  if (types.some((type) => sentType.startsWith(type))) return Buffer.alloc(0);
  throw new AppError('unsupported-type');
};

/**
 * Registers an operation. Order: signed in? (401), address (404), the gate (403, 404), query, body (415, 422), then the handler, which calls one service function.
 * The first of the operation's errors that is a 404 answers for an id in the address that can't be read.
 */
export function addOperation<const O extends Operation>(
  api: Api,
  operation: O,
  handle: (call: Call<O>) => Promise<Answer | undefined>,
): void {
  const notFound = operation.errors.find((code) => code.endsWith('-not-found') || code === 'code-unknown');
  api.operations.push(operation);
  const upload = operation.upload?.byHand === true ? undefined : operation.upload;
  const raw = upload === undefined ? [] : [express.raw({ type: [...upload.types], limit: upload.limitBytes })];
  const enter: RequestHandler = async (req, res, next) => {
    const actor = operation.access === 'signed-in' ? requireActor(res) : actorOf(res);
    if (operation.access === 'half-signed-in') requireSignedIn(res);
    const params = readPart(operation.params, { ...req.params }, notFound ?? 'page-not-found');
    await api.gate(operation.id, actor, params as Record<string, string>, notFound ?? 'page-not-found');
    if (operation.proof === 'password') requireRecentProof(requireSignedIn(res), api.clock());
    if (operation.proof === 'second-factor') requireSecondFactor(requireSignedIn(res), api.clock());
    res.locals['params'] = params;
    next();
  };
  api.router[operation.method](operation.path, enter, ...raw, async (req, res) => {
    const actor = actorOf(res);
    const params: unknown = res.locals['params'];
    const query = readPart(operation.query, { ...req.query }, undefined);
    if (operation.body !== undefined) requireJson(req);
    const body = operation.body === undefined ? undefined : readPart(operation.body, req.body as unknown, undefined);
    const sent = upload === undefined ? undefined : sentIn(req, upload.types);
    const answer = await handle({ params, query, body, sent, actor, language: languageOf(res), req, res } as Call<O>);
    if (answer === undefined) return;
    if (answer.location !== undefined) res.location(answer.location);
    res.set('Cache-Control', 'no-store');
    res.status(answer.status);
    if (answer.json === null) res.end();
    else res.json(answer.json);
  });
}
