// Which addresses of shops are taken, and what is made of them.
import { expect } from 'chai';
import { AppError } from '../../src/errors.ts';
import { readShops } from '../../src/producers/producers.shops.rules.ts';
import { marketplaceOf } from '../../src/producers/shops.types.ts';

const refusalOf = (url: string): string => {
  try {
    readShops([{ url }]);
  } catch (error) {
    if (error instanceof AppError) return error.fields['shops.0.url']?.code ?? error.code;
    throw error;
  }
  return '';
};

describe('shops on marketplaces', () => {
  for (const [typed, kept, marketplace] of [
    ['https://shopee.vn/nuong-mau', 'https://shopee.vn/nuong-mau', 'Shopee'],
    ['shopee.vn/nuong-mau', 'https://shopee.vn/nuong-mau', 'Shopee'],
    ['HTTPS://WWW.Lazada.VN/shop/nuong-mau?a=1', 'https://www.lazada.vn/shop/nuong-mau?a=1', 'Lazada'],
    ['https://tiki.vn:443/cua-hang/mau', 'https://tiki.vn/cua-hang/mau', 'Tiki'],
    ['https://postmart.vn/gian-hàng', 'https://postmart.vn/gian-h%C3%A0ng', 'PostMart'],
    ['https://voso.vn/mau', 'https://voso.vn/mau', 'Vỏ Sò'],
    ['https://www.sendo.vn/shop/mau', 'https://www.sendo.vn/shop/mau', 'Sendo'],
  ] as const) {
    it(`take ${typed} as ${kept} on ${marketplace}`, () => {
      const shops = readShops([{ url: typed }]);

      expect(shops).to.deep.equal([{ url: kept }]);
      expect(marketplaceOf(kept)).to.equal(marketplace);
    });
  }

  it('are kept once each', () => {
    expect(readShops([{ url: 'shopee.vn/a' }, { url: 'https://SHOPEE.vn/a' }])).to.deep.equal([
      { url: 'https://shopee.vn/a' },
    ]);
  });

  for (const [what, url, code] of [
    ['a look-alike ending', 'https://shopee.vn.evil.com/nuong-mau', 'shop-host'],
    ['a look-alike beginning', 'https://notshopee.vn/nuong-mau', 'shop-host'],
    ['a look-alike with a hyphen', 'https://shop-shopee.vn/nuong-mau', 'shop-host'],
    ['a host with a full stop at its end', 'https://shopee.vn./nuong-mau', 'shop-host'],
    ['a Cyrillic letter in the host', 'https://ѕhopee.vn/nuong-mau', 'shop-host'],
    ['the Punycode of it', 'https://xn--hopee-3fg.vn/nuong-mau', 'shop-host'],
    ['an IP address', 'https://127.0.0.1/nuong-mau', 'shop-host'],
    ['a user name before another host', 'https://shopee.vn@evil.com/', 'shop-address'],
    ['a user name and password', 'https://a:b@shopee.vn/', 'shop-address'],
    ['a port', 'https://shopee.vn:8443/', 'shop-address'],
    ['a backslash', 'https://evil.com\\@shopee.vn/', 'shop-address'],
    ['http', 'http://shopee.vn/nuong-mau', 'shop-address'],
    ['javascript:', 'javascript:alert(1)//shopee.vn', 'shop-address'],
    ['data:', 'data:text/html,shopee.vn', 'shop-address'],
    ['an address without a scheme but slashes', '//shopee.vn/nuong-mau', 'shop-address'],
    ['three slashes', 'https:///shopee.vn/nuong-mau', 'shop-address'],
    ['a blank', 'https://shopee.vn/nuong mau', 'shop-address'],
    ['words', 'gian hàng của tôi', 'shop-address'],
    ['another website', 'facebook.com/nuong-mau', 'shop-host'],
  ] as const) {
    it(`are refused for ${what}`, () => {
      expect(refusalOf(url)).to.equal(code);
    });
  }
});
