// How the words of a label fall into lines.
import { expect } from 'chai';

import { LabelGlyphError, printableText } from '../../src/labels/labels.fonts.ts';
import { LabelTextError, setLabel, smallestSize, type LabelWords } from '../../src/labels/labels.text.ts';
import { makeRandom } from '../support/random.ts';

// Every letter as wide as 0.6 em: a column of 57 points takes 17 letters at 5.3 pt.
const measure = (text: string, _weight: string, size: number) => [...text].length * 0.6 * size;
const room = { width: 57.3, height: 57.2 };
const label: LabelWords = {
  productName: 'Na dai',
  lotNumber: 'Lô\u00a0NA-260902',
  dates: ['HSD 09/09/2026'],
  code: '7K3M-9QXC-2A4Y',
};
const textsOf = (words: Partial<LabelWords>) => setLabel({ ...label, ...words }, room, measure).map(({ text }) => text);

describe('label text', () => {
  it('puts a short name on one line at the largest size', () => {
    const lines = setLabel(label, room, measure);

    expect(lines.map(({ text }) => text)).to.deep.equal([
      'Na dai',
      'Lô\u00a0NA-260902',
      'HSD 09/09/2026',
      '7K3M-9QXC-2A4Y',
    ]);
    expect(lines[0]).to.include({ weight: 'bold', size: 6.7 });
  });

  it('breaks a longer name between words into two lines, smaller when it must', () => {
    const [first, second] = setLabel({ ...label, productName: 'Na dai La Hiên loại một ngọt ít' }, room, measure);

    expect([first?.text, second?.text]).to.deep.equal(['Na dai La Hiên', 'loại một ngọt ít']);
    expect(first?.size).to.be.within(smallestSize, 6.7);
  });

  it('takes more lines only when two are not enough at the smallest size', () => {
    const lines = textsOf({ productName: 'Mật ong hoa nhãn nguyên chất Thượng Nung hũ 500 ml' });

    expect(lines.slice(0, -3)).to.have.length.greaterThan(2);
    expect(lines.slice(0, -3).join(' ')).to.equal('Mật ong hoa nhãn nguyên chất Thượng Nung hũ 500 ml');
  });

  it('breaks a long lot number behind a hyphen, or anywhere when it has none', () => {
    expect(textsOf({ lotNumber: 'Lô\u00a0NA-LH-2026-08-0001' })).to.include.members(['Lô\u00a0NA-LH-2026-08-', '0001']);
    expect(textsOf({ lotNumber: 'Lô\u00a012345678901234567890' })).to.include.members([
      'Lô\u00a0123456789012345',
      '67890',
    ]);
  });

  it('names the field that is too long and the size it was tried at', () => {
    expect(() => textsOf({ productName: 'Chè '.repeat(40) }))
      .to.throw(LabelTextError)
      .that.includes({ field: 'productName', minimumPt: 5.3 });
    expect(() => textsOf({ productName: 'x'.repeat(30) }))
      .to.throw(LabelTextError)
      .with.property('field', 'productName');
    expect(() => textsOf({ lotNumber: 'x'.repeat(50) }))
      .to.throw(LabelTextError)
      .with.property('field', 'lotNumber');
  });

  it('never leaves the label, whatever the words', () => {
    const random = makeRandom(31);
    const words = [
      'Na',
      'dai',
      'La',
      'Hiên',
      'nguyên',
      'chất',
      'Thượng',
      'Nung',
      '(ngọt,',
      '500\u00a0g',
      '–',
      'Mật',
      'ong',
      'nghiêng',
    ];
    let refused = 0;
    for (let turn = 0; turn < 500; turn += 1) {
      const productName = Array.from({ length: random.below(1, 22) }, () => random.pick(words)).join(' ');
      const lotNumber = `Lô\u00a0${'N'.repeat(random.below(1, 21))}`;
      const notice = turn % 2 === 0 ? { notice: 'MẪU, KHÔNG BÁN' } : {};
      try {
        const lines = setLabel({ ...label, productName, lotNumber, ...notice }, room, measure);

        expect(lines.reduce((sum, { height }) => sum + height, 0)).to.be.at.most(room.height);
        expect(lines.every(({ text, weight, size }) => measure(text, weight, size) <= room.width)).to.equal(true);
        expect(lines.map(({ text }) => text).join(' ')).to.include(productName);
      } catch (error) {
        expect(error).to.be.instanceOf(LabelTextError);
        refused += 1;
      }
    }
    expect(refused).to.be.within(1, 250);
  });
});

describe('printable text', () => {
  const all = () => true;

  it('is composed, on one line, without characters that nobody sees', () => {
    expect(printableText('Ấp Đường'.normalize('NFD'), 'productName', all)).to.equal('Ấp Đường');
    expect(printableText(' Na\tdai\n La\u200b Hiên ', 'productName', all)).to.equal('Na dai La Hiên');
    expect(printableText('500\u202fg a\u2011b', 'productName', all)).to.equal('500\u00a0g a-b');
  });

  it('names the first character without a glyph', () => {
    const onlyAscii = (codePoint: number) => codePoint < 128;

    expect(() => printableText('Na 🙂 dai', 'productName', onlyAscii))
      .to.throw(LabelGlyphError)
      .that.includes({ field: 'productName', character: '🙂', codePoint: 'U+1F642' });
  });
});
