import { expect } from 'chai';
import type { Db } from '../../src/db/connect.ts';
import { giveBackTurns, networkOf, removeOldLimits, takeTurns } from '../../src/db/limits.ts';
import { freshDatabase } from '../support/store.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 8, 4) + seconds * 1000);

describe('limits', () => {
  let db: Db;
  const three = { key: 'three', most: 3, windowSeconds: 60 };

  beforeEach(async () => {
    db = await freshDatabase();
  });

  it('let through as many as they say, and tell the others how long to wait', async () => {
    const waits: number[] = [];
    for (const second of [0, 10, 20, 30, 59.5, 60, 61]) waits.push(await takeTurns(db, [three], at(second)));

    expect(waits).to.deep.equal([0, 0, 0, 30, 1, 0, 0]);
  });

  it('let no more through when all come at once, in a new window too', async () => {
    for (const second of [0, 100]) {
      const waits = await Promise.all(Array.from({ length: 20 }, () => takeTurns(db, [three], at(second))));

      expect(waits.filter((wait) => wait === 0)).to.have.lengthOf(3);
    }
  });

  it('stop at the first that is used up and leave the later ones uncounted', async () => {
    const wide = { key: 'wide', most: 4, windowSeconds: 60 };
    for (let turn = 0; turn < 10; turn += 1) await takeTurns(db, [three, wide], at(0));

    const waits = [await takeTurns(db, [wide], at(1)), await takeTurns(db, [wide], at(1))];

    expect(waits).to.deep.equal([0, 59]);
  });

  it('take turns back', async () => {
    for (let turn = 0; turn < 3; turn += 1) await takeTurns(db, [three], at(0));

    await giveBackTurns(db, [three]);

    expect(await takeTurns(db, [three], at(1))).to.equal(0);
    expect(await takeTurns(db, [three], at(1))).to.equal(59);
  });

  it('are removed when their window is over', async () => {
    await takeTurns(db, [three, { key: 'long', most: 1, windowSeconds: 600 }], at(0));

    await removeOldLimits(db, at(60));

    const left = await db.collection('limits').find().toArray();
    expect(left.map(({ _id }) => String(_id))).to.deep.equal(['long']);
  });

  it('count an IPv4 address, and the /64 network of an IPv6 address', () => {
    const networks = {
      '203.0.113.7': '203.0.113.7',
      '::ffff:203.0.113.7': '203.0.113.7',
      '2001:db8:1:2:aaaa:bbbb:cccc:dddd': '2001:db8:1:2::/64',
      '2001:DB8:1:2::1': '2001:db8:1:2::/64',
      '2001:0db8:0001:0002::1': '2001:db8:1:2::/64',
      '2001:db8::1': '2001:db8:0:0::/64',
      '::1': '0:0:0:0::/64',
      'fe80::1%eth0': 'fe80:0:0:0::/64',
      '': '',
    };

    expect(Object.keys(networks).map(networkOf)).to.deep.equal(Object.values(networks));
  });
});
