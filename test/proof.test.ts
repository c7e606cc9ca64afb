import { expect } from 'chai';
import { AppError } from '../src/errors.ts';
import { requireRecentProof, requireSecondFactor } from '../src/proof.ts';
import type { Proof } from '../src/proof.ts';

const now = new Date('2026-09-04T09:41:00+07:00');
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

const refusal = (ask: (signedIn: { proof: Proof }, now: Date) => void, proof: Proof): string => {
  try {
    ask({ proof }, now);
    return '';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
};

describe('what a session has shown', () => {
  it('answers for an owner’s deed while the password was proven in the last 12 hours, on whatever device', () => {
    expect(refusal(requireRecentProof, { by: 'password', passwordAt: ago(11.9) })).to.equal('');
    expect(refusal(requireRecentProof, { by: 'device', passwordAt: ago(1) })).to.equal('');
    expect(refusal(requireRecentProof, { by: 'password', passwordAt: ago(12) })).to.equal('password-needed');
    expect(refusal(requireRecentProof, { by: 'device' })).to.equal('password-needed');
    expect(refusal(requireRecentProof, { by: 'link', secondFactorAt: ago(1) })).to.equal('password-needed');
  });

  it('answers for an official’s decision while the second factor was proven in the last 12 hours', () => {
    expect(refusal(requireSecondFactor, { by: 'password', secondFactorAt: ago(11.9) })).to.equal('');
    expect(refusal(requireSecondFactor, { by: 'password', secondFactorAt: ago(12) })).to.equal('second-factor-needed');
    expect(refusal(requireSecondFactor, { by: 'password', passwordAt: ago(0) })).to.equal('second-factor-needed');
  });

  it('asks nothing of people of the sample, who come by links that a demo prints', () => {
    expect(refusal(requireRecentProof, { by: 'demo' })).to.equal('');
    expect(refusal(requireSecondFactor, { by: 'demo' })).to.equal('');
  });
});
