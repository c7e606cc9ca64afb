// The form of a step: its fields, and how its words become the input of the operation. Fields that a kind does not have are left out here,
// for a page without script can't empty a field that it hides.
import { newStep } from './steps.input.ts';
import type { StepKind } from './steps.types.ts';

/** All fields of the page's form. `when` is a day or 'other', which means the day in `otherDay`; `fruitCount` is the amount of bagged fruit. */
export const stepFormFields = [
  'id',
  'kind',
  'when',
  'otherDay',
  'doneUntil',
  'amount',
  'unit',
  'fruitCount',
  'unitsPacked',
  'materialId',
  'material',
  'waitDays',
  'siteIds',
  'note',
  'doneOn',
  'photos',
] as const;

/** The form's schema: the operation's own. */
export const stepForm = newStep;

/** Units that the form offers; stored as written. */
export const unitChoices = ['kg', 'lít', 'ml', 'g', 'quả', 'bao', 'bình', 'hộp', 'công'] as const;
const fruitUnit = 'quả';

const withAmount: readonly StepKind[] = ['fertilise', 'spray', 'harvest', 'grade', 'process', 'pack', 'ship'];
const withMaterial: readonly StepKind[] = ['fertilise', 'spray'];

const textOf = (body: Record<string, unknown>, name: string): string => {
  const value = Object.hasOwn(body, name) ? body[name] : undefined;
  return typeof value === 'string' ? value.trim() : '';
};

const dayFrom = (body: Record<string, unknown>): string => {
  const when = textOf(body, 'when');
  return when === 'other' ? textOf(body, 'otherDay') : when;
};

const amountFrom = (body: Record<string, unknown>, kind: string): Record<string, unknown> => {
  if (kind === 'bag-fruit') {
    const count = textOf(body, 'fruitCount');
    return count === '' ? {} : { amount: count, unit: fruitUnit };
  }
  const amount = textOf(body, 'amount');
  if (amount === '' || !withAmount.some((one) => one === kind)) return {};
  return { amount, unit: textOf(body, 'unit') };
};

/** What was chosen from the store goes before what was typed beside it. */
const materialFrom = (body: Record<string, unknown>): Record<string, unknown> => {
  const materialId = textOf(body, 'materialId');
  return materialId === '' ? { material: textOf(body, 'material') } : { materialId };
};

/** What was typed, as a form of the operation's own fields (texts; read them by `formInput`). `more`: what the server adds. */
export function stepBody(
  raw: unknown,
  more: { corrects?: string; photoHashes?: string[] } = {},
): Record<string, unknown> {
  const body = (typeof raw === 'object' && raw !== null ? { ...raw } : {}) as Record<string, unknown>;
  const kind = textOf(body, 'kind');
  return {
    id: body['id'],
    kind,
    doneOn: dayFrom(body),
    note: textOf(body, 'note'),
    ...amountFrom(body, kind),
    ...(withMaterial.some((one) => one === kind) ? materialFrom(body) : {}),
    ...(kind === 'spray' ? { waitDays: textOf(body, 'waitDays') } : {}),
    ...(kind === 'pack' ? { unitsPacked: textOf(body, 'unitsPacked') } : {}),
    ...(body['siteIds'] === undefined ? {} : { siteIds: body['siteIds'] }),
    doneUntil: textOf(body, 'doneUntil'),
    // Only a form that waited on the phone says when it was made.
    ...(textOf(body, 'madeAt') === '' ? {} : { queued: 'true', madeAt: textOf(body, 'madeAt') }),
    ...more,
  };
}
