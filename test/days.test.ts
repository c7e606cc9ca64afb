import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import { addDays, addMonths, dayOf, daysBetween } from '../src/days.ts';
import { projectFolder } from '../src/project-root.ts';

describe('days', () => {
  for (const [moment, day] of [
    ['2026-08-31T17:30:00Z', '2026-09-01'],
    ['2026-09-01T00:30:00+07:00', '2026-09-01'],
    ['2026-08-31T23:59:59+07:00', '2026-08-31'],
    ['2026-09-01T01:30:00+09:00', '2026-08-31'],
  ] as const) {
    it(`takes ${moment} as the day ${day} in Viet Nam`, () => {
      expect(dayOf(new Date(moment))).to.equal(day);
    });
  }

  it('gives the same days whatever zone the server has', () => {
    const script = `import('./src/days.ts').then((d) => console.log([d.dayOf(new Date('2026-08-31T17:30:00Z')), d.addDays('2026-02-28', 1), d.addMonths('2024-02-29', 36), d.daysBetween('2026-03-01', '2026-11-01')].join(' ')))`;

    const answers = ['UTC', 'America/Los_Angeles', 'Asia/Tokyo'].map((zone) =>
      execFileSync(process.execPath, ['--import', 'tsx', '-e', script], {
        cwd: projectFolder('.'),
        env: { ...process.env, TZ: zone },
        encoding: 'utf8',
      }).trim(),
    );

    expect(answers).to.deep.equal(Array(3).fill('2026-09-01 2026-03-01 2027-02-28 245'));
  });

  for (const [day, months, later] of [
    ['2023-11-20', 36, '2026-11-20'],
    ['2024-02-29', 36, '2027-02-28'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-03-31', -1, '2026-02-28'],
  ] as const) {
    it(`puts ${months} months from ${day} on ${later}`, () => {
      expect(addMonths(day, months)).to.equal(later);
    });
  }

  it('counts whole days over the ends of months and years', () => {
    expect(addDays('2026-11-20', 180)).to.equal('2027-05-19');
    expect(daysBetween('2026-11-20', '2027-05-19')).to.equal(180);
    expect(daysBetween('2026-09-04', '2026-09-01')).to.equal(-3);
  });
});
