// A form sends texts only. Guided by the schema of the operation, turns them into the JSON that the API would have been sent,
// so that one schema serves both doors.
import { z } from 'zod';

type JsonSchema = {
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
};

const known = new WeakMap<z.ZodType, JsonSchema>();

const jsonSchemaOf = (schema: z.ZodType): JsonSchema => {
  let found = known.get(schema);
  if (found === undefined) {
    found = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as JsonSchema;
    known.set(schema, found);
  }
  return found;
};

const variants = (schema: JsonSchema): JsonSchema[] => [
  schema,
  ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])].flatMap(variants),
];
const hasType = (schema: JsonSchema, type: string): boolean =>
  variants(schema).some((one) => [one.type ?? []].flat().includes(type));
const property = (schema: JsonSchema, name: string): JsonSchema | undefined => {
  for (const one of variants(schema)) {
    const found =
      one.properties !== undefined && Object.hasOwn(one.properties, name) ? one.properties[name] : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
};

// People write a decimal comma; a full stop is accepted as well. Digit groups are not: 1.900 could be either.
const toNumber = (text: string): unknown =>
  /^-?\d{1,15}([.,]\d{1,6})?$/.test(text) ? Number(text.replace(',', '.')) : text;

const convert = (schema: JsonSchema | undefined, value: unknown): unknown => {
  if (schema === undefined) return value;
  if (hasType(schema, 'array')) {
    const items = variants(schema).find((one) => one.items !== undefined)?.items;
    return (Array.isArray(value) ? value : [value]).filter((one) => one !== '').map((one) => convert(items, one));
  }
  if (typeof value !== 'string' || hasType(schema, 'string')) return value;
  const trimmed = value.trim();
  if (hasType(schema, 'number') || hasType(schema, 'integer')) return toNumber(trimmed);
  if (hasType(schema, 'boolean'))
    return trimmed === 'on' || trimmed === 'true' ? true : trimmed === 'false' ? false : value;
  if (hasType(schema, 'object')) {
    try {
      return JSON.parse(trimmed);
    } catch {
      return value;
    }
  }
  return value;
};

type Branch = { [name: string]: unknown };

const put = (target: Branch, schema: JsonSchema, names: readonly string[], value: unknown): void => {
  const [name = '', ...rest] = names;
  const own = property(schema, name);
  if (rest.length === 0) {
    target[name] = convert(own, value);
    return;
  }
  const inner =
    Object.hasOwn(target, name) && typeof target[name] === 'object'
      ? (target[name] as Branch)
      : (Object.create(null) as Branch);
  target[name] = inner;
  put(inner, own ?? {}, rest, value);
};

/**
 * A parsed form body (`address.communeCode=05740&quantity=0,5`) as the JSON input of a schema: dotted names become objects, number and
 * boolean fields are read from their text, one value of a list becomes a list, an empty field is a field that was not given.
 */
export function formInput(schema: z.ZodType, body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  const shape = jsonSchemaOf(schema);
  const input = Object.create(null) as Branch;
  for (const [name, value] of Object.entries(body)) {
    if (value === '' || (Array.isArray(value) && value.every((one) => one === ''))) continue;
    put(input, shape, name.split('.').slice(0, 6), value);
  }
  return { ...input };
}
