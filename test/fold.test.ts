import { expect } from 'chai';
import { fold, searchWords, typedWords } from '../src/fold.ts';

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

describe('search words', () => {
  const finds = (typed: string, text: string): boolean =>
    typedWords(typed).every((word) => searchWords(text).some((known) => known.startsWith(word)));

  const table: [string, string, boolean][] = [
    ['na la hien', 'Na dai La Hiên', true],
    ['LA HIÊN na', 'Na dai La Hiên', true],
    ['che dinh', 'Chè đinh', true],
    ['chè đinh', 'Chè đinh', true],
    ['đinh', 'Chè dinh dưỡng', false],
    ['dinh', 'Chè đinh', true],
    ['dong hy', 'Đồng Hỷ', true],
    ['Ðồng Hỷ', 'Đồng Hỷ', true],
    ['hoà', 'Hòa Bình', true],
    ['83829', '83-829-28780-3-2022', true],
    ['83-829', '83-829-28780-3-2022', true],
    ['mien', 'Na dai', false],
    ['.*', 'Na dai', true],
  ];
  for (const [typed, text, expected] of table) {
    it(`"${typed}" ${expected ? 'finds' : 'does not find'} "${text}"`, () => {
      expect(finds(typed, text)).to.equal(expected);
    });
  }
});
