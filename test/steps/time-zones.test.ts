import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect } from 'chai';

const script = path.join(import.meta.dirname, 'verdicts-in-zone.ts');
const verdictsIn = (zone: string): unknown =>
  JSON.parse(
    execFileSync(process.execPath, ['--import', 'tsx', script], {
      cwd: import.meta.dirname,
      env: { ...process.env, TZ: zone },
      encoding: 'utf8',
    }),
  );

describe('Calendar days of steps and batches', () => {
  for (const zone of ['Asia/Ho_Chi_Minh', 'UTC', 'America/Los_Angeles', 'Pacific/Kiritimati'])
    it(`are those of Viet Nam on a server in ${zone}`, () => {
      expect(verdictsIn(zone)).to.deep.equal({
        today: '2026-09-01',
        inFuture: { mark: 'step-in-future', today: '2026-09-01' },
        onToday: null,
        waiting: { mark: 'harvest-too-soon', allowedFrom: '2026-09-02', sprayedOn: '2026-08-26', siteIds: [] },
        useBy: '2026-10-01',
        gaps: [{ fromDay: '2026-03-02', toDay: '2026-04-14', days: 44 }],
        late: true,
      });
    });
});
