// Calls every operation of an OpenAPI document with values that fit and values that don't, as several people, and holds each answer to the
// document: its status, its media type, its schema, and the error codes that the operation names.
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv';
import type { Client } from './app.ts';
import { hostileValues, valueFor } from './fuzz.values.ts';
import type { JsonSchema, Known } from './fuzz.values.ts';
import { makeRandom } from './random.ts';
import type { Random } from './random.ts';

type Media = Record<string, { schema?: JsonSchema }>;
type Documented = {
  operationId: string;
  parameters?: { name: string; in: 'path' | 'query'; schema: JsonSchema }[];
  requestBody?: { content: Media };
  responses: Record<string, { description: string; content?: Media }>;
};
export type OpenApi = { paths: Record<string, Record<string, Documented>>; components: unknown };

export type FuzzOptions = {
  document: OpenApi;
  url: string;
  /** Who calls; undefined token for a stranger. */
  callers: { name: string; client: Client }[];
  seed: number;
  /** Calls of each operation. */
  rounds: number;
  known: Known;
  /** Bytes to send as files. */
  files: readonly Buffer[];
  /** Operations that end the callers' own sessions and the like. */
  leftOut?: readonly string[];
};

export type FuzzReport = { calls: number; byStatus: Record<string, number>; faults: string[]; reached: Set<string> };

type Call = { method: string; path: string; headers: Record<string, string>; body: Buffer | string | undefined };

const asText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined'));

// fetch refuses what is no address before anything is sent: what can't be written in one is left to the tests of raw sockets.
const inAddress = (value: string): string => encodeURIComponent(value.isWellFormed() ? value : '\ufffd');

const headersFor = (random: Random): Record<string, string> => {
  const odd: Record<string, string>[] = [
    { 'accept-language': 'x'.repeat(500) },
    { accept: 'text/html;q=0.1, */*;q=nonsense' },
    { 'if-none-match': '"x"' },
    { range: 'bytes=9-1' },
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    { cookie: 'access=x; refresh=y; lang=zz' },
    { 'content-encoding': 'gzip' },
    { 'content-range': 'bytes 0-9/10' },
    { 'x-forwarded-for': "' or 1=1" },
  ];
  return random.below(0, 8) === 0 ? random.pick(odd) : {};
};

const bodyFor = (
  random: Random,
  { requestBody }: Documented,
  options: FuzzOptions,
  hostility: number,
): Pick<Call, 'body'> & { type?: string } => {
  const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  if (type === undefined) return { body: undefined };
  if (type !== 'application/json') {
    const types = Object.keys(requestBody?.content ?? {});
    return { body: random.pick(options.files), type: random.pick([...types, types[0] ?? type, 'text/plain']) };
  }
  const dice = random.below(0, 40);
  if (dice === 0) return { body: '{"a":', type };
  if (dice === 1) return { body: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), type };
  if (dice === 2) return { body: JSON.stringify(random.pick(hostileValues)) ?? '', type };
  if (dice === 3) return { body: 'a=1', type: 'application/x-www-form-urlencoded' };
  if (dice === 4) return { body: `"${'x'.repeat(200_000)}"`, type };
  const value = valueFor(random, '', media?.schema ?? {}, options.known, hostility);
  return { body: JSON.stringify(value) ?? '', type };
};

const callFor = (
  random: Random,
  template: string,
  method: string,
  operation: Documented,
  options: FuzzOptions,
): Call => {
  // A third of the calls fit as well as can be, so that they come further than the reading of their input.
  const hostility = random.pick([0, 40, 150]);
  const valueOf = (name: string, schema: JsonSchema): string =>
    asText(valueFor(random, name, schema, options.known, hostility));
  const query: string[] = [];
  let path = template;
  for (const parameter of operation.parameters ?? []) {
    if (parameter.in === 'path')
      path = path.replace(`{${parameter.name}}`, inAddress(valueOf(parameter.name, parameter.schema)) || '-');
    else if (random.below(0, 3) > 0)
      query.push(`${parameter.name}=${inAddress(valueOf(parameter.name, parameter.schema))}`);
  }
  if (hostility > 0 && random.below(0, 10) === 0) query.push('a[$ne]=1', 'limit=1&limit=2');
  const { body, type } = bodyFor(random, operation, options, hostility);
  const headers = {
    accept: 'application/json',
    ...(type === undefined ? {} : { 'content-type': type }),
    ...headersFor(random),
  };
  return {
    method: method.toUpperCase(),
    path: `/api/v1${path}${query.length > 0 ? `?${query.join('&')}` : ''}`,
    headers,
    body,
  };
};

const learn = (known: Known, value: unknown, name = ''): void => {
  if (Array.isArray(value)) for (const one of value.slice(0, 20)) learn(known, one, name);
  else if (typeof value === 'object' && value !== null)
    for (const [inner, one] of Object.entries(value)) learn(known, one, inner);
  else if (typeof value === 'string' && value.length > 0 && value.length < 100) {
    const list = known.get(name) ?? [];
    if (list.length < 30 && !list.includes(value)) known.set(name, [...list, value]);
  }
};

type Got = { status: number; type: string; bytes: Buffer };

const faultOf = (operation: Documented, got: Got, validate: (schema: JsonSchema) => ValidateFunction): string => {
  if (got.status >= 500) return `answers ${got.status}: ${got.bytes.toString('utf8').slice(0, 300)}`;
  const documented = operation.responses[String(got.status)];
  if (documented === undefined)
    return `answers ${got.status}, which is not documented: ${got.bytes.toString('utf8').slice(0, 200)}`;
  const content = documented.content ?? {};
  if (Object.keys(content).length === 0)
    return got.bytes.length === 0 ? '' : 'answers with a body where none is documented';
  const schema = content[got.type]?.schema;
  if (schema === undefined) return `answers ${got.type} with ${got.status}, which is not documented`;
  // Documented as a file: its bytes are not described.
  if (!got.type.endsWith('json') || schema.format === 'binary') return '';
  const body: unknown = JSON.parse(got.bytes.toString('utf8'));
  const check = validate(schema);
  if (!check(body)) return `${got.status} does not fit its schema: ${JSON.stringify(check.errors?.[0])}`;
  if (got.type !== 'application/problem+json') return '';
  const code = String((body as { type: string }).type).replace('/problems/', '');
  return documented.description.includes(`\`${code}\``)
    ? ''
    : `gives ${code} with ${got.status}, which is not documented`;
};

/** Calls everything `rounds` times. The same seed makes the same calls, but for ids that the store makes. */
export async function fuzzApi(options: FuzzOptions): Promise<FuzzReport> {
  const random = makeRandom(options.seed);
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: false });
  ajv.addSchema({ $id: 'doc', components: options.document.components });
  const compiled = new Map<JsonSchema, ValidateFunction>();
  const validate = (schema: JsonSchema): ValidateFunction => {
    const known =
      compiled.get(schema) ??
      ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"doc#/components')) as JsonSchema);
    compiled.set(schema, known);
    return known;
  };
  const report: FuzzReport = { calls: 0, byStatus: {}, faults: [], reached: new Set() };
  const operations = Object.entries(options.document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  for (let round = 0; round < options.rounds; round += 1) {
    for (const { path, method, operation } of operations) {
      if (options.leftOut?.includes(operation.operationId) === true) continue;
      const caller = random.pick(options.callers);
      const call = callFor(random, path, method, operation, options);
      const token = await caller.client.token();
      const answer = await fetch(options.url + call.path, {
        method: call.method,
        redirect: 'manual',
        headers: { ...(token === '' ? {} : { authorization: `Bearer ${token}` }), ...call.headers },
        ...(call.body === undefined || call.method === 'GET'
          ? {}
          : { body: typeof call.body === 'string' ? call.body : new Uint8Array(call.body) }),
      });
      const got = {
        status: answer.status,
        type: (answer.headers.get('content-type') ?? '').split(';')[0] ?? '',
        bytes: Buffer.from(await answer.arrayBuffer()),
      };
      report.calls += 1;
      report.byStatus[got.status] = (report.byStatus[got.status] ?? 0) + 1;
      const fault = faultOf(operation, got, validate);
      if (fault !== '') {
        const sent =
          typeof call.body === 'string'
            ? call.body.slice(0, 400)
            : call.body === undefined
              ? ''
              : `${call.body.length} bytes`;
        report.faults.push(
          `${operation.operationId} as ${caller.name}: ${fault}\n  ${call.method} ${call.path.slice(0, 300)} ${JSON.stringify(call.headers)}\n  ${sent}`,
        );
      } else if (got.status < 300) {
        report.reached.add(operation.operationId);
        if (got.type === 'application/json') learn(options.known, JSON.parse(got.bytes.toString('utf8')));
      }
    }
  }
  return report;
}
