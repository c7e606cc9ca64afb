// The lot in the buyer's hand: its number and its days.
import { dayOf, daysBetween } from '../days.ts';
import type { Day } from '../days.ts';
import { formatDay, formatShortDay } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import type { TraceFacts } from './trace.types.ts';

type LotCell = {
  label: string;
  datetime: string;
  day: string;
  year: string;
  note: string;
  noteLook: string;
  dayLook: string;
};

const unknownCell = (language: Language, label: string): LotCell => ({
  label,
  datetime: '',
  day: t(language, 'trace.lot.unknown'),
  year: '',
  note: '',
  noteLook: '',
  dayLook: 'ko',
});

/** 02/09 beside a use-by day of the same year; else with its year below. */
const shortCell = (language: Language, label: string, day: Day | undefined, useBy: Day | undefined): LotCell => {
  if (day === undefined) return unknownCell(language, label);
  const year = day.slice(0, 4) === useBy?.slice(0, 4) ? '' : day.slice(0, 4);
  return { label, datetime: day, day: formatShortDay(language, day), year, note: '', noteLook: '', dayLook: '' };
};

const useByNote = (language: Language, facts: TraceFacts, useBy: Day): Pick<LotCell, 'note' | 'noteLook'> => {
  if (facts.recalls.length > 0) return { note: t(language, 'trace.lot.doNotUse'), noteLook: 'th' };
  const left = daysBetween(dayOf(facts.at), useBy);
  const days = t(language, Math.abs(left) === 1 ? 'trace.oneDay' : 'trace.days', { n: Math.abs(left) });
  if (left < 0) return { note: t(language, 'trace.lot.over', { days }), noteLook: 'th' };
  if (left === 0) return { note: t(language, 'trace.lot.lastDay'), noteLook: '' };
  return { note: t(language, 'trace.lot.left', { days }), noteLook: '' };
};

const useByCell = (language: Language, facts: TraceFacts): LotCell => {
  const label = t(language, 'trace.lot.useBy');
  const { useBy } = facts.batch;
  if (useBy === undefined) return unknownCell(language, label);
  const isOver = useBy < dayOf(facts.at) || facts.recalls.length > 0;
  const day = formatDay(language, useBy);
  return { label, datetime: useBy, day, year: '', ...useByNote(language, facts, useBy), dayLook: isOver ? 'th' : '' };
};

/** The harvest; for what is made rather than picked, the day on which the making began. */
const firstCell = (language: Language, { batch, journal }: TraceFacts): LotCell => {
  const isMade = batch.harvestedOn === undefined && journal.some(({ step }) => step.kind === 'process');
  const label = t(language, isMade ? 'trace.lot.begun' : 'trace.lot.harvested');
  return shortCell(language, label, isMade ? batch.startedOn : batch.harvestedOn, batch.useBy);
};

/** Number and days of the lot. */
export const lotSection = (language: Language, facts: TraceFacts) => {
  const { packedOn, useBy, lotNumber } = facts.batch;
  return {
    number: lotNumber,
    isRecalled: facts.recalls.length > 0,
    cells: [
      firstCell(language, facts),
      shortCell(language, t(language, 'trace.lot.packed'), packedOn, useBy),
      useByCell(language, facts),
    ],
  };
};
