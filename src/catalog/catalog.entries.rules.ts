// What search finds a record by. Pure.
import type { StarVerdict } from '../certificates/certificates.types.ts';
import { fold, searchWords, tonedWords } from '../fold.ts';
import type { Producer } from '../producers/producers.types.ts';
import type { Product } from '../products/products.types.ts';
import type { CatalogEntry } from './catalog.types.ts';

/** A word with its marks, beside the folded ones. */
export const marked = (word: string): string => `=${word}`;

/** A record with a long text is found by its first words. */
const mostWords = 120;

const wordsOf = (...texts: string[]): string[] =>
  [...new Set([...searchWords(...texts), ...texts.flatMap(tonedWords).map(marked)])].slice(0, mostWords);

const placesOf = ({ address }: Producer): string[] => [address.communeName, address.provinceName];

/** The entry of a product. `producerName` is what everybody may read, `numbers` those of its certificates. */
export function productEntry(
  product: Product,
  producer: Producer,
  known: { producerName: string; numbers: readonly string[]; verdict: StarVerdict },
): CatalogEntry {
  const { name, brand, gtin14, internalCode } = product;
  const { communeCode, provinceCode } = producer.address;
  return {
    id: product.id,
    kind: 'product',
    name,
    sortName: fold(name),
    words: wordsOf(name, brand, gtin14, internalCode, ...known.numbers, known.producerName, ...placesOf(producer)),
    provinceCode,
    communeCode,
    ocopSet: product.ocopSet ?? 0,
    star: 'stars' in known.verdict ? known.verdict.stars : 0,
    productVersion: product.version,
    producerVersion: producer.version,
  };
}

/** The entry of a producer under the name that everybody may read. */
export function producerEntry(producer: Producer, publicName: string): CatalogEntry {
  const { communeCode, provinceCode } = producer.address;
  return {
    id: producer.id,
    kind: 'producer',
    name: publicName,
    sortName: fold(publicName),
    words: wordsOf(publicName, ...placesOf(producer)),
    provinceCode,
    communeCode,
    ocopSet: 0,
    star: 0,
    productVersion: 0,
    producerVersion: producer.version,
  };
}

/** The entry of what is not public: nothing of it but which versions were looked at. */
export function hiddenEntry(id: string, versions: { product: number; producer: number }): CatalogEntry {
  const nothing = { name: '-', sortName: '-', words: [], provinceCode: '-', communeCode: '', ocopSet: 0, star: 0 };
  return { id, kind: 'hidden', ...nothing, productVersion: versions.product, producerVersion: versions.producer };
}

/** A word and what is left of it when any one letter is taken away: two words that differ by a letter share one of these. */
export function nearKeys(word: string): string[] {
  const letters = Array.from(word);
  return [...new Set([word, ...letters.map((_, place) => letters.filter((_letter, at) => at !== place).join(''))])];
}

/** Folded words worth guessing at: three letters or more, no digits. */
export function termsOf(entry: CatalogEntry): string[] {
  return entry.words.filter((word) => /^[a-z]{3,24}$/.test(word));
}
