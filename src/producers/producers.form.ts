// The form of a producer, the same to register, complete and change one: its fields, and how its words become the input of the operation.
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import type { Producer } from './producers.types.ts';

/** All fields of the form; `version` of a change, `id` of the rest. */
export const producerFields = [
  'id',
  'version',
  'legalName',
  'kind',
  'registrationNumber',
  'address.provinceCode',
  'address.communeCode',
  'address.communeName',
  'address.street',
  'formerAddress',
  'hotline',
  'gln',
  'story',
  'shops',
  'consents',
] as const;

/** What stands in the fields for a stored producer. */
export function producerValues(producer: Producer): Record<string, string> {
  const { address } = producer;
  return {
    version: String(producer.version),
    legalName: producer.legalName,
    kind: producer.kind === 'other' ? '' : producer.kind,
    registrationNumber: producer.registrationNumber,
    'address.provinceCode': address.provinceCode,
    'address.communeCode': address.communeCode,
    'address.communeName': address.communeName,
    'address.street': address.street,
    formerAddress: producer.formerAddress,
    hotline: producer.hotline,
    gln: producer.gln,
    story: producer.story,
    shops: producer.shops.map(({ url }) => url).join('\n'),
    consents: '',
  };
}

type Body = { shops?: unknown; story?: unknown };

/** A form's body as texts of the schema: shops are typed one address a line, and a browser's line ends become those of the record. */
export function producerBody(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  const { shops, story } = body as Body;
  const addresses = typeof shops === 'string' ? shops.split('\n').map((one) => one.trim()) : [];
  return {
    ...body,
    ...(typeof story === 'string' ? { story: story.replaceAll('\r\n', '\n') } : {}),
    ...(typeof shops === 'string'
      ? { shops: addresses.filter((url) => url !== '').map((url) => JSON.stringify({ url })) }
      : {}),
  };
}

type Faults = {
  errors: Record<string, string>;
  summary: { field: string; label: string; message: string }[];
};

/** What is wrong with one of the shops is said beside their one field. */
export function withShopErrors<F extends Faults>(language: Language, form: F): F {
  const summary = form.summary.map((fault) => {
    const place = /^shops\.(\d+)/.exec(fault.field)?.[1];
    if (place === undefined) return fault;
    const message = t(language, 'producers.shopAt', { n: Number(place) + 1, message: fault.message });
    return { field: 'shops', label: '', message };
  });
  const first = summary.find(({ field, label }) => field === 'shops' && label === '');
  return first === undefined ? form : { ...form, summary, errors: { ...form.errors, shops: first.message } };
}
