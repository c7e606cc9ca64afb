import zlib from 'node:zlib';
import { expect } from 'chai';
import { cutPage } from '../../src/http/slotted-page.ts';
import { slotMark } from '../../src/slots.ts';

const html = (name: string): string => `<h1>${name} ${'Na dai La Hiên '.repeat(200)}</h1>`;

describe('a page with slots', () => {
  const text = `${html('một')}${slotMark('one')}${html('hai')}${slotMark('two')}${slotMark('one')}`;
  const filled = (one: string, two: string): string => `${html('một')}${one}${html('hai')}${two}${one}`;

  for (const [name, one, two] of [
    ['short ones', '7K3M9QXC2A4Y', 'Đây là lần đầu'],
    ['empty ones', '', ''],
    ['one longer than a stored block', 'ế'.repeat(70_000), 'x'],
  ] as const)
    it(`is one gzip stream with its slots filled: ${name}`, () => {
      const page = cutPage(text);

      const packed = page.fill({ one, two }, 'gzip');

      expect(zlib.gunzipSync(packed).toString()).to.equal(filled(one, two));
      expect(page.fill({ one, two }, 'identity').toString()).to.equal(filled(one, two));
    });

  it('names its slots in the order in which they stand, and refuses to leave one empty by oversight', () => {
    const page = cutPage(text);

    expect(page.slots).to.deep.equal(['one', 'two', 'one']);
    expect(() => page.fill({ one: '' }, 'gzip')).to.throw('two');
  });

  it('has another fingerprint when anything but its slots differs', () => {
    expect(cutPage(text).fingerprint).to.equal(cutPage(text).fingerprint);
    expect(cutPage(`${text}.`).fingerprint).not.to.equal(cutPage(text).fingerprint);
  });
});
