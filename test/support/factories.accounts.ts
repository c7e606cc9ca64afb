// People with passwords, and a browser that keeps its cookies.
import { uuidv7 } from './factories.ts';
import type { TestApp } from './app.ts';
import { createUser } from '../../src/accounts/accounts.service.ts';
import { storeProof } from '../../src/accounts/sessions.model.ts';
import type { Role } from '../../src/actor.ts';

export type Person = { id: string; name: string; login: string; password: string };

let lastPhone = 0;

/** A phone number that no other person of the run has. */
export function aPhone(): string {
  lastPhone += 1;
  return `09${String(lastPhone).padStart(8, '0')}`;
}

/** A stored person with a password. */
export async function aPerson(app: TestApp, given: Partial<Person> & { roles?: Role[] } = {}): Promise<Person> {
  const person = { id: uuidv7(), name: 'Lý Thị Mẫu', login: aPhone(), password: 'ruộng bậc thang mùa nước', ...given };
  const { roles = [{ kind: 'producer', producerId: uuidv7() }], ...rest } = person;
  await createUser(app.db, { ...rest, roles }, app.deps.clock());
  return rest;
}

export type Browsed = { status: number; text: string; location: string | null; headers: Headers };

export type Browser = {
  cookies: Map<string, string>;
  get(path: string, headers?: Record<string, string>): Promise<Browsed>;
  post(path: string, fields?: Record<string, string>, headers?: Record<string, string>): Promise<Browsed>;
};

const keepCookies = (cookies: Map<string, string>, headers: Headers): void => {
  for (const line of headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name);
    else cookies.set(name, decodeURIComponent(value));
  }
};

/** A browser at the app: sends and keeps cookies, follows no redirect. */
export function aBrowser(app: TestApp): Browser {
  const cookies = new Map<string, string>();
  const send = async (path: string, init: RequestInit): Promise<Browsed> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ');
    const headers = { accept: 'text/html', cookie, ...(init.headers as Record<string, string>) };
    const answer = await fetch(app.url + path, { ...init, redirect: 'manual', headers });
    keepCookies(cookies, answer.headers);
    const location = answer.headers.get('location');
    return { status: answer.status, text: await answer.text(), location, headers: answer.headers };
  };
  return {
    cookies,
    get: (path, headers = {}) => send(path, { headers }),
    post: (path, fields = {}, headers = {}) =>
      send(path, { method: 'POST', body: new URLSearchParams(fields), headers: { origin: app.url, ...headers } }),
  };
}

/** A browser in which the person has signed in with the password alone. */
export async function aHalfSignedInBrowser(app: TestApp, { login, password }: Person): Promise<Browser> {
  const browser = aBrowser(app);
  await browser.post('/sign-in', { login, password });
  return browser;
}

/** A browser in which the person has signed in and shown whatever is asked for. */
export async function aSignedInBrowser(app: TestApp, person: Person): Promise<Browser> {
  const browser = await aHalfSignedInBrowser(app, person);
  const sessionId = browser.cookies.get('refresh')?.split('.')[0];
  if (sessionId !== undefined) await storeProof(app.db, sessionId, { secondFactorAt: app.deps.clock() });
  return browser;
}

/** The moment of the app's clock, so many seconds later. */
export function passTime(app: TestApp, seconds: number): void {
  app.setNow(new Date(app.deps.clock().getTime() + seconds * 1000).toISOString());
}
