import { expect } from 'chai';
import type { Role } from '../../src/actor.ts';
import { mayConfirm, standsOver, stateOf } from '../../src/renewals/renewals.rules.ts';

const commune = (communeCode: string): Role => ({ kind: 'commune-officer', communeCode });
const province = (provinceCode: string): Role => ({ kind: 'province-officer', provinceCode });
const ministry: Role = { kind: 'ministry-officer' };
const admin: Role = { kind: 'admin' };
const person = (id: string, ...roles: Role[]) => ({ id, roles });
const provinceOf = (code: string) => ({ '05740': '19', '01234': '04' })[code];

describe('who stands over an official', () => {
  const cases: [string, Role[], Role[], boolean][] = [
    ['the same commune', [commune('05740')], [commune('05740')], true],
    ['another commune', [commune('01234')], [commune('05740')], false],
    ['the province of the commune', [province('19')], [commune('05740')], true],
    ['another province', [province('04')], [commune('05740')], false],
    ['a province, of a commune that no list has', [province('19')], [commune('99999')], false],
    ['the same province', [province('19')], [province('19')], true],
    ['a commune, of its province', [commune('05740')], [province('19')], false],
    ['the ministry', [ministry], [province('19')], true],
    ['a province, of the ministry', [province('19')], [ministry], false],
    ['an administrator, of an officer', [admin], [commune('05740')], false],
    ['an administrator, of another', [admin], [admin], true],
    ['the ministry, of an administrator', [ministry], [admin], false],
    ['half of two roles', [commune('05740')], [commune('05740'), province('19')], false],
    ['a producer’s owner, of anyone', [{ kind: 'producer', producerId: 'p' }], [commune('05740')], false],
    ['anyone, of who decides nothing', [ministry], [{ kind: 'producer', producerId: 'p' }], false],
  ];
  for (const [name, own, theirs, expected] of cases) {
    it(`${name}: ${expected ? 'yes' : 'no'}`, () => {
      expect(standsOver(person('a', ...own), person('b', ...theirs), provinceOf)).to.equal(expected);
    });
  }

  it('is never the person', () => {
    expect(standsOver(person('a', ministry), person('a', ministry), provinceOf)).to.equal(false);
  });
});

describe('an administrator stands in', () => {
  const lost = person('lost', province('19'));
  const one = person('one', province('19'));
  const two = person('two', ministry);

  it('where fewer than two officials could confirm, and not otherwise', () => {
    const byAdmin = [[], [one], [one, two]].map((able) => mayConfirm(person('x', admin), lost, able, provinceOf));

    expect(byAdmin).to.deep.equal([true, true, false]);
  });

  it('never for themselves, and whoever lost it does not count among the able', () => {
    const both = person('both', admin, province('19'));

    expect(mayConfirm(both, both, [], provinceOf)).to.equal(false);
    expect(mayConfirm(person('x', admin), lost, [lost, one], provinceOf)).to.equal(true);
  });
});

describe('a request', () => {
  const at = new Date('2026-08-01T00:00:00Z');
  const expiresAt = new Date('2026-08-02T00:00:00Z');
  const renewal = { id: 'r', userId: 'u', askedById: 'u', at, expiresAt };
  const by = (byId: string) => ({ renewalId: 'r', byId, at });

  it('is open with one, done with two different people, over after a day', () => {
    expect(stateOf(renewal, [by('a')], at)).to.equal('open');
    expect(stateOf(renewal, [by('a'), by('a')], at)).to.equal('open');
    expect(stateOf(renewal, [by('a'), by('b')], expiresAt)).to.equal('done');
    expect(stateOf(renewal, [by('a')], expiresAt)).to.equal('over');
  });
});
