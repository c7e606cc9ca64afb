import { expect } from 'chai';
import { findRunGap, gapAfter, leaveRunGap } from '../../src/labels/labels.gaps.model.ts';
import { nextRunNumber } from '../../src/labels/labels.model.ts';
import { freshDatabase } from '../support/store.ts';

describe('the gap in run numbers that a restore leaves', () => {
  it('reaches to the next multiple of 65,536 plus 65,536', () => {
    expect(gapAfter(0)).to.deep.equal({ first: 1, last: 131_072 });
    expect(gapAfter(17)).to.deep.equal({ first: 18, last: 131_072 });
    expect(gapAfter(65_535)).to.deep.equal({ first: 65_536, last: 131_072 });
    expect(gapAfter(65_536)).to.deep.equal({ first: 65_537, last: 196_608 });
  });

  it('is never printed from again, and is known as a gap', async () => {
    const db = await freshDatabase();
    await nextRunNumber(db);
    const last = await nextRunNumber(db);

    const gap = await leaveRunGap(db, new Date('2026-11-25T03:00:00Z'));
    const next = await nextRunNumber(db);

    expect(gap).to.include({ first: last + 1, last: 131_072 });
    expect(next).to.equal(131_073);
    expect(await findRunGap(db, last)).to.equal(undefined);
    expect(await findRunGap(db, last + 1)).to.include({ first: 3, last: 131_072 });
    expect(await findRunGap(db, 131_072)).to.include({ first: 3 });
    expect(await findRunGap(db, next)).to.equal(undefined);
  });

  it('is left for each restore', async () => {
    const db = await freshDatabase();
    await leaveRunGap(db, new Date('2026-11-25T03:00:00Z'));

    const second = await leaveRunGap(db, new Date('2026-11-26T03:00:00Z'));

    expect(second).to.include({ first: 131_073, last: 262_144 });
    expect(await findRunGap(db, 5)).to.include({ first: 1 });
  });
});
