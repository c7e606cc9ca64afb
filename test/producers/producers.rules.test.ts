import { expect } from 'chai';
import { AppError } from '../../src/errors.ts';
import {
  approvalState,
  publicProducerName,
  publicProducerPhone,
  readProducerGln,
} from '../../src/producers/producers.rules.ts';
import type { Producer, ProducerKind } from '../../src/producers/producers.types.ts';

const producer = (parts: Partial<Producer>): Producer => ({
  id: '01990000-0000-7000-8000-000000000001',
  legalName: 'Bà Mẫu',
  kind: 'cooperative',
  registrationNumber: '',
  address: {
    communeCode: '05740',
    communeName: 'Xã La Hiên',
    provinceCode: '19',
    provinceName: 'Tỉnh Thái Nguyên',
    street: '',
  },
  formerAddress: '',
  hotline: '0900000000',
  gln: '',
  story: '',
  shops: [],
  publicName: false,
  publicPhone: false,
  sample: true,
  claim: 'claimed',
  importKey: undefined,
  source: '',
  claimId: undefined,
  approvals: [],
  askedAgainAt: undefined,
  version: 1,
  createdAt: new Date('2026-07-01T00:00:00Z'),
  ...parts,
});

const decided = (outcome: 'approved' | 'refused') => ({
  id: outcome,
  outcome,
  reason: '',
  byUserId: 'u',
  at: new Date(0),
});

describe('what the public sees of a producer', () => {
  const cases: { kind: ProducerKind; publicName: boolean; publicPhone: boolean; name: string; phone: string }[] = [
    { kind: 'household', publicName: false, publicPhone: false, name: '', phone: '' },
    { kind: 'household', publicName: true, publicPhone: false, name: 'Bà Mẫu', phone: '' },
    { kind: 'household', publicName: false, publicPhone: true, name: '', phone: '0900000000' },
    { kind: 'cooperative', publicName: false, publicPhone: false, name: 'Bà Mẫu', phone: '0900000000' },
    { kind: 'company', publicName: false, publicPhone: false, name: 'Bà Mẫu', phone: '0900000000' },
  ];
  for (const { kind, publicName, publicPhone, name, phone } of cases) {
    it(`is name "${name}" and phone "${phone}" of a ${kind} with consents ${publicName} and ${publicPhone}`, () => {
      const shown = producer({ kind, publicName, publicPhone });

      expect(publicProducerName(shown)).to.equal(name);
      expect(publicProducerPhone(shown)).to.equal(phone);
    });
  }
});

describe('approval', () => {
  it('is pending before any decision and then what the latest one says', () => {
    expect(approvalState(producer({}))).to.equal('pending');
    expect(approvalState(producer({ approvals: [decided('approved')] }))).to.equal('approved');
    expect(approvalState(producer({ approvals: [decided('approved'), decided('refused')] }))).to.equal('refused');
  });
});

describe('GLN of a producer', () => {
  it('is kept as 13 digits, or empty', () => {
    expect(readProducerGln('952 1234 00000 6')).to.equal('9521234000006');
    expect(readProducerGln('')).to.equal('');
  });

  it('is refused with the position of a check digit that does not fit', () => {
    const read = () => readProducerGln('9521234000004');

    expect(read)
      .to.throw(AppError)
      .with.deep.property('fields', { gln: { code: 'check-digit', facts: { position: 13 } } });
  });
});
