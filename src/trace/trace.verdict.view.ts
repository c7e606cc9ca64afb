// The verdict in words: one place for the card, the document's title, the comparison with the day the lot was made, and the JSON.
import type { StarVerdict } from '../certificates/certificates.types.ts';
import type { Day } from '../days.ts';
import { formatDay, formatMoment } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import type { ProductFacts } from './trace.types.ts';
import { producerWord } from './trace.words.view.ts';

/** `look` is the card's class; `stars` are drawn filled for a star that counts today, hollow for one that is over, not at all otherwise. */
export type VerdictCard = {
  look: '' | 'het' | 'huy' | 'vien';
  stars: number[];
  title: string;
  line: string;
  more: string;
  checked: string;
  /** For the producer and its officers only; '' on pages that everybody gets. */
  renewal: string;
};

/** Decision 26/2026/QĐ-TTg, Art. 7.6. */
export type RenewalWindow = { from: Day; to: Day };

type Words = Pick<VerdictCard, 'look' | 'title' | 'line' | 'more'> & { stars: number };

const certifiedSibling = (facts: ProductFacts): string | undefined =>
  facts.siblings.find(({ verdict }) => verdict.state === 'valid' || verdict.state === 'extended')?.name;

const noneMore = (language: Language, facts: ProductFacts): string => {
  const name = certifiedSibling(facts);
  return t(language, name === undefined ? 'trace.verdict.noneMore' : 'trace.verdict.noneSibling', { name });
};

const words = (language: Language, facts: ProductFacts): Words => {
  const { verdict } = facts;
  const say = (key: string, values: Record<string, unknown> = {}) => t(language, `trace.verdict.${key}`, values);
  const day = (value: string) => formatDay(language, value);
  switch (verdict.state) {
    case 'valid': {
      const title = say('stars', { stars: verdict.stars });
      return { look: '', stars: verdict.stars, title, line: say('valid', { day: day(verdict.lastDay) }), more: '' };
    }
    case 'extended': {
      const title = say('stars', { stars: verdict.stars });
      const line = say('extended', { day: day(verdict.extendedTo) });
      return { look: '', stars: verdict.stars, title, line, more: say('extendedMore', { day: day(verdict.lastDay) }) };
    }
    case 'expired': {
      const title = say('stars', { stars: verdict.stars });
      const line = say('expired', { day: day(verdict.expiredSince) });
      return { look: 'het', stars: verdict.stars, title, line, more: say('expiredMore') };
    }
    case 'revoked': {
      const line = say('revokedFrom', { day: day(verdict.revokedFrom), number: verdict.decisionNumber });
      const more = say('revokedMore', { reason: verdict.reason });
      return { look: 'huy', stars: verdict.stars, title: say('revoked'), line, more };
    }
    case 'declared': {
      const { source, listedAs } = verdict.certificate;
      const title =
        source === undefined
          ? say('declared', { who: producerWord(language, facts.producer) })
          : say(`listed.${listedAs}`);
      const line = source === undefined ? '' : say('source', { source: source.key });
      return { look: 'vien', stars: 0, title, line, more: say('declaredMore') };
    }
    case 'none':
      return { look: 'vien', stars: 0, title: say('none'), line: '', more: noneMore(language, facts) };
  }
};

/** The card that answers first. */
export function verdictCard(language: Language, facts: ProductFacts): VerdictCard {
  const { stars, ...card } = words(language, facts);
  const checked = t(language, 'trace.verdict.checked', { moment: formatMoment(language, facts.at) });
  return { ...card, stars: Array.from({ length: stars }, (_, place) => place), checked, renewal: '' };
}

/** The verdict in a few words: "OCOP 4 sao, còn hiệu lực". */
export function verdictTitle(language: Language, verdict: StarVerdict): string {
  const key = `trace.verdict.title${verdict.state.charAt(0).toUpperCase()}${verdict.state.slice(1)}`;
  return t(language, key, 'stars' in verdict ? { stars: verdict.stars } : {});
}

/** The days between which the dossier for the next rating is due, while they run. */
export function renewalOf(verdict: StarVerdict): RenewalWindow | undefined {
  return verdict.state === 'valid' ? verdict.renewalWindow : undefined;
}

/** The line that the producer and its officers read within the card. */
export function renewalLine(language: Language, { from, to }: RenewalWindow): string {
  return t(language, 'trace.verdict.renewal', { from: formatDay(language, from), to: formatDay(language, to) });
}
