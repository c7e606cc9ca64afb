// The 63 provinces of before 1 July 2025 in the 34 of today.
import { expect } from 'chai';
import { formerProvinceNames, provinceNow } from '../../src/units/former-provinces.ts';
import { provinces } from '../../src/units/provinces.types.ts';

describe('former provinces', () => {
  it('are 63, each in one of today, and leave none of today empty', () => {
    const now = formerProvinceNames.map((name) => provinceNow(name)?.code);

    expect(new Set(formerProvinceNames).size).to.equal(63);
    expect(now).to.not.include(undefined);
    expect([...new Set(now)].sort()).to.deep.equal(provinces.map(({ code }) => code));
  });

  for (const [written, name] of [
    ['Bắc Kạn', 'Thái Nguyên'],
    ['tỉnh Bắc Cạn', 'Thái Nguyên'],
    ['Thừa Thiên Huế', 'Huế'],
    ['Thừa Thiên - Huế', 'Huế'],
    ['TT-Huế', 'Huế'],
    ['Thanh Hóa', 'Thanh Hoá'],
    ['THANH HOÁ', 'Thanh Hoá'],
    ['Hòa Bình', 'Phú Thọ'],
    ['Khánh Hòa', 'Khánh Hoà'],
    ['Bà Rịa – Vũng Tàu', 'Hồ Chí Minh'],
    ['TP. Hồ Chí Minh', 'Hồ Chí Minh'],
    ['TP.HCM', 'Hồ Chí Minh'],
    ['Thành phố Đà Nẵng', 'Đà Nẵng'],
    ['Đăk Lăk', 'Đắk Lắk'],
    ['Đắc Nông', 'Lâm Đồng'],
    ['Bình Thuận', 'Lâm Đồng'],
    ['Lâm Đồng', 'Lâm Đồng'],
    ['Trà Vinh', 'Vĩnh Long'],
    ['Quảng Bình'.normalize('NFD'), 'Quảng Trị'],
  ] as const) {
    it(`find ${written} in ${name}`, () => {
      expect(provinceNow(written)?.name).to.equal(name);
    });
  }

  for (const name of ['', 'Huyện Võ Nhai', 'Hà', 'Sài Gòn Gia Định', '__proto__'])
    it(`know no province "${name}"`, () => {
      expect(provinceNow(name)).to.equal(undefined);
    });
});
