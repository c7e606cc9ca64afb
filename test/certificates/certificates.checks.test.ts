import { expect } from 'chai';
import { codePattern, machineChecks, numberKey } from '../../src/certificates/certificates.checks.ts';
import { aCertificate } from '../support/factories.certificates.ts';

describe('The pattern of an OCOP code', () => {
  const old = { pattern: 'five-part', province: '83', district: '829', commune: '28780', serial: '3', year: '2022' };
  const cases: [string, object][] = [
    ['83-829-28780-3-2022', old],
    ['83 - 829 - 28780 - 3 - 2022', old],
    [' 83-829 -28780- 3-2022 ', old],
    ['83–829–28780–3–2022', old],
    ['19-05740-7-2026', { pattern: 'four-part', province: '19', commune: '05740', serial: '7', year: '2026' }],
    ['19 -05740 - 07 -2026', { pattern: 'four-part', province: '19', commune: '05740', serial: '07', year: '2026' }],
    ['', { pattern: 'none' }],
    ['   ', { pattern: 'none' }],
    ['OCOP 12/GCN', { pattern: 'other' }],
    ['19-05740-7', { pattern: 'other' }],
    ['1-2-3-4-5-2026', { pattern: 'other' }],
  ];
  for (const [number, expected] of cases) {
    it(`is ${(expected as { pattern: string }).pattern} for "${number}"`, () => {
      expect(codePattern(number)).to.deep.equal(expected);
    });
  }

  it('does not matter to the key under which two writings of one number meet', () => {
    expect(numberKey('83 - 829–28780-3-2022')).to.equal(numberKey('83829 28780 3 2022'));
    expect(numberKey('Số 12/GCN-ƯB')).to.equal('so12gcnub').and.equal(numberKey('so 12 gcn ub'));
    expect(numberKey(' - ')).to.equal('');
  });
});

describe('The machine checks of a certificate', () => {
  it('find nothing in a plain certificate of the province', () => {
    const checks = machineChecks(aCertificate({ lastDayPrinted: '2029-07-15' }), 0);

    expect([checks.code, checks.power, checks.lastDay, checks.duplicates].map((one) => one.outcome)).to.deep.equal(
      Array(4).fill('fine'),
    );
  });

  it('point at an unknown code, a power that does not fit, a printed day that differs and a number used twice', () => {
    const checks = machineChecks(aCertificate({ number: 'X', stars: 5, lastDayPrinted: '2030-07-15' }), 2);

    expect(checks).to.deep.equal({
      fields: { outcome: 'fine', lacks: [] },
      code: { outcome: 'look', pattern: 'other' },
      power: { outcome: 'look' },
      lastDay: { outcome: 'look', printed: '2030-07-15', computed: '2029-07-15', days: 365 },
      duplicates: { outcome: 'look', count: 2 },
    });
  });

  it('ask a person to look at an issuer that is neither province nor ministry', () => {
    expect(machineChecks(aCertificate({ issuerLevel: 'other', stars: 3 }), 0).power.outcome).to.equal('look');
  });

  it('name what a paper of its type must say and this one does not', () => {
    const vietgap = aCertificate({ type: 'vietgap', number: '', decisionNumber: '', stars: undefined });
    const ocop = aCertificate({ decisionNumber: '', stars: undefined, issuedOn: undefined, number: '' });

    expect(machineChecks(vietgap, 0).fields).to.deep.equal({
      outcome: 'look',
      lacks: ['number', 'lastDayPrinted', 'scopeText'],
    });
    expect(machineChecks(ocop, 0).fields.lacks).to.deep.equal(['decisionNumber', 'issuedOn', 'stars']);
    expect(machineChecks(aCertificate({ type: 'other', stars: undefined }), 0).fields.outcome).to.equal('fine');
  });

  it('say that they know nothing where the data are missing', () => {
    const checks = machineChecks(aCertificate({ number: '', stars: undefined, issuedOn: undefined }), 0);

    expect([checks.code, checks.power, checks.lastDay, checks.duplicates].map((one) => one.outcome)).to.deep.equal(
      Array(4).fill('unknown'),
    );
  });
});
