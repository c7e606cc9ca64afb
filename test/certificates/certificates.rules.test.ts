import { expect } from 'chai';
import {
  isCounted,
  lastDayDifference,
  lastDayOf,
  lastExtensionDay,
  renewalWindowOf,
  starVerdict,
} from '../../src/certificates/certificates.rules.ts';
import type { Certificate, CertificateDecision, StarVerdict } from '../../src/certificates/certificates.types.ts';
import { aCertificate, aCountedCertificate, aDecision } from '../support/factories.certificates.ts';
import { makeRandom } from '../support/random.ts';

const stateOn = (certificates: Certificate[], decisions: CertificateDecision[], day: string): StarVerdict['state'] =>
  starVerdict(certificates, decisions, day).state;

/** What a verdict says, without the record that it hangs on. */
const said = (verdict: StarVerdict): Record<string, unknown> => {
  const { certificate: _, ...rest } = { certificate: undefined, ...verdict };
  return rest;
};

describe('The star of a product with one certificate', () => {
  const notCounted: [string, Partial<Certificate>][] = [
    ['typed in by the owner', { enteredByOfficer: false }],
    ['without a date', { issuedOn: undefined }],
    ['without stars', { stars: undefined }],
    ['of 5 stars from a province, beyond its power', { stars: 5 }],
    ['of 4 stars from the ministry, which gives 5', { issuerLevel: 'ministry' }],
    ['of 2 stars, for which no certificate exists', { stars: 2 }],
  ];
  for (const [what, parts] of notCounted) {
    it(`is only declared when the certificate is ${what}`, () => {
      const certificate = aCountedCertificate(parts);

      const verdict = starVerdict([certificate], [], '2026-09-04');

      expect(verdict).to.deep.equal({ state: 'declared', certificate });
    });
  }

  it('counts once the competent officer has verified it, and says on which day', () => {
    const certificate = aCertificate();
    const decisions = [
      aDecision(certificate, { decidedOn: '2026-07-20' }),
      aDecision(certificate, { decidedOn: '2026-07-18' }),
    ];

    const verdict = starVerdict([certificate], decisions, '2026-09-04');

    expect(said(verdict)).to.deep.equal({
      state: 'valid',
      stars: 4,
      lastDay: '2029-07-15',
      renewalWindow: undefined,
      verifiedOn: '2026-07-18',
    });
  });

  it('counts 5 stars of the ministry and 3 stars of an issuer of earlier rules', () => {
    const ministry = aCountedCertificate({ stars: 5, issuerLevel: 'ministry' });
    const district = aCountedCertificate({ stars: 3, issuerLevel: 'other' });

    expect(stateOn([ministry], [], '2026-09-04')).to.equal('valid');
    expect(stateOn([district], [], '2026-09-04')).to.equal('valid');
  });

  it('is none without any OCOP certificate: VietGAP gives no star', () => {
    const vietgap = aCountedCertificate({ type: 'vietgap', stars: undefined });

    expect(starVerdict([], [], '2026-09-04')).to.deep.equal({ state: 'none' });
    expect(starVerdict([vietgap], [], '2026-09-04')).to.deep.equal({ state: 'none' });
  });

  it('is none before the day of issue, declared or not', () => {
    expect(stateOn([aCountedCertificate()], [], '2026-07-14')).to.equal('none');
    expect(stateOn([aCertificate()], [], '2026-07-14')).to.equal('none');
    expect(stateOn([aCountedCertificate()], [], '2026-07-15')).to.equal('valid');
  });

  it('takes no account of decisions on another certificate', () => {
    const own = aCountedCertificate();
    const other = aCountedCertificate();

    expect(stateOn([own], [aDecision(other, { kind: 'revoked', effectiveOn: '2026-08-01' })], '2026-09-04')).to.equal(
      'valid',
    );
    expect(stateOn([aCertificate()], [aDecision(other)], '2026-09-04')).to.equal('declared');
    expect(isCounted(own, [])).to.equal(true);
    expect(isCounted(aCertificate(), [aDecision(other)])).to.equal(false);
  });
});

describe('The last day of a certificate', () => {
  const lastDays: [string | undefined, string | undefined, string | undefined][] = [
    ['2026-07-15', undefined, '2029-07-15'],
    ['2024-02-29', undefined, '2027-02-28'],
    ['2025-01-31', undefined, '2028-01-31'],
    ['2023-12-31', '2026-12-30', '2026-12-30'],
    ['2021-07-15', '2026-07-15', '2026-07-15'],
    [undefined, '2026-12-30', '2026-12-30'],
    [undefined, undefined, undefined],
  ];
  for (const [issuedOn, lastDayPrinted, expected] of lastDays) {
    it(`issued ${issuedOn ?? 'unknown'}, printed ${lastDayPrinted ?? 'nothing'}: ${expected ?? 'unknown'}`, () => {
      expect(lastDayOf(aCertificate({ issuedOn, lastDayPrinted }))).to.equal(expected);
    });
  }

  it('reports a printed day that differs from 36 months, with the days between', () => {
    const less = aCertificate({ issuedOn: '2023-12-31', lastDayPrinted: '2026-12-30' });
    const more = aCertificate({ issuedOn: '2021-07-15', lastDayPrinted: '2026-07-15' });

    expect(lastDayDifference(less)).to.deep.equal({ printed: '2026-12-30', computed: '2026-12-31', days: -1 });
    expect(lastDayDifference(more)).to.deep.equal({ printed: '2026-07-15', computed: '2024-07-15', days: 730 });
    expect(lastDayDifference(aCertificate({ issuedOn: '2023-11-20', lastDayPrinted: '2026-11-20' }))).to.equal(
      undefined,
    );
    expect(lastDayDifference(aCertificate({ lastDayPrinted: undefined }))).to.equal(undefined);
  });
});

// Stars that outlived the certificate: issued 20/11/2023, last day 20/11/2026 as printed.
describe('A certificate that ends on 20/11/2026', () => {
  const certificate = aCountedCertificate({ issuedOn: '2023-11-20', lastDayPrinted: '2026-11-20' });
  const extension = aDecision(certificate, {
    kind: 'extended',
    decidedOn: '2026-08-20',
    effectiveOn: '2027-05-19',
    reason: 'Không kịp kỳ nộp hồ sơ',
  });

  const withoutExtension: [string, string][] = [
    ['2023-11-19', 'none'],
    ['2023-11-20', 'valid'],
    ['2026-11-19', 'valid'],
    ['2026-11-20', 'valid'],
    ['2026-11-21', 'expired'],
    ['2026-11-25', 'expired'],
    ['2027-05-20', 'expired'],
  ];
  for (const [day, state] of withoutExtension) {
    it(`is ${state} on ${day}`, () => {
      expect(stateOn([certificate], [], day)).to.equal(state);
    });
  }

  const withExtension: [string, string][] = [
    ['2026-11-20', 'valid'],
    ['2026-11-21', 'extended'],
    ['2026-11-25', 'extended'],
    ['2027-05-19', 'extended'],
    ['2027-05-20', 'expired'],
  ];
  for (const [day, state] of withExtension) {
    it(`with an extension is ${state} on ${day}`, () => {
      expect(stateOn([certificate], [extension], day)).to.equal(state);
    });
  }

  it('says since when it is expired: the first day without the star', () => {
    const plain = starVerdict([certificate], [], '2026-11-25');
    const extended = starVerdict([certificate], [extension], '2027-06-01');

    expect(said(plain)).to.deep.equal({
      state: 'expired',
      stars: 4,
      lastDay: '2026-11-20',
      expiredSince: '2026-11-21',
    });
    expect(said(extended)).to.deep.include({ state: 'expired', lastDay: '2026-11-20', expiredSince: '2027-05-20' });
  });

  it('never reaches beyond 180 days, whatever an extension says', () => {
    const tooLong = { ...extension, effectiveOn: '2028-01-01' };
    const open = { ...extension, effectiveOn: undefined };

    expect(lastExtensionDay('2026-11-20')).to.equal('2027-05-19');
    for (const one of [tooLong, open]) {
      expect(said(starVerdict([certificate], [one], '2027-05-19'))).to.deep.include({ extendedTo: '2027-05-19' });
      expect(stateOn([certificate], [one], '2027-05-20')).to.equal('expired');
    }
  });

  it('lets the extension stand that was recorded last, so that the day of the result may end it sooner', () => {
    const result = {
      ...extension,
      id: 'later',
      effectiveOn: '2027-01-10',
      recordedAt: new Date('2027-01-10T09:00:00+07:00'),
    };

    for (const decisions of [
      [extension, result],
      [result, extension],
    ]) {
      expect(stateOn([certificate], decisions, '2027-01-10')).to.equal('extended');
      expect(said(starVerdict([certificate], decisions, '2027-01-11'))).to.deep.include({ expiredSince: '2027-01-11' });
    }
  });

  it('gives no day to an extension that ends before the certificate does', () => {
    const early = { ...extension, effectiveOn: '2026-11-01' };

    expect(stateOn([certificate], [early], '2026-11-20')).to.equal('valid');
    expect(said(starVerdict([certificate], [early], '2026-11-21'))).to.deep.include({ expiredSince: '2026-11-21' });
  });

  it('shows the renewal window from 180 to 120 days before the last day, on its days only', () => {
    const window = { from: '2026-05-24', to: '2026-07-23' };
    const seen = ['2026-05-23', '2026-05-24', '2026-07-23', '2026-07-24'].map((day) => {
      const verdict = starVerdict([certificate], [], day);
      return verdict.state === 'valid' ? verdict.renewalWindow : verdict.state;
    });

    expect(renewalWindowOf('2026-11-20')).to.deep.equal(window);
    expect(seen).to.deep.equal([undefined, window, window, undefined]);
  });
});

describe('A revoked certificate', () => {
  const certificate = aCountedCertificate({ issuedOn: '2025-03-01' });
  const revocation = aDecision(certificate, {
    kind: 'revoked',
    decisionNumber: '999/QĐ-UBND (mẫu)',
    decidedOn: '2026-08-25',
    effectiveOn: '2026-09-01',
    reason: 'Hồ sơ không trung thực',
  });

  it('has its star until the day in the decision', () => {
    expect(stateOn([certificate], [revocation], '2026-08-31')).to.equal('valid');
    expect(said(starVerdict([certificate], [revocation], '2026-09-01'))).to.deep.equal({
      state: 'revoked',
      stars: 4,
      revokedFrom: '2026-09-01',
      reason: 'Hồ sơ không trung thực',
      decisionNumber: '999/QĐ-UBND (mẫu)',
    });
  });

  it('is revoked from the day of the decision when that names no other', () => {
    const verdict = starVerdict([certificate], [{ ...revocation, effectiveOn: undefined }], '2026-08-25');

    expect(said(verdict)).to.deep.include({ state: 'revoked', revokedFrom: '2026-08-25' });
  });

  it('stays revoked after its last day, through an extension and through a later verification', () => {
    const extension = aDecision(certificate, { kind: 'extended', effectiveOn: '2028-06-01' });
    const verification = aDecision(certificate, { decidedOn: '2026-09-03' });
    const decisions = [extension, verification, revocation];

    expect(stateOn([certificate], decisions, '2028-03-02')).to.equal('revoked');
    expect(stateOn([certificate], decisions, '2030-01-01')).to.equal('revoked');
  });

  it('is revoked from the earliest day when several decisions revoke it', () => {
    const later = { ...revocation, id: 'another', effectiveOn: '2026-10-01', reason: 'Lần hai' };

    for (const decisions of [
      [revocation, later],
      [later, revocation],
    ]) {
      const verdict = starVerdict([certificate], decisions, '2026-12-01');
      expect(said(verdict)).to.deep.include({ revokedFrom: '2026-09-01', reason: 'Hồ sơ không trung thực' });
    }
  });
});

// Rated again, higher or lower: three decisions on one product.
describe('A product rated three times', () => {
  const first = aCountedCertificate({ stars: 4, issuedOn: '2018-12-10', decisionNumber: 'QĐ 2018' });
  const second = aCountedCertificate({
    stars: 5,
    issuedOn: '2021-06-01',
    issuerLevel: 'ministry',
    decisionNumber: 'QĐ 2021',
  });
  const third = aCountedCertificate({ stars: 3, issuedOn: '2024-09-15', decisionNumber: 'QĐ 2024' });
  const all = [first, second, third];

  const history: [string, string, number | undefined][] = [
    ['2018-12-09', 'none', undefined],
    ['2018-12-10', 'valid', 4],
    ['2021-05-31', 'valid', 4],
    ['2021-06-01', 'valid', 5],
    ['2022-08-01', 'valid', 5],
    ['2024-06-01', 'valid', 5],
    ['2024-06-02', 'expired', 5],
    ['2024-09-15', 'valid', 3],
    ['2026-09-04', 'valid', 3],
    ['2027-09-16', 'expired', 3],
  ];
  for (const [day, state, stars] of history) {
    it(`was ${state}${stars === undefined ? '' : ` with ${stars} stars`} on ${day}`, () => {
      const verdict = starVerdict(all, [], day);

      expect(verdict.state).to.equal(state);
      expect('stars' in verdict ? verdict.stars : undefined).to.equal(stars);
    });
  }

  it('is the same today when the oldest decision is entered last', () => {
    const enteredLate = { ...first, recordedAt: new Date('2026-09-03T08:00:00+07:00') };

    expect(starVerdict([second, third, enteredLate], [], '2026-09-04')).to.deep.equal(
      starVerdict(all, [], '2026-09-04'),
    );
  });

  it('revives no older star when the latest is revoked, though the older would still run', () => {
    const older = aCountedCertificate({ stars: 4, issuedOn: '2024-10-01' });
    const newer = aCountedCertificate({ stars: 3, issuedOn: '2026-01-10' });
    const revocation = aDecision(newer, { kind: 'revoked', effectiveOn: '2026-08-01', reason: 'x' });

    expect(said(starVerdict([older, newer], [revocation], '2026-09-04'))).to.deep.include({
      state: 'revoked',
      stars: 3,
    });
    expect(said(starVerdict([older, newer], [revocation], '2026-07-31'))).to.deep.include({ state: 'valid', stars: 3 });
  });

  it('revives no older star when the latest ends first, as printed', () => {
    const older = aCountedCertificate({ stars: 4, issuedOn: '2025-12-01' });
    const newer = aCountedCertificate({ stars: 3, issuedOn: '2026-01-10', lastDayPrinted: '2026-06-30' });

    expect(said(starVerdict([older, newer], [], '2026-09-04'))).to.deep.include({ state: 'expired', stars: 3 });
  });

  it('leaves a newer claim that nobody verified out of account', () => {
    const claim = aCertificate({ stars: 5, issuerLevel: 'ministry', issuedOn: '2026-08-01' });

    expect(said(starVerdict([third, claim], [], '2026-09-04'))).to.deep.include({ state: 'valid', stars: 3 });
  });

  it('takes the worse of two papers of one day: revoked first, then fewer stars', () => {
    const four = aCountedCertificate({ stars: 4 });
    const three = aCountedCertificate({ stars: 3 });
    const revocation = aDecision(four, { kind: 'revoked', effectiveOn: '2026-08-01', reason: 'x' });

    for (const papers of [
      [four, three],
      [three, four],
    ]) {
      expect(said(starVerdict(papers, [], '2026-09-04'))).to.deep.include({ state: 'valid', stars: 3 });
      expect(said(starVerdict(papers, [revocation], '2026-09-04'))).to.deep.include({ state: 'revoked', stars: 4 });
    }
  });
});

// Stars lent to siblings: a verdict is asked with the certificates of one product only.
describe('A certified product and its sibling', () => {
  it('have a star and none', () => {
    const dinh = aCountedCertificate({ stars: 4 });
    const all = [dinh];
    const siblingId = 'sibling';

    const verdicts = [dinh.productId, siblingId].map((productId) =>
      stateOn(
        all.filter((one) => one.productId === productId),
        [],
        '2026-09-04',
      ),
    );

    expect(verdicts).to.deep.equal(['valid', 'none']);
  });
});

describe('The order of entry', () => {
  const days = [
    '2018-01-01',
    '2019-05-05',
    '2021-12-31',
    '2023-02-28',
    '2024-08-08',
    '2026-09-04',
    '2027-03-03',
    '2030-01-01',
  ];
  const random = makeRandom(20260904);
  const pick = <T>(values: readonly T[]): T => values[random.below(0, values.length)] as T;
  const shuffled = <T>(list: readonly T[]): T[] =>
    list
      .map((one) => ({ one, at: random.below(0, 1_000_000) }))
      .sort((left, right) => left.at - right.at)
      .map(({ one }) => one);
  const someDay = (): string =>
    `${random.below(2018, 2027)}-${pick(['01', '02', '06', '11'])}-${pick(['01', '15', '28'])}`;

  const someCertificate = (): Certificate =>
    aCertificate({
      type: pick(['ocop', 'ocop', 'ocop', 'vietgap'] as const),
      stars: pick([3, 4, 5, undefined]),
      issuerLevel: pick(['province', 'province', 'ministry', 'other'] as const),
      issuedOn: pick([someDay(), someDay(), someDay(), undefined]),
      lastDayPrinted: pick([undefined, undefined, someDay()]),
      enteredByOfficer: pick([true, false]),
    });
  const someDecision = (certificates: readonly Certificate[]): CertificateDecision =>
    aDecision(pick(certificates), {
      kind: pick(['verified', 'extended', 'revoked'] as const),
      decidedOn: someDay(),
      effectiveOn: pick([undefined, someDay()]),
      recordedAt: new Date(`${someDay()}T08:00:00+07:00`),
    });

  it('never changes a verdict, on any day, however records are permuted', () => {
    const seen = new Set<string>();
    for (let round = 0; round < 500; round += 1) {
      const certificates = Array.from({ length: random.below(1, 6) }, someCertificate);
      const decisions = Array.from({ length: random.below(0, 6) }, () => someDecision(certificates));

      for (const day of days) {
        const verdict = starVerdict(certificates, decisions, day);
        seen.add(verdict.state);
        expect(starVerdict(shuffled(certificates), shuffled(decisions), day)).to.deep.equal(verdict);
      }
    }
    expect([...seen].sort()).to.deep.equal(['declared', 'expired', 'extended', 'none', 'revoked', 'valid']);
  });
});
