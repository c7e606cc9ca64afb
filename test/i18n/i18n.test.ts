import { expect } from 'chai';
import { errorCodes } from '../../src/errors.ts';
import { en } from '../../src/i18n/en.ts';
import {
  formatAmount,
  formatArea,
  formatDay,
  formatMoment,
  formatNumber,
  formatPhone,
  formatWeekday,
} from '../../src/i18n/format.ts';
import { t } from '../../src/i18n/i18n.ts';
import { vi } from '../../src/i18n/vi.ts';

const flat = (branch: object, prefix = ''): Map<string, string> =>
  new Map(
    Object.entries(branch).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as const] : [...flat(value as object, `${prefix}${key}.`)],
    ),
  );

const placeholders = (value: string): string[] =>
  (value.match(/\{\{\s*\w+\s*\}\}/g) ?? []).map((one) => one.replace(/\W/g, '')).sort();
// i18next picks `_one` and `_other` by count; Vietnamese has one form.
const base = (key: string): string => key.replace(/_(zero|one|two|few|many|other)$/, '');

describe('the words of the product', () => {
  const vietnamese = flat(vi);
  const english = flat(en);

  it('are there in both languages', () => {
    expect([...new Set([...english.keys()].map(base))].sort()).to.deep.equal(
      [...new Set([...vietnamese.keys()].map(base))].sort(),
    );
  });

  it('take the same values in both languages', () => {
    const differing = [...vietnamese].filter(
      ([key, value]) => english.has(key) && placeholders(value).join() !== placeholders(english.get(key) ?? '').join(),
    );

    expect(differing).to.deep.equal([]);
  });

  it('have a sentence for every error code, and no sentence without a code', () => {
    expect(Object.keys(vi.errors).sort()).to.deep.equal(Object.keys(errorCodes).sort());
  });

  it('are composed Vietnamese without "vui lòng", "hệ thống" or exclamation marks', () => {
    for (const [key, value] of vietnamese) {
      expect(value, key).to.equal(value.normalize('NFC'));
      expect(value, key).not.to.match(/vui lòng|hệ thống|!/i);
      expect(value, key).not.to.match(/hàng giả/i);
    }
  });

  it('are found by number where a language has several forms', () => {
    expect(t('vi', 'files.pages', { count: 1 })).to.equal('1 trang');
    expect(t('en', 'files.pages', { count: 1 })).to.equal('1 page');
    expect(t('en', 'files.pages', { count: 2 })).to.equal('2 pages');
  });

  it('throw for a key that has no text instead of leaving a hole', () => {
    expect(() => t('vi', 'steps.no-such-key')).to.throw('no text for');
  });
});

describe('numbers and days', () => {
  it('are written as the reader writes them', () => {
    expect(formatDay('vi', '2026-09-04')).to.equal('04/09/2026');
    expect(formatWeekday('vi', '2026-09-04')).to.equal('Thứ Sáu 04/09/2026');
    expect(formatWeekday('en', '2026-09-04')).to.equal('Friday 04/09/2026');
    expect(formatMoment('vi', new Date('2026-09-04T02:41:00Z'))).to.equal('09:41, 04/09/2026');
    expect(formatMoment('vi', new Date('2026-09-03T17:05:00Z'))).to.equal('00:05, 04/09/2026');
    expect(formatNumber('vi', 1900)).to.equal('1.900');
    expect(formatAmount('vi', 0.5, 'kg')).to.equal('0,5\u00A0kg');
    expect(formatAmount('en', 0.5, 'kg')).to.equal('0.5\u00A0kg');
    expect(formatArea('vi', 94_000)).to.equal('9,4\u00A0ha');
    expect(formatPhone('0900000000')).to.equal('0900\u00A0000\u00A0000');
  });
});
