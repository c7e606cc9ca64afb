// Protocols as JSON and as pages. What has no source is said to have none, and nothing here is advice.
import { z } from 'zod';
import { formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type {
  DiaryContent,
  GrowingContent,
  PesticideContent,
  Protocol,
  ProtocolStep,
  Source,
} from './protocols.types.ts';
import { stepKinds } from './protocols.types.ts';

const sourceShape = z.object({ key: z.string(), title: z.string(), url: z.string(), kind: z.string() });
const waitDays = z.number().int().nullable().meta({ description: 'null: not known, never 0.' });
const tableShape = z.object({
  name: z.string(),
  isMultiRow: z.boolean(),
  columns: z.array(z.object({ label: z.string(), type: z.string() })),
});

const growingShape = z.object({
  place: z.string(),
  cycle: z.string(),
  sets: z.array(z.number().int()),
  steps: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      kind: z.enum(stepKinds),
      months: z.array(z.number().int()),
      lunarMonths: z.string(),
      duration: z.string(),
      inputs: z.array(z.object({ name: z.string(), amount: z.number().nullable(), unit: z.string(), per: z.string() })),
      parameters: z.array(z.object({ name: z.string(), value: z.string() })),
      source: z.string(),
      sourced: z.boolean().meta({ description: 'false: without a source, no advice.' }),
      note: z.string(),
    }),
  ),
  remarks: z.array(z.string()),
});
const diaryShape = z.object({
  crop: z.array(tableShape),
  mushroom: z.array(tableShape),
  books: z.array(z.string()),
  bookSource: z.string(),
  source: z.string(),
});
const pesticideShape = z.object({
  note: z.string(),
  register: z.object({ asOf: z.string(), url: z.string(), sizes: z.array(z.string()) }),
  rules: z.array(z.object({ rule: z.string(), source: z.string(), waitDaysMost: waitDays })),
  trialOnly: z.array(z.object({ label: z.string(), waitDays })),
});

const frame = { key: z.string(), title: z.string(), reading: z.string(), sources: z.array(sourceShape) };

export const protocolAnswer = z.discriminatedUnion('kind', [
  z.object({ ...frame, kind: z.literal('growing'), content: growingShape }),
  z.object({ ...frame, kind: z.literal('diary'), content: diaryShape }),
  z.object({ ...frame, kind: z.literal('pesticides'), content: pesticideShape }),
]);

export const protocolListAnswer = z.object({
  items: z.array(
    z.object({
      key: z.string(),
      kind: z.enum(['growing', 'diary', 'pesticides']),
      title: z.string(),
      sets: z.array(z.number().int()),
    }),
  ),
  next: z.null(),
});

export function protocolListJson(found: readonly Protocol[]): z.output<typeof protocolListAnswer> {
  const items = found.map((one) => ({
    key: one.key,
    kind: one.kind,
    title: one.title,
    sets: one.kind === 'growing' ? one.content.sets : [],
  }));
  return { items, next: null };
}

const sourceWords = (language: Language, sources: readonly Source[], key: string): string =>
  sources.find((source) => source.key === key)?.title ?? t(language, 'protocols.noSource');

const monthWords = (language: Language, { months, lunarMonths }: ProtocolStep): string => {
  const solar = months.length === 0 ? '' : t(language, 'protocols.months', { months: months.join(', ') });
  return [solar, lunarMonths].filter((words) => words !== '').join('; ');
};

const stepView = (language: Language, sources: readonly Source[], step: ProtocolStep) => ({
  name: step.name,
  kind: step.kind === 'step' ? '' : t(language, `protocols.kinds.${step.kind}`),
  when: monthWords(language, step),
  duration: step.duration,
  inputs: step.inputs.map(({ name, amount, unit, per }) => {
    const much = amount === null ? t(language, 'protocols.amountUnknown') : formatNumber(language, amount);
    return `${name}: ${[much, unit].filter((word) => word !== '').join(' ')}${per === '' ? '' : ` / ${per}`}`;
  }),
  parameters: step.parameters.map(({ name, value }) => ({
    name,
    value: value === '' ? t(language, 'protocols.amountUnknown') : value,
  })),
  source: step.sourced ? sourceWords(language, sources, step.source) : '',
  note: step.note,
});

const growingView = (language: Language, sources: readonly Source[], content: GrowingContent) => ({
  facts: [
    { label: t(language, 'protocols.place'), value: content.place },
    { label: t(language, 'protocols.cycle'), value: content.cycle },
  ],
  sets: content.sets.map((set) => ({ href: paths.scoreCard(set), name: t(language, 'protocols.set', { set }) })),
  steps: content.steps.map((step) => stepView(language, sources, step)),
  remarks: content.remarks,
});

const diaryView = (content: DiaryContent) => ({
  tables: [...content.crop, ...content.mushroom].map(({ name, columns }) => ({
    name,
    columns: columns.map(({ label }) => label),
  })),
  books: content.books,
});

const waitWords = (language: Language, days: number | null): string =>
  days === null ? t(language, 'protocols.waitUnknown') : t(language, 'protocols.waitDays', { count: days });

const pesticidesView = (language: Language, sources: readonly Source[], content: PesticideContent) => ({
  register: content.register,
  rules: content.rules.map(({ rule, source }) => ({ rule, source: sourceWords(language, sources, source) })),
  trialOnly: content.trialOnly.map(({ label, waitDays: days }) => ({ label, wait: waitWords(language, days) })),
});

/** All of them, growing protocols first. */
export function protocolsView(language: Language, found: readonly Protocol[]) {
  const link = (one: Protocol) => ({
    href: paths.protocol(one.key),
    title: one.title,
    detail:
      one.kind === 'growing'
        ? t(language, 'protocols.counts', {
            steps: one.content.steps.length,
            unsourced: one.content.steps.filter(({ sourced }) => !sourced).length,
          })
        : '',
  });
  return {
    growing: found.filter(({ kind }) => kind === 'growing').map(link),
    others: found.filter(({ kind }) => kind !== 'growing').map(link),
  };
}

/** One in full; of the three kinds of content the one that it has. */
export function protocolView(language: Language, one: Protocol) {
  return {
    listHref: paths.protocols,
    heading: one.title,
    growing: one.kind === 'growing' ? growingView(language, one.sources, one.content) : undefined,
    diary: one.kind === 'diary' ? diaryView(one.content) : undefined,
    pesticides: one.kind === 'pesticides' ? pesticidesView(language, one.sources, one.content) : undefined,
    sources: one.sources,
  };
}
