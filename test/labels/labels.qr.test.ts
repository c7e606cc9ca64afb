// The QR symbol as a shape: the same modules as the encoder's matrix, and sizes that printers and phones can manage.
import { expect } from 'chai';
import QRCode from 'qrcode';

import { traceUrl } from '../../src/codes/digital-link.ts';
import { LabelSymbolError, moduleSize, qrSymbol } from '../../src/labels/labels.qr.ts';

const code = '7K3M9QXC2A4Y';
const urlOfHost = (letters: number) => traceUrl(`https://${'a'.repeat(letters - 3)}.vn`, code);

describe('QR symbol', () => {
  it('is the matrix of the encoder, one bit a module', () => {
    for (const text of [urlOfHost(15), urlOfHost(30), 'https://example.vn/01/09521234000013/10/Mo-01']) {
      const mode = /[a-z]/.test(text) ? 'byte' : 'alphanumeric';
      const segment = mode === 'byte' ? ({ mode, data: Buffer.from(text) } as const) : ({ mode, data: text } as const);
      const matrix = QRCode.create([segment], { errorCorrectionLevel: 'M' }).modules;

      const { modules, mask } = qrSymbol(text);

      const rowBytes = mask.length / modules;
      const bits = Array.from(matrix.data, (_, place) => {
        const [x, y] = [place % modules, Math.floor(place / modules)];
        return ((mask[y * rowBytes + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;
      });
      expect(bits).to.deep.equal([...matrix.data]);
    }
  });

  it('is version 2 up to a host of 15 letters and version 3 beyond', () => {
    expect(qrSymbol(urlOfHost(15)).modules).to.equal(25);
    expect(qrSymbol(urlOfHost(16)).modules).to.equal(29);
  });

  it('says how large it must be when its modules would be too fine to print', () => {
    const longest = qrSymbol(`HTTPS://EXAMPLE.VN/${'A'.repeat(150)}`);

    expect(moduleSize(qrSymbol(urlOfHost(15)), 16.4)).to.be.closeTo(0.497, 0.001);
    expect(moduleSize(qrSymbol(urlOfHost(16)), 16.4)).to.be.closeTo(0.443, 0.001);
    expect(() => moduleSize(longest, 16.4))
      .to.throw(LabelSymbolError)
      .with.property('smallestMm')
      .that.is.closeTo((longest.modules + 8) * 0.33, 0.011);
    expect(moduleSize(longest, (longest.modules + 8) * 0.33 + 0.01)).to.be.at.least(0.33);
  });

  it('holds nothing but ASCII', () => {
    expect(() => qrSymbol('HTTPS://EXAMPLE.VN/na-dai-La-Hiên')).to.throw(RangeError, 'ASCII');
    expect(() => qrSymbol('HTTPS://EXAMPLE.VN/T/A B')).to.throw(RangeError, 'ASCII');
    expect(() => qrSymbol('')).to.throw(RangeError, 'ASCII');
  });
});
