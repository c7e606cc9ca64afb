// The OpenAPI 3.1 document, made of the same declarations and zod schemas that serve the routes.
import { z } from 'zod';
import { errorCodes } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import { t } from '../i18n/i18n.ts';
import { apiBase } from '../paths.ts';
import type { Operation } from './api.ts';

type Json = Record<string, unknown>;

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
    override: dateAsText,
  }) as Json;
  return rest;
};

// Moments leave as RFC 3339 texts.
const dateAsText = (context: { zodSchema: z.core.$ZodTypes; jsonSchema: Json }): void => {
  if (context.zodSchema._zod.def.type === 'date')
    Object.assign(context.jsonSchema, { type: 'string', format: 'date-time' });
};

const parametersOf = (operation: Operation): Json[] => {
  const list = (schema: z.ZodObject | undefined, where: 'path' | 'query'): Json[] => {
    if (schema === undefined) return [];
    const shape = schemaOf(schema, 'input') as { properties?: Record<string, Json>; required?: string[] };
    return Object.entries(shape.properties ?? {}).map(([name, property]) => ({
      name,
      in: where,
      required: where === 'path' || (shape.required ?? []).includes(name),
      schema: property,
    }));
  };
  return [...list(operation.params, 'path'), ...list(operation.query, 'query')];
};

const requestBodyOf = (operation: Operation): Json | undefined => {
  if (operation.body !== undefined)
    return { required: true, content: { 'application/json': { schema: schemaOf(operation.body, 'input') } } };
  if (operation.upload === undefined) return undefined;
  const content = Object.fromEntries(
    operation.upload.types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
  );
  return { required: true, content };
};

const answerOf = (status: string, answer: z.ZodType | string | null): Json => {
  const description = status.startsWith('2') ? 'OK' : status;
  if (answer === null) return { description };
  if (typeof answer === 'string')
    return { description, content: { [answer]: { schema: { type: 'string', format: 'binary' } } } };
  return { description, content: { 'application/json': { schema: schemaOf(answer, 'output') } } };
};

/** Codes that any operation of this shape can give, beside its own. */
const commonErrors = (operation: Operation): ErrorCode[] => [
  'unreadable-address',
  ...(operation.body === undefined ? [] : (['unreadable-body', 'not-utf8', 'unsupported-type', 'too-large'] as const)),
  ...(operation.upload === undefined ? [] : (['unsupported-type', 'too-large'] as const)),
  ...(operation.access === 'public' ? [] : (['not-signed-in', 'not-allowed'] as const)),
  ...(operation.access === 'signed-in' || operation.proof === 'second-factor'
    ? (['second-factor-needed'] as const)
    : []),
  ...(operation.proof === 'password' ? (['password-needed'] as const) : []),
  ...(operation.method === 'get' ? [] : (['foreign-origin'] as const)),
  'session-ended',
  'fields-wrong',
  'internal-fault',
  'store-away',
];

const errorAnswers = (operation: Operation): Json => {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set([...operation.errors, ...commonErrors(operation)])) {
    byStatus.set(errorCodes[code], [...(byStatus.get(errorCodes[code]) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `\`${code}\`: ${t('en', `errors.${code}`)}`).join('\n\n'),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
};

const operationOf = (operation: Operation): Json => {
  const requestBody = requestBodyOf(operation);
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary.en,
    description: operation.summary.vi,
    parameters: parametersOf(operation),
    ...(requestBody === undefined ? {} : { requestBody }),
    responses: {
      ...errorAnswers(operation),
      ...Object.fromEntries(
        Object.entries(operation.answers).map(([status, answer]) => [status, answerOf(status, answer)]),
      ),
    },
    security: operation.access === 'public' ? [] : [{ bearer: [] }, { cookie: [] }],
  };
};

const problemSchema: Json = {
  type: 'object',
  description: 'RFC 9457 problem details. `type` is stable; titles are in Vietnamese and English.',
  required: ['type', 'title', 'titleEn', 'status', 'instance'],
  properties: {
    type: { type: 'string', examples: ['/problems/batch-not-found'] },
    title: { type: 'string' },
    titleEn: { type: 'string' },
    status: { type: 'integer' },
    instance: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'detail', 'detailEn'],
        properties: {
          pointer: { type: 'string' },
          code: { type: 'string' },
          detail: { type: 'string' },
          detailEn: { type: 'string' },
        },
      },
    },
  },
};

/** The OpenAPI 3.1 document of the registered operations; `serverUrl` is where they are served. */
export function openApiDocument(operations: readonly Operation[], serverUrl: string, version: string): Json {
  const documentPaths: Record<string, Json> = {};
  for (const operation of operations) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}');
    documentPaths[path] = { ...documentPaths[path], [operation.method]: operationOf(operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'ocop-trace',
      version,
      description: 'Traceability of OCOP products: batches, steps, certificates, labels and the scan page.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: `${serverUrl}${apiBase}` }],
    paths: documentPaths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'access' },
      },
    },
  };
}
