// The real app over a real store on a free loopback port. Only the clock is replaced, and the keys are fresh.
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { userModel } from '../../src/accounts/accounts.model.ts';
import { signAccessToken } from '../../src/accounts/accounts.tokens.ts';
import { insertSession } from '../../src/accounts/sessions.model.ts';
import type { Actor } from '../../src/actor.ts';
import { checksDone } from '../../src/labels/labels.check.service.ts';
import { createApp } from '../../src/app.ts';
import { makeCodeKey } from '../../src/codes/trace-code.ts';
import type { Db } from '../../src/db/connect.ts';
import { ensureIndexes } from '../../src/db/indexes.ts';
import type { Deps } from '../../src/deps.ts';
import { makeServer } from '../../src/http/server.ts';
import { appDatabase, giveBackDatabase } from './store.ts';

export type ApiAnswer = { status: number; body: Record<string, unknown>; headers: Headers };

/** Speaks to the API as one person (Bearer) or as a stranger. */
export type Client = {
  get(path: string, headers?: Record<string, string>): Promise<ApiAnswer>;
  post(path: string, json: unknown, headers?: Record<string, string>): Promise<ApiAnswer>;
  /** What is no JSON: a PDF, a picture. */
  bytes(path: string): Promise<{ status: number; bytes: Uint8Array; headers: Headers }>;
  put(path: string, bytes: Uint8Array, contentType: string, headers?: Record<string, string>): Promise<ApiAnswer>;
  head(path: string): Promise<{ status: number; headers: Headers }>;
  /** The Bearer token, for requests that are made by hand; '' for a stranger. */
  token(): Promise<string>;
  /** A request made by hand, by Bearer below /api and by cookie elsewhere; does not follow redirects. */
  send(method: string, path: string, init: RequestInit): Promise<{ status: number; location: string; text: string }>;
  /** A form as a browser would send it; does not follow redirects. */
  postForm(
    path: string,
    fields: Record<string, string> | URLSearchParams | FormData,
  ): Promise<{ status: number; text: string; headers: Headers }>;
  page(path: string, headers?: Record<string, string>): Promise<{ status: number; text: string; headers: Headers }>;
};

export type TestApp = {
  url: string;
  db: Db;
  deps: Deps;
  setNow(now: string): void;
  as(actor: Actor | undefined): Client;
  close(): Promise<void>;
};

/** `pagesFreshMs`: how long a code's page is given out without comparing; 0 compares each time. */
export type TestAppOptions = {
  now?: string;
  baseUrl?: string;
  pagesFreshMs?: number;
  placeOf?: NonNullable<Deps['placeOf']>;
  authority?: NonNullable<Deps['authority']>;
};

const clientFor = (url: string, token: () => Promise<string | undefined>): Client => {
  const withToken = async (headers: Record<string, string> = {}): Promise<Record<string, string>> => {
    const value = await token();
    return value === undefined ? headers : { authorization: `Bearer ${value}`, ...headers };
  };
  const asJson = async (answer: Response): Promise<ApiAnswer> => {
    const text = await answer.text();
    const body =
      text.startsWith('{') || text.startsWith('[') ? (JSON.parse(text) as Record<string, unknown>) : { text };
    return { status: answer.status, body, headers: answer.headers };
  };
  const asPage = async (answer: Response) => ({
    status: answer.status,
    text: await answer.text(),
    headers: answer.headers,
  });
  const cookies = async (): Promise<Record<string, string>> => {
    const value = await token();
    return value === undefined ? {} : { cookie: `access=${value}` };
  };
  return {
    bytes: async (path) => {
      const answer = await fetch(url + path, { headers: await withToken() });
      return { status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()), headers: answer.headers };
    },
    get: async (path, headers) =>
      asJson(await fetch(url + path, { headers: await withToken({ accept: 'application/json', ...headers }) })),
    post: async (path, json, headers) =>
      asJson(
        await fetch(url + path, {
          method: 'POST',
          headers: await withToken({ 'content-type': 'application/json', ...headers }),
          body: typeof json === 'string' ? json : json instanceof Uint8Array ? Buffer.from(json) : JSON.stringify(json),
        }),
      ),
    head: async (path) => fetch(url + path, { method: 'HEAD', headers: await withToken() }),
    token: async () => (await token()) ?? '',
    put: async (path, bytes, contentType, headers) =>
      asJson(
        await fetch(url + path, {
          method: 'PUT',
          headers: await withToken({ 'content-type': contentType, ...headers }),
          body: Buffer.from(bytes),
        }),
      ),
    send: async (method, path, init) => {
      const who = path.startsWith('/api/') ? await withToken() : { origin: url, ...(await cookies()) };
      const headers = { ...who, ...(init.headers as Record<string, string>) };
      const answer = await fetch(url + path, { ...init, method, headers, redirect: 'manual' });
      return { status: answer.status, location: answer.headers.get('location') ?? '', text: await answer.text() };
    },
    postForm: async (path, fields) =>
      asPage(
        await fetch(url + path, {
          method: 'POST',
          redirect: 'manual',
          headers: { accept: 'text/html', origin: url, ...(await cookies()) },
          body: fields instanceof FormData ? fields : new URLSearchParams(fields),
        }),
      ),
    page: async (path, headers) =>
      asPage(
        await fetch(url + path, {
          redirect: 'manual',
          headers: { accept: 'text/html', ...(await cookies()), ...headers },
        }),
      ),
  };
};

// Stores an actor as a person with an open session; asked with another name or other roles, the person has those from then on.
const storedSessions = (db: Db): ((actor: Actor) => Promise<string>) => {
  const known = new Map<string, { as: string; sessionId: Promise<string> }>();
  const store = async ({ userId, name, roles }: Actor): Promise<string> => {
    const person = { name, login: `${userId}@example.vn`, roles: [...roles], createdAt: new Date(0) };
    await userModel(db).updateOne({ _id: userId }, { $set: person }, { upsert: true });
    const id = uuidv7();
    const moments = { createdAt: new Date(0), lastUsedAt: new Date(0), expiresAt: new Date('9999-01-01T00:00:00Z') };
    // Whatever a deed may ask for is proven for ever: what is asked is the subject of test/accounts.
    const proof = {
      by: 'password',
      device: '',
      passwordAt: moments.expiresAt,
      secondFactorAt: moments.expiresAt,
    } as const;
    await insertSession(db, { id, userId, ...proof, tokens: { open: [], used: [] }, revision: 0, ...moments });
    return id;
  };
  return (actor) => {
    const as = JSON.stringify(actor);
    const last = known.get(actor.userId);
    if (last?.as === as) return last.sessionId;
    const sessionId = store(actor);
    known.set(actor.userId, { as, sessionId });
    return sessionId;
  };
};

/** Starts the app on a new, empty database. `now` is the moment that its clock shows (default 2026-09-04 09:41 in Viet Nam). */
export async function testApp(options: TestAppOptions = {}): Promise<TestApp> {
  let now = new Date(options.now ?? '2026-09-04T09:41:00+07:00');
  const db = await appDatabase();
  const deps: Deps = {
    db,
    log: pino({ level: process.env['TEST_LOG'] ?? 'silent' }),
    clock: () => now,
    keys: { codeKey: makeCodeKey(randomBytes(32)), sessionKey: randomBytes(32), sealKey: randomBytes(32) },
    baseUrl: options.baseUrl ?? 'https://truyxuat.example.vn',
    trustedProxies: 0,
    pagesFreshMs: options.pagesFreshMs ?? 0,
    ...(options.placeOf === undefined ? {} : { placeOf: options.placeOf }),
    ...(options.authority === undefined ? {} : { authority: options.authority }),
  };
  const app = createApp(deps);
  await ensureIndexes(db, deps.log);
  const server = makeServer().on('request', app.handle).listen(0, '127.0.0.1');
  await new Promise<void>((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sessionOf = storedSessions(db);
  return {
    url,
    db,
    deps,
    setNow: (moment) => {
      now = new Date(moment);
    },
    as: (actor) =>
      clientFor(url, async () =>
        actor === undefined
          ? undefined
          : signAccessToken(deps.keys.sessionKey, { userId: actor.userId, sessionId: await sessionOf(actor) }, now),
      ),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await checksDone();
      await app.close();
      await giveBackDatabase(db);
    },
  };
}
