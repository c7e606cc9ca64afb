// Broken facts of a product, field by field, for the operations that describe one and change one.
import { uuidv7 } from './factories.ts';

type Json = Record<string, unknown>;

export type BadFact = { what: string; parts: Json; pointer: string };

const texts: { field: string; maximum: number; isLine: boolean }[] = [
  { field: 'name', maximum: 200, isLine: true },
  { field: 'brand', maximum: 120, isLine: true },
  { field: 'gtin', maximum: 40, isLine: true },
  { field: 'internalCode', maximum: 40, isLine: true },
  { field: 'packaging', maximum: 80, isLine: true },
  { field: 'ingredients', maximum: 2000, isLine: false },
  { field: 'allergens', maximum: 500, isLine: false },
  { field: 'storage', maximum: 500, isLine: false },
  { field: 'warnings', maximum: 500, isLine: false },
  { field: 'usage', maximum: 1000, isLine: false },
  { field: 'origin', maximum: 200, isLine: true },
  { field: 'story', maximum: 4000, isLine: false },
];

const badTexts = texts.flatMap(({ field, maximum, isLine }): BadFact[] => {
  const pointer = `/${field}`;
  const one = (what: string, value: unknown): BadFact => ({
    what: `${field}: ${what}`,
    parts: { [field]: value },
    pointer,
  });
  return [
    one('a number', 7),
    one('null', null),
    one('a list', ['a']),
    one('an operator', { $gt: '' }),
    one('NUL', 'a\u0000b'),
    one('an override of the direction of letters', 'a\u202Eb'),
    one('one character too many', 'ễ'.repeat(maximum + 1)),
    ...(isLine ? [one('two lines', 'a\nb')] : []),
  ];
});

const at = (field: string, values: readonly [string, unknown][]): BadFact[] =>
  values.map(([what, value]) => ({ what: `${field}: ${what}`, parts: { [field]: value }, pointer: `/${field}` }));

const net = { amount: 0.5, unit: 'kg' };
const inNet = (what: string, parts: Json, pointer: string): BadFact => ({
  what: `netContent: ${what}`,
  parts: { netContent: { ...net, ...parts } },
  pointer: `/netContent${pointer}`,
});
const party = { name: 'Công ty Mẫu', address: 'Xã Mẫu' };
const inParty = (what: string, parts: Json, pointer: string): BadFact => ({
  what: `responsibleParty: ${what}`,
  parts: { responsibleParty: { ...party, ...parts } },
  pointer: `/responsibleParty${pointer}`,
});

/** Each breaks one field of an otherwise good product; all of them are answered 422 at `pointer`. */
export const badFacts: BadFact[] = [
  ...badTexts,
  ...at('name', [
    ['missing', undefined],
    ['nothing but spaces', '   '],
  ]),
  ...at('ocopSet', [
    ['0', 0],
    ['27', 27],
    ['half', 1.5],
    ['a text', '1'],
    ['an operator', { $gt: 0 }],
  ]),
  ...at('shelfLifeDays', [
    ['0', 0],
    ['a century and a day', 36_501],
    ['half a day', 1.5],
    ['a text', '7'],
    ['an operator', { $gt: 0 }],
  ]),
  ...at('netContent', [
    ['a text', '0,5 kg'],
    ['null', null],
  ]),
  inNet('nothing', { amount: 0 }, '/amount'),
  inNet('less than nothing', { amount: -1 }, '/amount'),
  inNet('too much', { amount: 10_000_001 }, '/amount'),
  inNet('four decimals', { amount: 0.0001 }, '/amount'),
  inNet('an amount as text', { amount: '0,5' }, '/amount'),
  inNet('an operator', { amount: { $gt: 0 } }, '/amount'),
  inNet('no amount', { amount: undefined }, '/amount'),
  inNet('no unit', { unit: undefined }, '/unit'),
  inNet('a unit that is none', { unit: 'mile' }, '/unit'),
  inNet('a field of an unknown name', { $where: '1' }, '/$where'),
  ...at('standards', [
    ['a text', 'TCVN'],
    ['21', Array.from({ length: 21 }, () => 'TCVN')],
  ]),
  { what: 'standards: an operator', parts: { standards: [{ $gt: '' }] }, pointer: '/standards/0' },
  { what: 'standards: an empty one', parts: { standards: ['TCVN', ''] }, pointer: '/standards/1' },
  { what: 'standards: a long one', parts: { standards: ['a'.repeat(121)] }, pointer: '/standards/0' },
  ...at('responsibleParty', [
    ['a text', 'Công ty Mẫu'],
    ['null', null],
  ]),
  inParty('no name', { name: '' }, '/name'),
  inParty('no address', { address: undefined }, '/address'),
  inParty('a long name', { name: 'a'.repeat(201) }, '/name'),
  inParty('a long address', { address: 'a'.repeat(301) }, '/address'),
  inParty('an operator', { address: { $gt: '' } }, '/address'),
  inParty('NUL', { name: 'a\u0000b' }, '/name'),
  ...at('gtin', [
    ['nine digits, as a spreadsheet leaves them', '952123400'],
    ['letters', '95212340000AB'],
    ['zeros only', '0000000000000'],
    ['a wrong check digit', '9521234000014'],
  ]),
  ...at('internalCode', [
    ['a GTIN', '9521234000013'],
    ['eight digits', '12345678'],
    ['a GTIN with its application identifier', '(01)09521234000013'],
    ['wide digits', '９５２１２３４０'],
  ]),
  { what: 'a field of an unknown name', parts: { $where: '1' }, pointer: '/$where' },
  { what: 'another producer', parts: { producerId: uuidv7() }, pointer: '/producerId' },
  { what: 'a public key of its own choice', parts: { publicKey: 'aaaaaaaaaa' }, pointer: '/publicKey' },
  { what: 'a source of its own choice', parts: { source: 'Chính phủ' }, pointer: '/source' },
];
