// Registration numbers: how they are written. Pure.
// Which forms a tax code has is taken from the forms that the tax office prints (10 digits; 10-3 for a dependent unit; since 01/07/2025 the
// 12 digits of the person for a household); the circular's text is not at hand, so no check digit is worked out.
import { fieldError } from '../errors.ts';
import type { ProducerKind } from './producers.types.ts';

type Form = 'tax' | 'personal' | 'other';

// Who is registered with a tax code alone, and who may hold a paper of the commune or district instead.
const formsOf: Record<ProducerKind, readonly Form[]> = {
  cooperative: ['tax'],
  company: ['tax'],
  household: ['tax', 'personal', 'other'],
  'cooperative-group': ['tax', 'other'],
  farm: ['tax', 'personal', 'other'],
  other: ['tax', 'personal', 'other'],
};

const formOf = (digits: string): Form | undefined => {
  if (/^\d{10}(\d{3})?$/.test(digits)) return 'tax';
  return /^\d{12}$/.test(digits) ? 'personal' : undefined;
};

const spelled = (digits: string): string =>
  digits.length === 13 ? `${digits.slice(0, 10)}-${digits.slice(10)}` : digits;

/**
 * The number in one spelling: 0100109106, 0100109106-001, 012345678901, or the letters and digits of a paper of registration. Throws
 * 'fields-wrong' at `registrationNumber` for what the kind can't have.
 */
export function readRegistrationNumber(kind: ProducerKind, typed: string): string {
  const bare = typed.replace(/[\s.-]/g, '');
  const isDigitsOnly = /^\d+$/.test(bare);
  const form = isDigitsOnly ? formOf(bare) : 'other';
  const isLikePaper = form === 'other' && /\d/.test(typed);
  if (form === undefined || !formsOf[kind].includes(form) || (form === 'other' && !isLikePaper))
    throw fieldError('registrationNumber', formsOf[kind].includes('other') ? 'registration-number' : 'tax-code');
  return form === 'other' ? typed : spelled(bare);
}
