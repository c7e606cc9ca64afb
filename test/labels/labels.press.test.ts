// Sheets drawn in a thread of their own: the same file as drawn here, in pieces that wait for their reader.
import { expect } from 'chai';
import { setTimeout as wait } from 'node:timers/promises';
import { traceUrl } from '../../src/codes/digital-link.ts';
import { issueCodes, makeCodeKey } from '../../src/codes/trace-code.ts';
import { pressSheet, type OwnOf } from '../../src/labels/labels.press.ts';
import type { PressSheet } from '../../src/labels/labels.press.types.ts';
import { drawSheet } from '../../src/labels/labels.sheet.ts';

const key = makeCodeKey(Buffer.alloc(32, 5));
const ownOf: OwnOf = (from, end) =>
  [...issueCodes(key, 3, from, end - from)].map((code) => [traceUrl('https://nongsan.example.vn', code), code]);

const aPressSheet = (change: Partial<PressSheet> = {}): PressSheet => ({
  layout: 'a4-65',
  lang: 'vi',
  heading: 'Hợp tác xã Na La Hiên',
  sample: false,
  startAt: 1,
  offsetMm: { x: 0, y: 0 },
  cutLines: false,
  createdAt: new Date('2026-09-02T01:00:00Z'),
  count: 200,
  shared: { productName: 'Na dai La Hiên', lotNumber: 'NA-260902-03', useByText: 'HSD 09/09/2026' },
  ...change,
});

const whole = async (sheet: PressSheet): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of pressSheet(sheet, ownOf)) pieces.push(piece);
  return Buffer.concat(pieces);
};

describe('the press', function () {
  this.timeout(30_000);

  it('gives the same file, byte by byte, as drawing here, from any cell of the first sheet and again', async () => {
    for (const startAt of [1, 60]) {
      const { count, shared, ...sheet } = aPressSheet({ startAt });
      const labels = ownOf(0, count).map(([url, code]) => ({ ...shared, url, code }));

      const [first, second, here] = [
        await whole(aPressSheet({ startAt })),
        await whole(aPressSheet({ startAt })),
        await drawSheet({ ...sheet, labels }),
      ];

      expect(first.equals(here)).to.equal(true);
      expect(second.equals(here)).to.equal(true);
    }
  });

  it('draws no more than two pages ahead of its reader', async () => {
    let asked = 0;
    const counted: OwnOf = (from, end) => {
      asked = end;
      return ownOf(from, end);
    };

    const pieces = pressSheet(aPressSheet({ count: 65 * 40 }), counted);
    await pieces.next();
    await wait(500);

    expect(asked).to.be.at.most(65 * 4);
    await pieces.return();
  });

  it('works on for others after readers left in the middle', async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      const pieces = pressSheet(aPressSheet({ count: 65 * 20 }), ownOf);
      await pieces.next();
      await pieces.return();
    }

    const files = await Promise.all([1, 2, 3, 4].map(() => whole(aPressSheet())));

    for (const file of files) expect(file.subarray(-6).toString()).to.equal('%%EOF\n');
  });

  it('says so when the thread fails', async () => {
    const failure = await whole(aPressSheet({ shared: { productName: 'Miến ★', lotNumber: 'M1' } })).catch(
      (error: unknown) => error,
    );

    expect(failure).to.be.instanceOf(Error).with.property('message').that.includes('U+2605');
  });
});
