// Found products and producers as data.
import { z } from 'zod';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { starLine } from './catalog.items.view.ts';
import type { SearchResult } from './catalog.types.ts';

const text = z.string();

export const searchAnswer = z.object({
  checkedAt: z.iso.datetime(),
  /** Nothing was found as typed: these are words one letter off. */
  isNear: z.boolean(),
  hasMore: z.boolean(),
  products: z.array(
    z.object({
      name: text,
      page: text,
      producer: z.string().nullable(),
      commune: text,
      province: text,
      ocopSet: z.number().nullable(),
      /** What its stars are worth at this moment; `stars` only while they count. */
      verdict: z.object({ state: text, stars: z.number().nullable(), words: text }),
      sample: z.boolean(),
    }),
  ),
  producers: z.array(z.object({ name: text, page: text, commune: text, province: text, sample: z.boolean() })),
  communes: z.array(z.object({ code: text, name: text, province: text })),
});

export function searchJson(
  language: Language,
  result: SearchResult,
  { baseUrl, now }: { baseUrl: string; now: Date },
): z.output<typeof searchAnswer> {
  return {
    checkedAt: now.toISOString(),
    isNear: result.isNear,
    hasMore: result.hasMore,
    products: result.products.map(({ product, producer, producerName, slug, verdict }) => ({
      name: product.name,
      page: `${baseUrl}${paths.product(slug)}`,
      producer: producerName === '' ? null : producerName,
      commune: producer.address.communeName,
      province: producer.address.provinceName,
      ocopSet: product.ocopSet ?? null,
      verdict: {
        state: verdict.state,
        stars: verdict.state === 'valid' || verdict.state === 'extended' ? verdict.stars : null,
        words: starLine(language, verdict).words,
      },
      sample: producer.sample,
    })),
    producers: result.producers.map(({ producer, name, slug }) => ({
      name,
      page: `${baseUrl}${paths.producer(slug)}`,
      commune: producer.address.communeName,
      province: producer.address.provinceName,
      sample: producer.sample,
    })),
    communes: result.communes.map(({ code, fullName, parentCode }) => ({ code, name: fullName, province: parentCode })),
  };
}
