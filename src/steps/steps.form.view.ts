// The page that records a step or corrects one: tiles, days, the previous entry to repeat, and the form's first values.
import { addDays } from '../days.ts';
import type { Day } from '../days.ts';
import type { Batch } from '../batches/batches.types.ts';
import { formatShortDay } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { dayWords, workWords } from '../i18n/work.ts';
import type { Material } from '../materials/materials.types.ts';
import type { Product } from '../products/products.types.ts';
import { paths } from '../paths.ts';
import type { Site } from '../sites/sites.types.ts';
import { unitChoices } from './steps.form.ts';
import type { JournalEntry, Step, StepKind } from './steps.types.ts';

type Choice = { value: string; label: string; detail: string; selected: boolean };
export type Tile = { kind: StepKind; words: string; selected: boolean };

const growing: readonly StepKind[] = [
  'fertilise',
  'spray',
  'water',
  'prune',
  'pollinate',
  'bag-fruit',
  'weed',
  'harvest',
];
const afterHarvest: readonly StepKind[] = [
  'harvest',
  'grade',
  'process',
  'pack',
  'ship',
  'water',
  'fertilise',
  'prune',
];

/** The eight likeliest kinds, as the season stands; the rest is one tap further. */
export function likelyKinds(entries: readonly JournalEntry[]): readonly StepKind[] {
  return entries.some(({ step }) => step.kind === 'harvest') ? afterHarvest : growing;
}

const allKinds: readonly StepKind[] = [...new Set([...growing, ...afterHarvest])];

const tilesOf = (
  language: Language,
  likely: readonly StepKind[],
  chosen: string,
): { tiles: Tile[]; others: Tile[] } => {
  const tile = (kind: StepKind): Tile => ({
    kind,
    words: t(language, `steps.kinds.${kind}`),
    selected: kind === chosen,
  });
  const others = allKinds.filter((kind) => !likely.includes(kind));
  return { tiles: [...likely, 'other' as const].map(tile), others: [...others, 'nothing-done' as const].map(tile) };
};

const daysOf = (language: Language, today: Day, when: string): Choice[] => {
  const yesterday = addDays(today, -1);
  const choice = (value: Day, key: string): Choice => ({
    value,
    label: t(language, `steps.form.${key}`),
    detail: formatShortDay(language, value),
    selected: when === value,
  });
  return [choice(today, 'today'), choice(yesterday, 'yesterday')];
};

/** Fields that repeat an entry today, or undefined when there is none. */
const againOf = (language: Language, entries: readonly JournalEntry[], today: Day, id: string) => {
  const previous = entries.find(({ step }) => step.kind !== 'nothing-done')?.step;
  if (previous === undefined) return undefined;
  const typed = { ...valuesOf(previous, { id, today }), when: today, note: '' };
  return {
    day: dayWords(language, previous.doneOn, today),
    words: workWords(language, previous),
    fields: Object.entries(typed)
      .filter(([name, value]) => value !== '' && name !== 'otherDay' && name !== 'doneUntil')
      .map(([name, value]) => ({ name, value })),
  };
};

/** What the form shows for a step that is there: for a correction, or to repeat it. */
export function valuesOf(step: Step, { id, today }: { id: string; today: Day }): Record<string, string> {
  const { amount, unit, material, materialId, waitDays, waitSource, unitsPacked } = step.data;
  const isRecent = step.doneOn === today || step.doneOn === addDays(today, -1);
  const count = amount === undefined ? '' : String(amount).replace('.', ',');
  return {
    id,
    kind: step.kind,
    when: isRecent ? step.doneOn : 'other',
    otherDay: isRecent ? '' : step.doneOn,
    doneUntil: step.doneUntil ?? '',
    amount: step.kind === 'bag-fruit' ? '' : count,
    fruitCount: step.kind === 'bag-fruit' ? count : '',
    unit: unit ?? '',
    materialId: materialId ?? '',
    material: materialId === undefined ? (material ?? '') : '',
    waitDays: waitDays === undefined || waitSource === 'material' ? '' : String(waitDays),
    unitsPacked: unitsPacked === undefined ? '' : String(unitsPacked),
  };
}

/** First values of an empty form: today, and the number of fruit of last time. */
export function emptyValues(
  entries: readonly JournalEntry[],
  { id, today }: { id: string; today: Day },
): Record<string, string> {
  const bagged = entries.find(({ step }) => step.kind === 'bag-fruit' && step.data.amount !== undefined)?.step;
  return { id, when: today, fruitCount: bagged === undefined ? '' : String(bagged.data.amount) };
}

const withWait = (language: Language, { name, kind, waitDays }: Material): string => {
  if (waitDays !== undefined) return t(language, 'steps.form.materialWait', { name, days: waitDays });
  return kind === 'pesticide' ? t(language, 'steps.form.materialNoWait', { name }) : name;
};

/** Materials of the store to choose from, pesticides first. */
const materialChoices = (language: Language, materials: readonly Material[], chosen: string) =>
  [...materials]
    .sort((one, other) => Number(other.kind === 'pesticide') - Number(one.kind === 'pesticide'))
    .map((material) => ({
      value: material.id,
      label: withWait(language, material),
      selected: material.id === chosen,
    }));

const chosenSites = (typed: string): string[] => typed.split(',').filter((id) => id !== '');

type FormFacts = {
  batch: Batch;
  sites: readonly Site[];
  materials: readonly Material[];
  entries: readonly JournalEntry[];
  today: Day;
};

/** Everything that views/steps/_form.hbs needs beside `form`. `typed`: the form's values. */
export function stepFields(language: Language, facts: FormFacts, typed: Record<string, string>) {
  const { entries, today, sites, batch } = facts;
  const unit = typed['unit'] === undefined || typed['unit'] === '' ? 'kg' : typed['unit'];
  const units = [...new Set<string>([...unitChoices, unit])];
  const materials = entries.flatMap(({ step }) => step.data.material ?? []);
  const chosen = chosenSites(typed['siteIds'] ?? '');
  return {
    ...tilesOf(language, likelyKinds(entries), typed['kind'] ?? ''),
    days: daysOf(language, today, typed['when'] ?? ''),
    isOtherDay: typed['when'] === 'other',
    today,
    startedOn: batch.startedOn,
    units: units.map((value) => ({ value, label: value, selected: value === unit })),
    materials: [...new Set(materials)].slice(0, 20),
    materialLabel: t(language, facts.materials.length === 0 ? 'steps.fields.material' : 'steps.form.typedName'),
    waitHint: t(language, facts.materials.length === 0 ? 'steps.form.waitDaysHint' : 'steps.form.waitFromStore'),
    materialChoices: materialChoices(language, facts.materials, typed['materialId'] ?? ''),
    siteChoices:
      sites.length < 2
        ? []
        : sites.map(({ id, name }) => ({ value: id, label: name, detail: '', selected: chosen.includes(id) })),
    isMoreOpen: chosen.length > 0 || (typed['note'] ?? '') !== '',
  };
}

const batchWords = (language: Language, batch: Batch, sites: readonly Site[]): string => {
  const [site, another] = sites;
  const lot = t(language, 'batches.lot', { lot: batch.lotNumber });
  return site === undefined || another !== undefined ? lot : `${lot} · ${site.name}`;
};

/** Everything that views/steps/new.hbs needs beside `form`. `newId` is of the entry that repeats the last one. */
export function newStepPage(
  language: Language,
  facts: FormFacts & { product: Product },
  typed: Record<string, string>,
  newId: string,
) {
  const { batch, product, sites, entries, today } = facts;
  return {
    ownHeader: true,
    noMenu: true,
    back: paths.appBatch(batch.id),
    action: paths.appBatchSteps(batch.id),
    changeHref: `${paths.appRecord}?choose=1`,
    batchTitle: product.name,
    batchDetail: batchWords(language, batch, sites),
    again: againOf(language, entries, today, newId),
    legend: t(language, entries.length === 0 ? 'steps.form.chooseFirst' : 'steps.form.choose'),
    ...stepFields(language, facts, typed),
  };
}

/** Everything that views/steps/correction.hbs needs beside `form`. `newId` is of the withdrawal. */
export function correctionPage(
  language: Language,
  facts: FormFacts & { entry: JournalEntry },
  typed: Record<string, string>,
  newId: string,
) {
  const { batch, entry, today } = facts;
  return {
    ownHeader: true,
    noMenu: true,
    back: paths.appBatch(batch.id),
    action: paths.appStepCorrection(entry.step.id),
    withdrawAction: paths.appStepWithdrawal(entry.step.id),
    withdrawId: newId,
    erasing: paths.appStepErasure(entry.step.id),
    was: `${workWords(language, entry.step)}, ${dayWords(language, entry.step.doneOn, today)}`,
    legend: t(language, 'steps.fields.kind'),
    ...stepFields(language, facts, typed),
  };
}
