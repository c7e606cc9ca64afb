// What the pages of a producer show: its record in rows, the state of its approval, what buyers see of it, and its history.
import { dayOf } from '../days.ts';
import { formatDay, formatPhone } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { fieldOf } from './producers.change.rules.ts';
import { missingForApproval, publicProducerName, publicProducerPhone } from './producers.rules.ts';
import { marketplaceOf } from './shops.types.ts';
import type { ApprovalState, Producer } from './producers.types.ts';
import { addressLine, kindWords, stateOf } from './producers.view.ts';
import { isProvinceCode, provinceFullName } from '../units/provinces.types.ts';

type Row = { label: string; value: string; isMissing: boolean };

const field = (language: Language, name: string): string => t(language, `producers.fields.${name}`);

/** The record, row by row; what an approval needs is shown as missing, the rest is left out where there is nothing. */
export function recordRows(language: Language, producer: Producer): Row[] {
  const row = (name: string, value: string): Row => ({ label: field(language, name), value, isMissing: false });
  const needed = (label: string, value: string, lacks: boolean): Row => ({
    label,
    value: lacks ? t(language, 'producers.missing') : value,
    isMissing: lacks,
  });
  const missing = missingForApproval(producer);
  const address = addressLine(producer.address);
  const rows = [
    row('kind', kindWords(language, producer.kind)),
    needed(field(language, 'registrationNumber'), producer.registrationNumber, missing.includes('registrationNumber')),
    row('formerAddress', producer.formerAddress),
    row('hotline', formatPhone(producer.hotline)),
    row('gln', producer.gln),
    { label: t(language, 'producers.source'), value: producer.source, isMissing: false },
  ];
  const place = missing.includes('address.communeCode') ? `${t(language, 'producers.noAddress')}; ${address}` : address;
  rows.splice(2, 0, { label: t(language, 'producers.address'), value: place, isMissing: false });
  return rows.filter(({ value }) => value !== '');
}

/** Shops with the marketplaces they are on. */
export function shopLinks(producer: Producer) {
  return producer.shops.map(({ url }) => ({ href: url, marketplace: marketplaceOf(url), words: decoded(url) }));
}

const decoded = (url: string): string => {
  const bare = url.replace(/^https:\/\/(www\.)?/, '');
  try {
    return decodeURI(bare);
  } catch {
    return bare;
  }
};

/** What an approval needs and the record lacks, as one phrase; '' when nothing. */
export function lacksWords(language: Language, producer: Producer): string {
  const lacks = missingForApproval(producer);
  const words = lacks.map((name) => field(language, name === 'address.communeCode' ? 'address.communeName' : name));
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(words);
}

/** The decisions, latest first. */
export function decisionRows(language: Language, producer: Producer) {
  return [...producer.approvals].reverse().map((one) => ({
    outcome: t(language, `producers.approval.${one.outcome}`),
    on: formatDay(language, dayOf(one.at)),
    reason: one.reason,
  }));
}

/** The state of the approval in words for the producer's own people: what it is, why, and what to do. */
export function approvalNews(language: Language, producer: Producer, approval: ApprovalState) {
  const last = producer.approvals.at(-1);
  const day = last === undefined ? '' : formatDay(language, dayOf(last.at));
  const lacks = approval === 'approved' ? '' : lacksWords(language, producer);
  const words = (key: string, values: Record<string, string> = {}): string =>
    t(language, `producers.own.${key}`, values);
  const said = {
    pending: words(last === undefined ? 'pending' : 'again', { day }),
    refused: words('refused', { day, reason: last?.reason ?? '' }),
    approved: words('approved', { day }),
  };
  return {
    ...stateOf(language, producer, approval),
    said: producer.claim === 'unclaimed' ? words('unclaimed') : said[approval],
    todo: [
      approval === 'refused' ? words('refusedDo') : '',
      lacks === '' || producer.claim === 'unclaimed' ? '' : words('lacks', { items: lacks }),
    ].filter((one) => one !== ''),
  };
}

/** What the page behind a label shows of the producer, and why something is hidden. */
export function publicRows(language: Language, producer: Producer) {
  const words = (key: string): string => t(language, `producers.own.${key}`);
  const isHousehold = producer.kind === 'household';
  const name = publicProducerName(producer);
  const phone = publicProducerPhone(producer);
  const isNamed = name !== '';
  const address = isNamed ? producer.address : { ...producer.address, street: '' };
  const row = (label: string, value: string, why = '') => ({ label, value, why });
  const isPhoneHidden = phone === '' && producer.hotline !== '';
  return {
    isHousehold,
    rows: [
      row(field(language, 'legalName'), isNamed ? name : words('nameHidden'), isNamed ? '' : words('nameHiddenWhy')),
      row(t(language, 'producers.address'), addressLine(address)),
      row(field(language, 'formerAddress'), isNamed ? producer.formerAddress : ''),
      row(field(language, 'registrationNumber'), isNamed ? producer.registrationNumber : ''),
      isPhoneHidden
        ? row(field(language, 'hotline'), words('phoneHidden'), words('phoneHiddenWhy'))
        : row(
            field(language, 'hotline'),
            formatPhone(phone) || t(language, 'producers.missing'),
            phone === '' ? words('noPhone') : '',
          ),
    ].filter(({ value }) => value !== ''),
  };
}

type HistoryNote = {
  actorId: string;
  what: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  at: Date;
};

const longest = 240;

const valueWords = (language: Language, name: string, value: unknown): string => {
  if (typeof value === 'object' && value !== null && 'kept' in value) return t(language, 'producers.history.hidden');
  if (typeof value === 'boolean') return t(language, value ? 'common.yes' : 'common.no');
  const text = Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : '';
  if (text === '') return t(language, 'producers.edit.empty');
  if (name === 'kind') return kindWords(language, text as Producer['kind']);
  if (name === 'provinceCode' && isProvinceCode(text)) return provinceFullName(text);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
};

const isHidden = (value: unknown): boolean => typeof value === 'object' && value !== null && 'kept' in value;

/** The history, newest first: when, who, and of each field what it was and what it is. `names` are shown names by user id. */
export function historyRows(language: Language, notes: readonly HistoryNote[], names: ReadonlyMap<string, string>) {
  return [...notes].reverse().map((note) => ({
    what: t(language, note.what === 'producer-claimed' ? 'producers.history.claimed' : 'producers.history.changed'),
    by: t(language, 'producers.history.by', {
      day: formatDay(language, dayOf(note.at)),
      name: names.get(note.actorId) ?? t(language, 'producers.history.unknown'),
    }),
    changes: Object.entries(note.after ?? {}).map(([name, value]) => ({
      label: field(language, fieldOf(name)),
      isHidden: isHidden(value),
      was: valueWords(language, name, note.before?.[name]),
      is: valueWords(language, name, value),
    })),
  }));
}
