// What the form of a producer shows beside what was typed.
import type { Actor } from '../actor.ts';
import { isMember, provinceCodesOf } from '../actor.ts';
import { householdItems } from '../consents.types.ts';
import { formatPhone } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { producerFields, producerValues } from './producers.form.ts';
import { marketplaces } from './shops.types.ts';
import type { Producer } from './producers.types.ts';
import { addressLine, kindChoices, kindWords, provinceChoices } from './producers.view.ts';
import { isProvinceCode, provinceFullName, provinces } from '../units/provinces.types.ts';

type Typed = { values: Record<string, string> };

const lockedNames = producerFields.slice(2, 8).filter((name) => name !== 'address.street');

/** Data of views/producers/_form.hbs. With `isLocked` what was approved is shown and sent along as it is. */
export function producerForm(
  language: Language,
  actor: Actor,
  options: {
    producer?: Producer;
    isLocked?: boolean;
    /** Whoever writes a producer down may have its consents on paper; later each is said by itself. */
    asksConsents?: boolean;
    communes: readonly { value: string; label: string }[];
  },
  form: Typed,
) {
  const { producer, isLocked = false, asksConsents = false, communes } = options;
  const own = provinceCodesOf(actor);
  const isBound = own.length > 0 && (producer === undefined || !isMember(actor, producer.id));
  const codes = isBound ? own : provinces.map(({ code }) => code);
  return {
    kinds: kindChoices(language, form.values['kind'] ?? ''),
    provinces: provinceChoices(codes, form.values['address.provinceCode'] ?? ''),
    communes,
    shopsHint: t(language, 'producers.hints.shops', { names: marketplaces.map(({ name }) => name).join(', ') }),
    isLocked,
    ticks: asksConsents ? consentTicks(language, form.values['consents'] ?? '') : [],
    locked: lockedNames.map((name) => ({ name, value: form.values[name] ?? '' })),
    lockedRows: producer === undefined ? [] : lockedRows(language, producer),
  };
}

const consentTicks = (language: Language, ticked: string) =>
  householdItems.map((item) => ({
    item,
    title: t(language, `consents.items.${item}.title`),
    text: t(language, `consents.items.${item}.text`),
    isTicked: ticked.split(',').includes(item),
  }));

const lockedRows = (language: Language, producer: Producer) => [
  { label: t(language, 'producers.fields.legalName'), value: producer.legalName },
  { label: t(language, 'producers.fields.kind'), value: kindWords(language, producer.kind) },
  { label: t(language, 'producers.fields.registrationNumber'), value: producer.registrationNumber },
  { label: t(language, 'producers.address'), value: addressLine({ ...producer.address, street: '' }) },
];

const words = (language: Language, name: string, value: string): string => {
  if (value === '') return t(language, 'producers.edit.empty');
  if (name === 'kind') return kindWords(language, value as Producer['kind']);
  if (name === 'address.provinceCode' && isProvinceCode(value)) return provinceFullName(value);
  return name === 'hotline' ? formatPhone(value) : value;
};

const plain = (text: string): string => text.replaceAll('\r\n', '\n').trim();

/** What is stored by now where it differs from what was typed, for somebody who was not the first to save. */
export function latestRows(language: Language, producer: Producer, { values }: Typed) {
  const stored = producerValues(producer);
  return producerFields
    .filter((name) => name in stored && name !== 'version')
    .filter((name) => plain(stored[name] ?? '') !== plain(values[name] ?? ''))
    .map((name) => ({
      label: t(language, `producers.fields.${name}`),
      value: words(language, name, stored[name] ?? ''),
    }));
}
