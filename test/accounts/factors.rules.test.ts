import { expect } from 'chai';
import { needsSecondFactor } from '../../src/accounts/factors.rules.ts';
import type { Role } from '../../src/actor.ts';

describe('a second factor', () => {
  const producerId = '01980000-0000-7000-8000-000000000001';
  const free: Role[] = [
    { kind: 'producer', producerId },
    { kind: 'recorder', producerId },
    { kind: 'digital-team', communeCode: '05740' },
  ];
  const needed: Role[] = [
    { kind: 'commune-officer', communeCode: '05740' },
    { kind: 'province-officer', provinceCode: '19' },
    { kind: 'ministry-officer' },
    { kind: 'admin' },
  ];

  it('is needed by officers and administrators, and free for producers’ people and the digital team', () => {
    expect(free.filter((role) => needsSecondFactor([role]))).to.deep.equal([]);
    expect(needed.filter((role) => !needsSecondFactor([role]))).to.deep.equal([]);
  });

  it('is needed by whoever is an official beside something else', () => {
    expect(needsSecondFactor([{ kind: 'producer', producerId }, { kind: 'admin' }])).to.equal(true);
  });
});
