// The marketplaces on which producers may have shops, by the hosts of their addresses.
import type { Shop } from './producers.types.ts';

/** Marketplaces by name, with the hosts whose addresses (or their subdomains') a producer may give. */
export const marketplaces: readonly { name: string; hosts: readonly string[] }[] = [
  { name: 'Shopee', hosts: ['shopee.vn'] },
  { name: 'Lazada', hosts: ['lazada.vn'] },
  { name: 'Tiki', hosts: ['tiki.vn'] },
  { name: 'Sendo', hosts: ['sendo.vn'] },
  { name: 'PostMart', hosts: ['postmart.vn'] },
  { name: 'Vỏ Sò', hosts: ['voso.vn'] },
];

/** The marketplace of a host, or undefined. */
export const marketplaceAt = (host: string): string | undefined =>
  marketplaces.find(({ hosts }) => hosts.some((own) => host === own || host.endsWith(`.${own}`)))?.name;

/** The marketplace of a stored address; '' for one that is no longer in the table. */
export function marketplaceOf(url: string): string {
  return marketplaceAt(new URL(url).hostname) ?? '';
}

/** A shop as everybody sees it: an address that leaves this site, its host in plain sight. */
export type ShopLink = { href: string; host: string; marketplace: string };

/** The shops whose marketplace still is in the table; an address on any other host is not passed on. */
export function shopLinks(shops: readonly Shop[]): ShopLink[] {
  return shops.flatMap(({ url }) => {
    const marketplace = marketplaceOf(url);
    return marketplace === '' ? [] : [{ href: url, host: new URL(url).hostname, marketplace }];
  });
}
