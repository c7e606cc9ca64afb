import { expect } from 'chai';
import { consentTextVersion } from '../../src/consents.ts';
import type { Consent, ProducerItem } from '../../src/consents.types.ts';
import { AppError } from '../../src/errors.ts';
import {
  approvalState,
  publicProducer,
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
  consents: [],
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

const agreed = (item: ProducerItem, given = true): Consent => ({
  id: `${item}-${given}`,
  item,
  given,
  textVersion: consentTextVersion,
  byUserId: 'u',
  at: new Date(0),
});

describe('what the public sees of a producer', () => {
  const cases: { what: string; kind: ProducerKind; consents: Consent[]; name: string; phone: string }[] = [
    { what: 'a household that was not asked', kind: 'household', consents: [], name: '', phone: '' },
    {
      what: 'a household that agreed to its name',
      kind: 'household',
      consents: [agreed('public-name')],
      name: 'Bà Mẫu',
      phone: '',
    },
    {
      what: 'a household that agreed to its telephone',
      kind: 'household',
      consents: [agreed('public-phone')],
      name: '',
      phone: '0900000000',
    },
    {
      what: 'a household that took its name back',
      kind: 'household',
      consents: [agreed('public-name'), agreed('public-name', false)],
      name: '',
      phone: '',
    },
    {
      what: 'a household that agreed to its name on labels only',
      kind: 'household',
      consents: [agreed('label-name')],
      name: '',
      phone: '',
    },
    { what: 'a cooperative', kind: 'cooperative', consents: [], name: 'Bà Mẫu', phone: '0900000000' },
    { what: 'a company', kind: 'company', consents: [], name: 'Bà Mẫu', phone: '0900000000' },
  ];
  for (const { what, kind, consents, name, phone } of cases) {
    it(`of ${what} is name "${name}" and telephone "${phone}"`, () => {
      const shown = producer({ kind, consents });

      expect(publicProducerName(shown)).to.equal(name);
      expect(publicProducerPhone(shown)).to.equal(phone);
    });
  }

  it('of a household without its name holds nothing that could tell who it is', () => {
    const whole = producer({
      kind: 'household',
      registrationNumber: 'secret-1',
      formerAddress: 'secret-2',
      gln: 'secret-3',
      story: 'secret-4',
      shops: [{ url: 'secret-5' }],
      hotline: 'secret-6',
    });

    const shown = publicProducer({ ...whole, address: { ...whole.address, street: 'secret-7' } });

    expect(JSON.stringify(shown)).to.not.match(/secret|Bà Mẫu/);
    expect(shown.address.communeName).to.equal(whole.address.communeName);
  });
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
