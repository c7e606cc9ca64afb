// Shops on marketplaces: which addresses are taken. Pure.
import { fieldError } from '../errors.ts';
import type { Shop } from './producers.types.ts';
import { marketplaceAt, marketplaces } from './shops.types.ts';

// People copy an address without its beginning: shopee.vn/nuong-mau.
const withScheme = (typed: string): string =>
  /^[a-z0-9-]+(\.[a-z0-9-]+)+(\/|$)/i.test(typed) ? `https://${typed}` : typed;

const readShop = (typed: string, field: string): Shop => {
  const address = withScheme(typed);
  // Backslashes and blanks are where readers of addresses disagree about which host is meant.
  if (/[\s\\]/.test(address) || !/^https:\/\/[^/]/i.test(address) || !URL.canParse(address))
    throw fieldError(field, 'shop-address');
  const url = new URL(address);
  if (url.username !== '' || url.password !== '' || url.port !== '') throw fieldError(field, 'shop-address');
  if (marketplaceAt(url.hostname) === undefined)
    throw fieldError(field, 'shop-host', { names: marketplaces.map(({ name }) => name).join(', ') });
  return { url: url.href };
};

/** The shops with their addresses in one spelling, each once. Throws 'fields-wrong' at `shops.<place>.url`. */
export function readShops(shops: readonly Shop[]): Shop[] {
  const read = shops.map(({ url }, place) => readShop(url, `shops.${place}.url`).url);
  return [...new Set(read)].map((url) => ({ url }));
}
