// GTIN and GLN: check digit, zeros in front, and what an internal code may not look like. Numbers from GS1's
// demonstration prefix 952 and from GS1's own examples.
import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import { gs1CheckDigit, looksLikeGtin, readGln, readGtin } from '../../src/codes/gtin.ts';
import { skipWithoutReference } from '../support/reference.ts';

type Identifiers = {
  published: { ai: string; value: string; checkDigitValid: boolean }[];
  samples: { gtins: { gtin13: string; gtin14: string }[]; glns: { gln: string }[] };
};

describe('GS1 check digit', () => {
  it('is the published one for every length', () => {
    expect(gs1CheckDigit('950600013435')).to.equal(2);
    expect(gs1CheckDigit('0950600013436')).to.equal(9);
    expect(gs1CheckDigit('1061414107346')).to.equal(4);
    expect(gs1CheckDigit('9638507')).to.equal(4);
    expect(gs1CheckDigit('03600029145')).to.equal(2);
    expect(gs1CheckDigit('952123400001')).to.equal(3);
  });
});

describe('typed GTIN', () => {
  const read: { typed: string; gtin14: string }[] = [
    { typed: '9521234000013', gtin14: '09521234000013' },
    { typed: '09521234000013', gtin14: '09521234000013' },
    { typed: '19521234000010', gtin14: '19521234000010' },
    { typed: '96385074', gtin14: '00000096385074' },
    { typed: '036000291452', gtin14: '00036000291452' },
    { typed: '0036000291452', gtin14: '00036000291452' },
    { typed: ' 9 521234 000013 ', gtin14: '09521234000013' },
    { typed: '952-1234-00001-3', gtin14: '09521234000013' },
    { typed: '９５２１２３４００００１３', gtin14: '09521234000013' },
  ];
  for (const { typed, gtin14 } of read) {
    it(`reads ${JSON.stringify(typed)} as ${gtin14}`, () => {
      expect(readGtin(typed)).to.deep.equal({ ok: true, gtin14 });
    });
  }

  it('keeps an outer pack with indicator 1 apart from the item inside it', () => {
    const item = readGtin('9521234000013');
    const pack = readGtin('19521234000010');

    expect(item).to.not.deep.equal(pack);
  });

  const refused: { typed: string; fault: object }[] = [
    { typed: '9521234000014', fault: { reason: 'check', position: 13, expected: 3 } },
    { typed: '09521234000010', fault: { reason: 'check', position: 14, expected: 3 } },
    { typed: '952123400001', fault: { reason: 'check', position: 12, expected: 0 } },
    { typed: '96385073', fault: { reason: 'check', position: 8, expected: 4 } },
    { typed: '952123400', fault: { reason: 'length' } },
    { typed: '095212340000130', fault: { reason: 'length' } },
    { typed: '', fault: { reason: 'length' } },
    { typed: '9'.repeat(1000), fault: { reason: 'length' } },
    { typed: '0000000000000', fault: { reason: 'zeros' } },
    { typed: '9.52123E+12', fault: { reason: 'symbol' } },
    { typed: '٩٥٢١٢٣٤٠٠٠٠١٣', fault: { reason: 'symbol' } },
    { typed: '952123400001O', fault: { reason: 'symbol' } },
  ];
  for (const { typed, fault } of refused) {
    it(`refuses ${JSON.stringify(typed).slice(0, 24)}: ${JSON.stringify(fault)}`, () => {
      expect(readGtin(typed)).to.deep.equal({ ok: false, ...fault });
    });
  }

  it('reads every demonstration number of the reference list', function () {
    const file = skipWithoutReference(this, 'data/gs1-demo-identifiers.json');
    const { published, samples } = JSON.parse(readFileSync(file, 'utf8')) as Identifiers;

    for (const { value, checkDigitValid } of published.filter(({ ai }) => ai === '01')) {
      expect(readGtin(value).ok, value).to.equal(checkDigitValid);
    }
    for (const { gtin13, gtin14 } of samples.gtins) {
      expect(readGtin(gtin13)).to.deep.equal({ ok: true, gtin14 });
      expect(readGtin(gtin14)).to.deep.equal({ ok: true, gtin14 });
    }
    for (const { gln } of samples.glns) expect(readGln(gln)).to.deep.equal({ ok: true, gln });
  });
});

describe('typed GLN', () => {
  it('has 13 digits and a right check digit', () => {
    expect(readGln('952 1234 00901 6')).to.deep.equal({ ok: true, gln: '9521234009016' });
    expect(readGln('9521234009017')).to.deep.equal({ ok: false, reason: 'check', position: 13, expected: 6 });
    expect(readGln('09521234009016')).to.deep.equal({ ok: false, reason: 'length' });
  });
});

describe('internal code', () => {
  for (const text of [
    '9521234000013',
    '9521234000014',
    '12345678',
    '952-1234-00001-3',
    '(01)09521234000013',
    '0109521234000013',
    '123 456 789 012',
  ]) {
    it(`may not be ${text}, which looks like a GTIN`, () => {
      expect(looksLikeGtin(text)).to.equal(true);
    });
  }
  for (const text of ['NA-LH-01', 'NA9521234000013', '1234567', '123456789', '260902-03A', '']) {
    it(`may be ${JSON.stringify(text)}, which does not look like a GTIN`, () => {
      expect(looksLikeGtin(text)).to.equal(false);
    });
  }
});
