// Printed addresses: the short one and the GS1 Digital Link, written and read back.
import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import {
  digitalLinkUrl,
  isGs1Value,
  isQrAlphanumeric,
  readDigitalLink,
  traceUrl,
} from '../../src/codes/digital-link.ts';
import { makeRandom } from '../support/random.ts';
import { skipWithoutReference } from '../support/reference.ts';

const gtin14 = '09521234000013';
const code = '28W1HKS8TK8W';
const set82 = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';

describe('trace address', () => {
  const cases = [
    { baseUrl: 'https://nongsan.example.vn', url: `HTTPS://NONGSAN.EXAMPLE.VN/T/${code}` },
    { baseUrl: 'https://nongsan.example.vn/', url: `HTTPS://NONGSAN.EXAMPLE.VN/T/${code}` },
    { baseUrl: 'https://nongsan.example.vn:443', url: `HTTPS://NONGSAN.EXAMPLE.VN/T/${code}` },
    { baseUrl: 'http://127.0.0.1:3000', url: `HTTP://127.0.0.1:3000/T/${code}` },
    { baseUrl: 'https://example.vn/OCOP/', url: `HTTPS://EXAMPLE.VN/OCOP/T/${code}` },
    { baseUrl: 'https://Example.vn/truy-xuat', url: `https://example.vn/truy-xuat/T/${code}` },
    { baseUrl: 'http://[::1]:3000', url: `http://[::1]:3000/T/${code}` },
    { baseUrl: 'https://nôngsản.vn', url: `HTTPS://XN--NNGSN-6TA0134C.VN/T/${code}` },
  ];
  for (const { baseUrl, url } of cases) {
    it(`of ${baseUrl} is ${url}`, () => {
      const written = traceUrl(baseUrl, code);

      expect(written).to.equal(url);
      expect(new URL(written).href).to.equal(new URL(`T/${code}`, `${baseUrl.replace(/\/$/, '')}/`).href);
    });
  }

  it('fits the alphanumeric mode of a QR symbol unless the path of the base does not', () => {
    expect(isQrAlphanumeric(traceUrl('https://nongsan.example.vn', code))).to.equal(true);
    expect(isQrAlphanumeric(traceUrl('https://example.vn/truy-xuat', code))).to.equal(false);
  });
});

describe('Digital Link address', () => {
  it('carries GTIN, lot and serial, in upper case where nothing is lost', () => {
    const link = { baseUrl: 'https://example.vn', gtin14, lot: 'NA-LH-2026-08' };

    expect(digitalLinkUrl(link)).to.equal('HTTPS://EXAMPLE.VN/01/09521234000013/10/NA-LH-2026-08');
    expect(digitalLinkUrl({ ...link, serial: code })).to.equal(
      `HTTPS://EXAMPLE.VN/01/09521234000013/10/NA-LH-2026-08/21/${code}`,
    );
  });

  it('keeps the case of lot and serial and encodes what an address cannot hold', () => {
    const url = digitalLinkUrl({ baseUrl: 'https://example.vn', gtin14, lot: 'Mo-0001/26', serial: '50%&(a)' });

    expect(url).to.equal('https://example.vn/01/09521234000013/10/Mo-0001%2F26/21/50%25%26%28a%29');
  });

  it('comes back whole for every character that GS1 allows', () => {
    for (const character of set82) {
      const lot = `A${character}`;
      const url = new URL(digitalLinkUrl({ baseUrl: 'https://example.vn', gtin14, lot, serial: lot }));

      expect(readDigitalLink(url.pathname), character).to.deep.equal({ ok: true, gtin14, lot, serial: lot });
    }
  });

  it('comes back whole for random lots and serials', () => {
    const random = makeRandom(82);
    const value = () => Array.from({ length: random.below(1, 21) }, () => random.pick([...set82])).join('');
    for (let turn = 0; turn < 500; turn += 1) {
      const [lot, serial] = [`L${value().slice(1)}`, `S${value().slice(1)}`];
      const url = new URL(digitalLinkUrl({ baseUrl: 'https://example.vn/p', gtin14, lot, serial }));

      expect(readDigitalLink(url.pathname.replace('/p', ''))).to.deep.equal({ ok: true, gtin14, lot, serial });
    }
  });

  it('is not written with a wrong GTIN, lot or serial', () => {
    const link = { baseUrl: 'https://example.vn', gtin14, lot: 'L1' };

    expect(() => digitalLinkUrl({ ...link, gtin14: '9521234000013' })).to.throw(RangeError, 'GTIN-14');
    expect(() => digitalLinkUrl({ ...link, gtin14: '09521234000014' })).to.throw(RangeError, 'GTIN-14');
    expect(() => digitalLinkUrl({ ...link, lot: 'Lô 1' })).to.throw(RangeError, 'lot');
    expect(() => digitalLinkUrl({ ...link, lot: '..' })).to.throw(RangeError, 'lot');
    expect(() => digitalLinkUrl({ ...link, serial: '1'.repeat(21) })).to.throw(RangeError, 'serial');
  });
});

describe('Digital Link path', () => {
  const readable = [
    { path: `/01/${gtin14}`, link: { gtin14 } },
    { path: '/01/9521234000013', link: { gtin14 } },
    { path: '/01/96385074', link: { gtin14: '00000096385074' } },
    { path: `/01/${gtin14}/10/na-lh`, link: { gtin14, lot: 'na-lh' } },
    { path: `/01/${gtin14}/21/7K3QX9`, link: { gtin14, serial: '7K3QX9' } },
    { path: `/01/${gtin14}/10/MO-0001%2f26/21/000042`, link: { gtin14, lot: 'MO-0001/26', serial: '000042' } },
    { path: `/01/${gtin14}/10/10/21/21`, link: { gtin14, lot: '10', serial: '21' } },
  ];
  for (const { path, link } of readable) {
    it(`reads ${path}`, () => {
      expect(readDigitalLink(path)).to.deep.equal({ ok: true, ...link });
    });
  }

  const refused = [
    { path: '/', reason: 'path' },
    { path: '/01', reason: 'path' },
    { path: '/01/', reason: 'gtin' },
    { path: `/01/${gtin14}/`, reason: 'path' },
    { path: `/01/${gtin14}/10`, reason: 'path' },
    { path: `01/${gtin14}`, reason: 'path' },
    { path: `/02/${gtin14}`, reason: 'path' },
    { path: `/01/${gtin14}?17=260909`, reason: 'path' },
    { path: `/01/${gtin14}/10/${'A'.repeat(400)}`, reason: 'path' },
    { path: '/01/09521234000014', reason: 'gtin' },
    { path: '/01/952-1234-00001-3', reason: 'gtin' },
    { path: '/01/%20952123400001', reason: 'gtin' },
    { path: `/01/${gtin14}/21/1/10/L`, reason: 'order' },
    { path: `/01/${gtin14}/10/L/10/L`, reason: 'order' },
    { path: `/01/${gtin14}/22/2A`, reason: 'unknown-identifier' },
    { path: `/01/${gtin14}/10/L/17/260909`, reason: 'unknown-identifier' },
    { path: `/01/${gtin14}/lot/L`, reason: 'unknown-identifier' },
    { path: `/01/${gtin14}/10/100%`, reason: 'escape' },
    { path: `/01/${gtin14}/10/%ZZ`, reason: 'escape' },
    { path: `/01/${gtin14}/10/%C3`, reason: 'escape' },
    { path: `/01/%FF/10/L`, reason: 'escape' },
    { path: `/01/${gtin14}/10/`, reason: 'lot' },
    { path: `/01/${gtin14}/10/A%00B`, reason: 'lot' },
    { path: `/01/${gtin14}/10/L%20`, reason: 'lot' },
    { path: `/01/${gtin14}/10/L%C3%B4`, reason: 'lot' },
    { path: `/01/${gtin14}/10/%2E%2E`, reason: 'lot' },
    { path: `/01/${gtin14}/10/${'A'.repeat(21)}`, reason: 'lot' },
    { path: `/01/${gtin14}/10/%252F%23`, reason: 'lot' },
    { path: `/01/${gtin14}/10/L/21/${'1'.repeat(21)}`, reason: 'serial' },
    { path: `/01/${gtin14}/10/L/21/%0A`, reason: 'serial' },
  ];
  for (const { path, reason } of refused) {
    it(`refuses ${path.slice(0, 50)} for its ${reason}`, () => {
      expect(readDigitalLink(path)).to.include({ ok: false, reason });
    });
  }
});

describe('GS1 values', () => {
  it('are 1 to 20 characters of the set 82, which are not a step in a path', () => {
    expect(set82).to.have.length(82);
    expect([...set82].filter((character) => character !== '.' && !isGs1Value(character))).to.deep.equal([]);
    expect(['', '.', '..', ' ', '#', '@', '$', '~', 'đ', 'A'.repeat(21)].filter(isGs1Value)).to.deep.equal([]);
  });

  it('follow the syntax dictionary of GS1: lot and serial up to 20 characters, lot before serial', function () {
    const file = skipWithoutReference(this, 'conformance/gs1/gs1-syntax-dictionary.txt');
    const lines = readFileSync(file, 'utf8').split('\n');
    const entry = (identifier: string) => lines.find((line) => line.startsWith(`${identifier} `)) ?? '';

    expect(entry('01')).to.match(/N14,csum\S* .*dlpkey=\S*10,21/);
    expect(entry('10')).to.match(/ X\.\.20 /);
    expect(entry('21')).to.match(/ X\.\.20 /);
  });
});
