// What a machine can say about a certificate by itself, kept apart from the officer's own judgement. None of it refuses anything. Pure.
import { fold } from '../fold.ts';
import type { CheckOutcome, CodePattern, MachineChecks } from './certificates.office.types.ts';
import { lacksOfPaper } from './certificates.fields.rules.ts';
import { computedLastDay, isWithinPower, lastDayDifference } from './certificates.rules.ts';
import type { Certificate } from './certificates.types.ts';

// Papers carry hyphens and dashes of every kind, with and without spaces around them.
const joint = /\s*[-\u2010-\u2015\u2212]\s*/;

/** Recognises the pattern of a code as people write it (`83 - 829-28780 - 3-2022`). The code itself is never changed. */
export function codePattern(number: string): CodePattern {
  const trimmed = number.trim();
  if (trimmed === '') return { pattern: 'none' };
  const parts = trimmed.split(joint);
  const joined = parts.join('-');
  if (/^\d{1,2}-\d{1,3}-\d{3,5}-\d{1,5}-20\d{2}$/.test(joined)) {
    const [province = '', district = '', commune = '', serial = '', year = ''] = parts;
    return { pattern: 'five-part', province, district, commune, serial, year };
  }
  if (/^\d{1,2}-\d{3,5}-\d{1,5}-20\d{2}$/.test(joined)) {
    const [province = '', commune = '', serial = '', year = ''] = parts;
    return { pattern: 'four-part', province, commune, serial, year };
  }
  return { pattern: 'other' };
}

/** A number with everything but letters and digits taken out, without marks and in lower case: how two writings of one number find each other. */
export function numberKey(number: string): string {
  return fold(number).replace(/[^\p{L}\p{N}]/gu, '');
}

const codeOutcomes = { 'five-part': 'fine', 'four-part': 'fine', other: 'look', none: 'unknown' } as const;

const checkPower = (certificate: Certificate): CheckOutcome => {
  if (certificate.type !== 'ocop' || certificate.stars === undefined) return 'unknown';
  // An issuer that is neither province nor ministry had its power under earlier rules: a person has to look.
  if (certificate.issuerLevel === 'other') return 'look';
  return isWithinPower(certificate.issuerLevel, certificate.stars) ? 'fine' : 'look';
};

const checkLastDay = (certificate: Certificate): MachineChecks['lastDay'] => {
  const printed = certificate.lastDayPrinted;
  if (certificate.type !== 'ocop' || certificate.issuedOn === undefined)
    return { outcome: 'unknown', printed, computed: undefined, days: 0 };
  const difference = lastDayDifference(certificate);
  const outcome = difference === undefined ? 'fine' : 'look';
  return { outcome, printed, computed: computedLastDay(certificate.issuedOn), days: difference?.days ?? 0 };
};

/** All machine checks of one certificate; `duplicateCount` is the number of other certificates with the same number. */
export function machineChecks(certificate: Certificate, duplicateCount: number): MachineChecks {
  const { pattern } = codePattern(certificate.number);
  const hasNumber = numberKey(certificate.number) !== '';
  const lacks = lacksOfPaper(certificate);
  return {
    fields: { outcome: lacks.length === 0 ? 'fine' : 'look', lacks },
    code:
      certificate.type === 'ocop'
        ? { outcome: codeOutcomes[pattern], pattern }
        : { outcome: 'unknown', pattern: undefined },
    power: { outcome: checkPower(certificate) },
    lastDay: checkLastDay(certificate),
    duplicates: { outcome: !hasNumber ? 'unknown' : duplicateCount === 0 ? 'fine' : 'look', count: duplicateCount },
  };
}
