// The lot number that a form suggests.
import { expect } from 'chai';
import { suggestLot } from '../../src/batches/batches.page.view.ts';

describe('the suggested lot number', () => {
  for (const [product, lot] of [
    ['Na dai La Hiên', 'NA-260902-01'],
    ['Chè đinh', 'CHE-260902-01'],
    ['Đường thốt nốt', 'DUON-260902-01'],
    ['Ổi lê', 'OI-260902-01'],
    ['“”', 'LO-260902-01'],
  ] as const) {
    it(`is ${lot} for ${product}`, () => {
      expect(suggestLot(product, '2026-09-02', [])).to.equal(lot);
    });
  }

  it('is the first that is free', () => {
    expect(suggestLot('Na', '2026-09-02', ['NA-260902-01', 'NA-260902-03'])).to.equal('NA-260902-02');
  });
});
