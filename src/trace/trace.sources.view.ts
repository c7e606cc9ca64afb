// What a lot was made from, one step back: lots of the producer's own and what else went in, in the words that the producer wrote for buyers.
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import type { TraceFacts } from './trace.types.ts';
import { amountWords } from './trace.words.view.ts';

/** Rows, lots first; undefined where nothing is on record. */
export const sourcesSection = (language: Language, { sources, batch }: TraceFacts) => {
  const lots = sources.map(({ product, lotNumber }) => ({
    name: product,
    detail: t(language, 'trace.sources.lot', { lot: lotNumber }),
  }));
  const inputs = batch.inputs.map(({ name, amount, unit, lot }) => ({
    name,
    detail: [amountWords(language, amount, unit), lot === '' ? '' : t(language, 'trace.sources.lot', { lot })]
      .filter((part) => part !== '')
      .join(', '),
  }));
  const rows = [...lots, ...inputs];
  return rows.length === 0 ? undefined : rows;
};
