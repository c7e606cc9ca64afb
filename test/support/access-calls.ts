// Each route as a call that can be sent by anyone with anybody's ids.
import type { Operation } from '../../src/http/api.ts';
import type { Route } from '../../src/http/routes.ts';
import type { RouteRule } from '../../src/route-rules.ts';
import type { Client } from './app.ts';
import type { Ids } from './a-world.ts';
import { uuidv7 } from './factories.ts';
import type { OpenApi } from './fuzz.ts';
import { valueFor } from './fuzz.values.ts';
import type { JsonSchema, Known } from './fuzz.values.ts';
import { aJpeg } from './pictures.ts';
import { makeRandom } from './random.ts';

export type AccessAnswer = { status: number; location: string; code: string };
export type AccessCall = {
  name: string;
  rule: RouteRule;
  hasRecord: boolean;
  /** Whether it changes nothing. */
  reads: boolean;
  send(client: Client, ids: Ids): Promise<AccessAnswer>;
};

/** Parts of addresses that name no producer's record. */
const notRecords = new Set([
  'code',
  'slug',
  'reference',
  'set',
  'key',
  'token',
  'session',
  'user',
  'renewal',
  'file',
  'page',
  'variant',
]);

const paramsIn = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);

const filled = (path: string, ids: Ids): string =>
  path.replace(/:(\w+)/g, (_, name: string) => {
    if (name === 'run' && path.includes('imports')) return ids['importRun'] ?? uuidv7();
    return ids[name] ?? uuidv7();
  });

const common = (method: string, path: string, rule: RouteRule | undefined) => {
  if (rule === undefined) throw new Error(`no rule for ${path}`);
  return {
    rule,
    hasRecord: !path.includes('/imports') && paramsIn(path).some((name) => !notRecords.has(name)),
    reads: method === 'GET',
  };
};

const codeOf = (text: string): string => /"type":"\/problems\/([^"]*)"/.exec(text)?.[1] ?? '';

/** What only makes sense with the ids at hand. */
const withIds = (id: string, value: unknown, ids: Ids): unknown => {
  const body = value as Record<string, unknown>;
  if (id === 'eraseFromStep') return { ...body, what: 'photo', sha256: ids['sha256'] };
  if (id === 'enterCertificateForSeveral') return { ...body, products: [{ id: uuidv7(), product: ids['product'] }] };
  if (id !== 'createProducer') return value;
  const { communeCode, provinceCode } = ids;
  return { ...body, address: { communeCode, provinceCode, communeName: 'Xã Mẫu', street: 'Xóm Mẫu' } };
};

const fitting = (operation: Operation, schema: JsonSchema, ids: Ids, seed: number): unknown => {
  const random = makeRandom(seed);
  const known: Known = new Map(
    Object.entries(ids).flatMap(([name, id]) => [
      [name, [id]],
      [`${name}Id`, [id]],
    ]),
  );
  for (let attempt = 0; attempt < 3000; attempt += 1) {
    const value = withIds(operation.id, valueFor(random, '', schema, known, 0), ids);
    if (operation.body?.safeParse(value).success === true) return value;
  }
  throw new Error(`no body fits ${operation.id}: give it one in access-calls.ts`);
};

/** Every operation of the API with a body that fits, as far as reading goes. */
export async function apiCalls(
  operations: readonly Operation[],
  document: OpenApi,
  rules: Readonly<Record<string, RouteRule>>,
): Promise<AccessCall[]> {
  const photo = await aJpeg();
  return operations.map((operation, place) => {
    const { id, method, path, upload } = operation;
    const documented = document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method];
    const schema = documented?.requestBody?.content['application/json']?.schema;
    const bodies = new Map<Ids, unknown>();
    const bodyFor = (ids: Ids): unknown => {
      if (!bodies.has(ids)) bodies.set(ids, schema === undefined ? {} : fitting(operation, schema, ids, place));
      return bodies.get(ids);
    };
    return {
      name: `${id} ${method.toUpperCase()} ${path}`,
      ...common(method.toUpperCase(), path, rules[id]),
      send: async (client, ids) => {
        const type =
          upload?.types.some((one) => one.startsWith('image/')) === true
            ? 'image/jpeg'
            : (upload?.types[0] ?? 'application/json');
        const sent = upload === undefined ? JSON.stringify(bodyFor(ids)) : new Uint8Array(photo);
        const query = (documented?.parameters ?? []).some(({ name }) => name === 'alt') ? '?alt=Anh' : '';
        const answer = await client.send(method.toUpperCase(), `/api/v1${filled(path, ids)}${query}`, {
          headers: { accept: 'application/json', 'content-type': type },
          ...(method === 'get' ? {} : { body: sent }),
        });
        return { ...answer, code: codeOf(answer.text) };
      },
    };
  });
}

/** What most forms ask for; a form that asks for more comes back with what is missing. */
const formOf = (ids: Ids): Record<string, string> => ({
  id: uuidv7(),
  product: ids['product'] ?? '',
  producer: ids['producer'] ?? '',
  reason: 'Lý do mẫu',
  text: 'Trả lời mẫu',
  what: 'contact',
});

/** Every page and form. */
export function pageCalls(routes: readonly Route[], rules: Readonly<Record<string, RouteRule>>): AccessCall[] {
  return routes
    .filter(({ path }) => path.startsWith('/') && !path.startsWith('/^'))
    .map(({ method, path }) => ({
      name: `${method} ${path}`,
      ...common(method, path, rules[`${method} ${path}`]),
      send: async (client, ids) => {
        const answer = await client.send(method, filled(path, ids), {
          headers: { accept: 'text/html' },
          ...(method === 'GET' ? {} : { body: new URLSearchParams(formOf(ids)) }),
        });
        return { ...answer, code: '' };
      },
    }));
}
