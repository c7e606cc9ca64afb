// Small words that every part of the public page uses: the producer, places, counts of days, amounts.
import { formatCode } from '../codes/trace-code.ts';
import { formatAmount, formatNumber, formatPhone } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { placeInWords } from '../i18n/place-names.ts';
export { placeName } from '../i18n/place-names.ts';
import type { Address, Producer } from '../producers/producers.types.ts';
import type { NetContent } from '../products/products.types.ts';
import { codeSlot, codeTextSlot } from '../slots.ts';
import type { ProductFacts } from './trace.types.ts';

/** A code as printed; for the slot that codes go into, the one that printed codes go into. */
export function codeText(code: string): string {
  return code === codeSlot ? codeTextSlot : formatCode(code);
}

/** The name that may be shown, or that there is a household without a name. */
export function producerName(language: Language, facts: ProductFacts): string {
  return facts.publicName === '' ? t(language, 'trace.unnamed') : facts.publicName;
}

/** What the producer is called within a sentence: Hợp tác xã, Doanh nghiệp …; cooperative, company … */
export function producerWord(language: Language, producer: Producer): string {
  const word = t(language, `producers.kinds.${producer.kind}`);
  return language === 'vi' ? word : word.toLowerCase();
}

/** A call link, or undefined without a number. */
export function callLink(digits: string): { href: string; text: string } | undefined {
  return digits === '' ? undefined : { href: `tel:${digits}`, text: formatPhone(digits) };
}

/** xã La Hiên, tỉnh Thái Nguyên; the province alone where the commune is not known. */
export function placeWords(language: Language, address: Address): string {
  return placeInWords(language, address);
}

/** 5 ngày; 1 day. */
export function dayCount(language: Language, count: number): string {
  return count === 1 ? t(language, 'trace.oneDay') : t(language, 'trace.days', { n: formatNumber(language, count) });
}

/** 0,5 kg; the unit as it was written. */
export function amountWords(language: Language, amount: number, unit: string): string {
  return formatAmount(language, amount, unit).trim();
}

/** 0,5 kg; 10 cái. */
export function netWords(language: Language, net: NetContent | undefined): string {
  if (net === undefined) return '';
  const { amount, unit } = net;
  return amountWords(language, amount, unit === 'piece' ? t(language, 'trace.use.piece') : unit);
}

/** First letter in upper case, for a word that opens a line. */
export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase('vi') + text.slice(1);
}
