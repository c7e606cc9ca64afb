import { expect } from 'chai';
import { fold } from '../../src/products/fold.ts';

describe('folded name', () => {
  const table: [string, string][] = [
    ['Na Dai La Hiên', 'na dai la hien'],
    ['CHÈ ĐINH  Đồng Hỷ', 'che dinh dong hy'],
    ['Ðồng Hỷ', 'dong hy'],
    ['ðông', 'dong'],
    ['hoà', 'hoa'],
    ['hòa', 'hoa'],
    ['Miến dong\tBình Lư ', 'mien dong binh lu'],
    ['Rượu Ngô Ưng', 'ruou ngo ung'],
    ['Chè đỉnh'.normalize('NFD'), 'che dinh'],
    ['', ''],
  ];
  for (const [name, folded] of table) {
    it(`of "${name}" is "${folded}"`, () => {
      expect(fold(name)).to.equal(folded);
    });
  }
});
