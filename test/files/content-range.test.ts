import { expect } from 'chai';
import { readContentRange } from '../../src/files/content-range.ts';

describe('Content-Range of a request', () => {
  const read: { header: string; range: [number, number, number] }[] = [
    { header: 'bytes 0-4095/150000', range: [0, 4095, 150_000] },
    { header: ' bytes 4096-149999/150000 ', range: [4096, 149_999, 150_000] },
    { header: 'BYTES 0-0/1', range: [0, 0, 1] },
  ];
  for (const { header, range } of read) {
    it(`reads ${JSON.stringify(header)}`, () => {
      const [from, to, totalBytes] = range;

      expect(readContentRange(header)).to.deep.equal({ from, to, totalBytes });
    });
  }

  for (const header of [
    '',
    'bytes',
    'bytes 0-4095',
    'bytes 0-4095/*',
    'bytes */150000',
    'bytes 4095-0/150000',
    'bytes 0-150000/150000',
    'bytes -1-5/10',
    'bytes 0x0-5/10',
    'bytes 0-5/1e3',
    'bytes 0-9999999999999/99999999999999',
    'items 0-5/10',
    'bytes=0-5/10',
  ]) {
    it(`does not take ${JSON.stringify(header)}`, () => {
      expect(readContentRange(header)).to.equal(undefined);
    });
  }
});
