// Products and producers as items of a list: the name, who and where, and what the stars are worth now in words.
import type { StarVerdict } from '../certificates/certificates.types.ts';
import { formatDay } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { placeInWords } from '../i18n/place-names.ts';
import { paths } from '../paths.ts';
import type { FoundProducer, FoundProduct } from './catalog.types.ts';

/** "OCOP 4 sao, còn hiệu lực đến 15/07/2029"; `look` is the class of the line, `stars` are drawn only for stars that count. */
export function starLine(language: Language, verdict: StarVerdict): { words: string; look: string; stars: number[] } {
  const say = (key: string, values: Record<string, unknown> = {}) => t(language, `catalog.stars.${key}`, values);
  const drawn = (count: number): number[] => Array.from({ length: count }, (_, place) => place);
  const day = (value: string): string => formatDay(language, value);
  switch (verdict.state) {
    case 'valid': {
      const words = say('valid', { stars: verdict.stars, day: day(verdict.lastDay) });
      return { words, look: 'con', stars: drawn(verdict.stars) };
    }
    case 'extended': {
      const words = say('extended', { stars: verdict.stars, day: day(verdict.extendedTo) });
      return { words, look: 'con', stars: drawn(verdict.stars) };
    }
    case 'expired':
      return { words: say('expired', { day: day(verdict.expiredSince) }), look: 'qua', stars: [] };
    case 'revoked':
      return { words: say('revoked', { day: day(verdict.revokedFrom) }), look: 'huy', stars: [] };
    case 'declared':
    case 'none':
      return { words: say(verdict.state), look: '', stars: [] };
  }
}

/** One product of a list. `withProducer`: on the producer's own page its name would only be said again. */
export function productItem(language: Language, found: FoundProduct, options: { withProducer: boolean }) {
  const { product, producer, producerName, slug, verdict } = found;
  const name = producerName === '' ? t(language, 'trace.unnamed') : producerName;
  const place = placeInWords(language, producer.address);
  const picture = product.picture?.fileId;
  const line = starLine(language, verdict);
  return {
    href: paths.product(slug),
    name: product.name,
    from: options.withProducer ? `${name}, ${place}` : '',
    words: line.words,
    look: line.look,
    picture: picture === undefined ? '' : paths.picture(picture, 360, 'webp'),
    isSample: producer.sample,
  };
}

export function producerItem(language: Language, { producer, name, slug }: FoundProducer) {
  return {
    href: paths.producer(slug),
    name,
    place: placeInWords(language, producer.address),
    isSample: producer.sample,
  };
}
