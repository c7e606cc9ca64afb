// npm run simulate -- copies [--seed N] [--units N]: how often the rule of scans.rules.ts finds copied labels, and how often it doubts genuine
// ones. The behaviour of buyers is assumed, not measured: every assumption is a named number below. JSON on the last line.
import { parseArgs } from 'node:util';
import { doubtNumbers } from '../src/scans/scans.rules.ts';
import { simulateCopies } from './simulate/copies.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '7' }, units: { type: 'string', default: '5000' } },
});
if (positionals[0] !== 'copies') {
  process.stderr.write('npm run simulate -- copies [--seed N] [--units N]\n');
  process.exitCode = 1;
} else {
  const report = simulateCopies({ seed: Number(values.seed), units: Number(values.units) });
  const line = (cells: readonly (string | number)[]): string => cells.map((cell) => String(cell).padStart(14)).join('');
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  print(
    line([
      'many scans',
      'many places',
      'false alarms',
      ...report.rows[0]!.hits.map(({ copies }) => `hits at ${copies}`),
    ]),
  );
  for (const row of report.rows) {
    const mark =
      row.manyScans === doubtNumbers.manyScans && row.manyPlaces === doubtNumbers.manyPlaces ? '  <- the rule' : '';
    const rate = (value: number): string => `${(value * 100).toFixed(2)} %`;
    print(
      line([row.manyScans, row.manyPlaces, rate(row.falseAlarms), ...row.hits.map(({ rate: hit }) => rate(hit))]) +
        mark,
    );
  }
  print(JSON.stringify(report));
}
