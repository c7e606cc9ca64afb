// The readable page of the API: operations grouped by subject, with their fields, answers and refusals in the reader's language.
import { z } from 'zod';
import { errorCodes } from '../errors.ts';
import type { Operation } from '../http/api.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { apiBase, paths } from '../paths.ts';

type JsonSchema = {
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  default?: unknown;
};

type FieldRow = { name: string; type: string; required: boolean };
type OperationRow = {
  id: string;
  method: string;
  path: string;
  summary: string;
  signedIn: boolean;
  fields: FieldRow[];
  upload: string;
  answers: string;
  refusals: { code: string; status: number; message: string }[];
};

const typeWord = (schema: JsonSchema): string => {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const either = schema.anyOf ?? schema.oneOf;
  if (either !== undefined) return [...new Set(either.map(typeWord))].join(' | ');
  if (schema.items !== undefined) return `${typeWord(schema.items)}[]`;
  return [schema.format ?? schema.type ?? 'any'].flat().join(' | ');
};

const fieldRows = (schema: JsonSchema, prefix = ''): FieldRow[] =>
  Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    const row = {
      name: prefix + name,
      type: typeWord(inner),
      required: (schema.required ?? []).includes(name) && inner.default === undefined,
    };
    return inner.properties === undefined ? [row] : [row, ...fieldRows(inner, `${prefix}${name}.`)];
  });

const inputOf = (schema: z.ZodType | undefined): FieldRow[] =>
  schema === undefined ? [] : fieldRows(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema);

const operationRow = (operation: Operation, language: Language): OperationRow => ({
  id: operation.id,
  method: operation.method.toUpperCase(),
  path: `${apiBase}${operation.path.replace(/:(\w+)/g, '{$1}')}`,
  summary: operation.summary[language],
  signedIn: operation.access === 'signed-in',
  fields: [...inputOf(operation.query), ...inputOf(operation.body)],
  upload: operation.upload === undefined ? '' : operation.upload.types.join(', '),
  answers: Object.keys(operation.answers).join(', '),
  refusals: operation.errors.map((code) => ({
    code,
    status: errorCodes[code],
    message: t(language, `errors.${code}`),
  })),
});

/** Data of the API page: groups in the order in which features registered. */
export function apiGuide(operations: readonly Operation[], baseUrl: string, language: Language) {
  const groups = new Map<string, OperationRow[]>();
  for (const operation of operations)
    groups.set(operation.tag, [...(groups.get(operation.tag) ?? []), operationRow(operation, language)]);
  return {
    openApiUrl: paths.openApi,
    base: `${baseUrl}${apiBase}`,
    groups: [...groups].map(([tag, rows]) => ({ tag, operations: rows })),
  };
}
