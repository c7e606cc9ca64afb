// What the forms of materials show beside what was typed.
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { materialFields, materialValues } from './materials.form.ts';
import { materialKinds, materialUnits, moveKinds } from './materials.types.ts';
import type { Material } from './materials.types.ts';

type Typed = { values: Record<string, string> };

const word = (language: Language, key: string, values: Record<string, unknown> = {}): string =>
  t(language, `materials.${key}`, values);

/** Data of views/materials/form.hbs beside `form`: of a new material, or to change one. */
export function materialFormPage(language: Language, form: Typed, material?: Material) {
  const choices = (name: 'kind' | 'unit', values: readonly string[]) =>
    values.map((value) => ({
      value,
      label: word(language, `${name}s.${value}`),
      selected: value === form.values[name],
    }));
  return {
    back: material === undefined ? paths.appMaterials : paths.appMaterial(material.id),
    action: material === undefined ? paths.appMaterials : paths.appMaterialEdit(material.id),
    isNew: material === undefined,
    kinds: choices('kind', materialKinds),
    units: choices('unit', materialUnits),
  };
}

const words = (language: Language, name: string, value: string): string => {
  if (value === '') return word(language, name === 'waitDays' ? 'waitMissing' : 'form.empty');
  if (name === 'waitDays') return word(language, 'waitValue', { days: value });
  return name === 'kind' || name === 'unit' ? word(language, `${name}s.${value}`) : value;
};

/** What is stored by now where it differs from what was typed, for somebody who was not the first to save. */
export function latestRows(language: Language, material: Material, { values }: Typed) {
  const stored = materialValues(material);
  return materialFields
    .filter((name) => name in stored && name !== 'version' && stored[name] !== (values[name] ?? '').trim())
    .map((name) => ({ label: word(language, `fields.${name}`), value: words(language, name, stored[name] ?? '') }));
}

/** Data of views/materials/move.hbs beside `form`. */
export function moveFormPage(language: Language, material: Material, form: Typed, today: string) {
  const kind = moveKinds.find((one) => one === form.values['kind']) ?? 'in';
  const isMending = (form.values['replaces'] ?? '') !== '';
  return {
    back: paths.appMaterial(material.id),
    action: paths.appMaterialMoves(material.id),
    name: material.name,
    kind,
    isMending,
    today,
    hasSupply: isMending || kind === 'in',
    amountUnit: word(language, `units.${material.unit}`),
    amountHint: [
      kind === 'count' ? word(language, 'hints.count') : '',
      isMending ? word(language, 'hints.takeBack') : '',
    ]
      .filter((one) => one !== '')
      .join(' '),
    kinds: moveKinds.map((one) => ({
      value: one,
      label: word(language, `moves.kinds.${one}`),
      selected: one === kind,
    })),
  };
}

export function moveFormTitle(language: Language, form: Typed): string {
  if ((form.values['replaces'] ?? '') !== '') return word(language, 'moves.mendTitle');
  return word(language, `moves.add.${moveKinds.find((one) => one === form.values['kind']) ?? 'in'}`);
}
