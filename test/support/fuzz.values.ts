// Values for a JSON schema as OpenAPI documents give it: mostly such as fit, now and then such as nobody should send.
import type { Random } from './random.ts';
import { uuidv7 } from './factories.ts';

export type JsonSchema = {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  examples?: unknown[];
  [other: string]: unknown;
};

/** What the run has learnt so far: ids and other texts of answers, by the name that they had there. */
export type Known = Map<string, string[]>;

const deep = (depth: number): unknown => (depth === 0 ? 'x' : [deep(depth - 1)]);

/** Texts, numbers and shapes that have broken programs before. Nothing here is random: a fault found with one is found again. */
export const hostileValues: readonly unknown[] = [
  null,
  '',
  ' ',
  true,
  -1,
  0,
  0.1,
  1e308,
  Number.MAX_SAFE_INTEGER,
  '0',
  'null',
  'NaN',
  '-0',
  [],
  {},
  [[]],
  { $gt: '' },
  { $ne: null },
  { $where: 'sleep(1000)' },
  { $regex: '.*' },
  ['$ne', 'a'],
  { __proto__: { admin: true }, constructor: { prototype: {} } },
  '__proto__',
  'constructor',
  'toString',
  '$where',
  'a.b.$[]',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e',
  '\uffff',
  'ư'.normalize('NFD'),
  '𠀀'.repeat(50),
  'x'.repeat(10_001),
  '../../../etc/passwd',
  '..\\..\\windows',
  '%00',
  '%2e%2e%2f',
  '<script>alert(1)</script>',
  '{{constructor}}',
  '=cmd|calc',
  "'; drop table users; --",
  'javascript:alert(1)',
  '//evil.example',
  'https://evil.example/',
  'http://169.254.169.254/latest',
  '2026-02-30',
  '0000-00-00',
  '9999-12-31',
  '2026-09-04T25:61:61Z',
  '00000000-0000-0000-0000-000000000000',
  deep(40),
];

const days = ['2026-01-05', '2026-02-01', '2026-08-01', '2026-09-01', '2026-09-04', '2027-12-31'];
const lines = ['Na dai Mẫu', 'Vườn trên', 'xã La Hiên', 'kg', 'a', 'Ảnh quả na', 'ghi chú: đúng', '0900000000', '1'];
const patterned = [
  ...days,
  '05740',
  '19',
  '0900000000',
  'a'.repeat(64),
  '0123456789',
  'NA-1',
  '#aabbcc',
  '12',
  '0009521234000006',
  'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  '7K3M9QXC2A4Y',
];

const typeOf = (schema: JsonSchema): string => [schema.type ?? 'string'].flat().find((one) => one !== 'null') ?? 'null';

/** A text that fits, as far as a list of likely ones goes. */
const textFor = (random: Random, name: string, schema: JsonSchema, known: Known): string => {
  const { format, pattern, examples } = schema;
  const learnt = known.get(name) ?? [];
  if (learnt.length > 0 && random.below(0, 4) > 0) return random.pick(learnt);
  if (format === 'uuid' || /(^|[a-z])Ids?$|^id$/.test(name)) return uuidv7();
  if (format === 'date') return random.pick(days);
  if (format === 'date-time') return '2026-09-01T08:00:00+07:00';
  const fitting = patterned.filter((one) => pattern !== undefined && new RegExp(pattern, 'u').test(one));
  if (fitting.length > 0) return random.pick(fitting);
  if (examples !== undefined && examples.length > 0) return String(random.pick(examples));
  return random.pick(lines).slice(0, schema.maxLength ?? 100);
};

const numberFor = (random: Random, schema: JsonSchema): number => {
  const least = Math.max(schema.minimum ?? schema.exclusiveMinimum ?? 0, -1000);
  const most = Math.min(schema.maximum ?? 100, least + 100);
  const value = random.below(Math.ceil(least), Math.max(Math.ceil(least) + 1, Math.floor(most) + 1));
  return typeOf(schema) === 'integer' || random.below(0, 2) === 0 ? value : value + 0.5;
};

const objectFor = (random: Random, schema: JsonSchema, known: Known, hostility: number): unknown => {
  const made: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(schema.properties ?? {})) {
    const isRequired = (schema.required ?? []).includes(name);
    if (!isRequired && random.below(0, 2) === 0) continue;
    made[name] = valueFor(random, name, inner, known, hostility);
  }
  if (hostility > 0 && random.below(0, 12) === 0)
    made[random.pick(['$set', 'roles', 'producerId', '__proto__x'])] = 'x';
  return made;
};

/** A value for the schema; `hostility` of 1000 places in it hold something that nobody should send. */
export function valueFor(random: Random, name: string, schema: JsonSchema, known: Known, hostility: number): unknown {
  if (random.below(0, 1000) < hostility) return random.pick(hostileValues);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined && schema.enum.length > 0) return random.pick(schema.enum);
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches !== undefined && branches.length > 0)
    return valueFor(random, name, { ...random.pick(branches) }, known, hostility);
  if (schema.allOf !== undefined) {
    const parts = schema.allOf.map((part) => valueFor(random, name, part, known, hostility));
    return parts.every((part) => typeof part === 'object' && part !== null) ? Object.assign({}, ...parts) : parts[0];
  }
  switch (typeOf(schema)) {
    case 'object':
      return objectFor(random, schema, known, hostility);
    case 'array': {
      const least = schema.minItems ?? 0;
      const count = random.below(least, Math.max(least + 1, Math.min(schema.maxItems ?? 3, least + 3)));
      const item = name.replace(/s$/, '');
      return Array.from({ length: count }, () => valueFor(random, item, schema.items ?? {}, known, hostility));
    }
    case 'number':
    case 'integer':
      return numberFor(random, schema);
    case 'boolean':
      return random.below(0, 2) === 0;
    case 'null':
      return null;
    default:
      return textFor(random, name, schema, known);
  }
}
