// The recall that stands above everything.
import { dayOf } from '../days.ts';
import { formatDay } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import type { TraceFacts } from './trace.types.ts';
import { callLink } from './trace.words.view.ts';

/** The recall that is read first: the serious one, else the newest. */
export const recallBanner = (language: Language, facts: TraceFacts) => {
  const first = facts.recalls.find((recall) => recall.recallClass === 'serious') ?? facts.recalls[0];
  if (first === undefined) return undefined;
  const others = facts.recalls.filter((recall) => recall.id !== first.id).map((recall) => recall.orderNumber);
  const lot = facts.batch.lotNumber;
  const through = first.batchId === facts.batch.id ? 'trace.recall.onlyLot' : 'trace.recall.throughOther';
  const call = callLink(first.phone);
  return {
    reason: first.reason,
    instructions: first.instructions,
    call:
      call === undefined
        ? undefined
        : { href: call.href, text: t(language, 'trace.recall.call', { phone: call.text }) },
    order: [
      t(language, 'trace.recall.order', { number: first.orderNumber }),
      first.issuerName,
      formatDay(language, dayOf(first.openedAt)),
    ].join(', '),
    isOwn: first.batchId === facts.batch.id,
    about: t(language, through, { lot }),
    others: others.length === 0 ? '' : t(language, 'trace.recall.others', { orders: others.join(', ') }),
  };
};
