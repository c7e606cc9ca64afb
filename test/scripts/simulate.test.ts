import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { simulateCopies } from '../../scripts/simulate/copies.ts';
import { projectFolder } from '../../src/project-root.ts';
import { doubtNumbers } from '../../src/scans/scans.rules.ts';

const percent = (rate: number): string => `${(rate * 100).toFixed(2)} %`;

describe('the simulation of copied labels', () => {
  it('gives the published figures again under the published seed, and the rule’s numbers keep false alarms below one in a hundred', () => {
    const { rows } = simulateCopies({ seed: 7, units: 5000 });

    const published = readFileSync(projectFolder('docs/benchmarks.md'), 'utf8');
    for (const { manyScans, manyPlaces, falseAlarms, hits } of rows) {
      const cells = [manyScans, manyPlaces, percent(falseAlarms), ...hits.map(({ rate }) => percent(rate))];
      expect(published.replace(/ +/g, ' ')).to.include(`| ${cells.join(' | ')} |`);
    }
    const own = rows.find(
      (row) => row.manyScans === doubtNumbers.manyScans && row.manyPlaces === doubtNumbers.manyPlaces,
    );
    expect(own?.falseAlarms).to.be.below(0.01);
    expect(own?.hits.find(({ copies }) => copies === 200)?.rate).to.be.above(0.95);
  });

  it('gives other figures under another seed: nothing in it is fixed', () => {
    const one = simulateCopies({ seed: 1, units: 500 });
    const other = simulateCopies({ seed: 2, units: 500 });

    expect(one.rows).not.to.deep.equal(other.rows);
  });
});
