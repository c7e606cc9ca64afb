// What the forms that describe a product show: its stored values and the choices.
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { productNames } from './products.form.ts';
import { netUnits } from './products.types.ts';
import type { Product } from './products.types.ts';
import { setWords } from './products.view.ts';
import type { OcopSet } from './sets.types.ts';

/** A stored product as the texts of the form's fields; the amount with the comma that people write. */
export function productForm(product: Product): Record<string, unknown> {
  const { gtin14, standards, netContent, pictures: _ps, picture: _p, ...facts } = product;
  const net = netContent && { amount: String(netContent.amount).replace('.', ','), unit: netContent.unit };
  return { ...facts, netContent: net, gtin: gtin14, standards: standards.join('\n') };
}

/** The sets, for a choice. `values` are the form's. */
export function setChoices(language: Language, sets: readonly OcopSet[], values: Record<string, string>) {
  return sets.map(({ set }) => ({
    value: String(set),
    label: setWords(language, sets, set),
    selected: String(set) === values['ocopSet'],
  }));
}

/** Units of the net content, for a choice. */
export function unitChoices(language: Language, values: Record<string, string>) {
  return netUnits.map((unit) => ({
    value: unit,
    label: t(language, `products.units.${unit}`),
    selected: unit === values['netContent.unit'],
  }));
}

const plain = (typed: string): string => typed.normalize('NFC').replace(/\r\n/g, '\n').trim();

const storedTexts = (product: Product): Record<string, string> => {
  const { responsibleParty, netContent } = product;
  const nested = {
    'netContent.amount': String(netContent?.amount ?? '').replace('.', ','),
    'netContent.unit': netContent?.unit ?? '',
    'responsibleParty.name': responsibleParty?.name ?? '',
    'responsibleParty.address': responsibleParty?.address ?? '',
  };
  return Object.fromEntries(
    Object.entries({ ...productForm(product), ...nested }).map(([name, value]) => [name, textOf(value)]),
  );
};

const textOf = (value: unknown): string =>
  typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '';

/** Where what is stored differs from what was typed, after somebody else was quicker. */
export function latestRows(
  language: Language,
  sets: readonly OcopSet[],
  product: Product,
  values: Record<string, string>,
): { label: string; value: string }[] {
  const stored = storedTexts(product);
  const words = (name: string, text: string): string => {
    if (text === '') return t(language, 'products.history.empty');
    if (name === 'ocopSet') return setWords(language, sets, product.ocopSet);
    return name === 'netContent.unit' ? t(language, `products.units.${text}`) : text;
  };
  return productNames
    .filter((name) => !['id', 'producerId', 'version'].includes(name))
    .filter((name) => plain(stored[name] ?? '') !== plain(values[name] ?? ''))
    .map((name) => ({ label: t(language, `products.fields.${name}`), value: words(name, stored[name] ?? '') }));
}
