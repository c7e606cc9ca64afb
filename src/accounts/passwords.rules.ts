// Which passwords are refused: too short, among the common ones or built from one, or built from what anyone knows of the person. Pure.
// No composition rules, no expiry (OWASP ASVS 5.0, 6.2).
import { dictionary } from '@zxcvbn-ts/language-common';
import { fold } from '../fold.ts';

/** ASVS 5.0, 6.2.1 asks for 8 and recommends 15; why 12: docs/decisions/0009. */
export const shortestPassword = 12;

export type PasswordFault = 'password-short' | 'password-common' | 'password-personal';

// About 49,000 passwords of public leaks, most common first; matkhau and anhyeuem are among them.
const common: ReadonlySet<string> = new Set(dictionary['passwords-common']);

const ofTheProduct = ['ocop', 'truyxuatnguongoc', 'truyxuat', 'nguongoc', 'hoptacxa', 'matkhau', 'password'];
const keyRows = [
  '1234567890123456789012345678901234567890',
  'qwertyuiopasdfghjklzxcvbnm',
  'abcdefghijklmnopqrstuvwxyz',
];

const backwards = (text: string): string => [...text].reverse().join('');
const isOnKeys = (text: string): boolean => keyRows.some((row) => row.includes(text) || row.includes(backwards(text)));

/** 'abcabcabc' is 'abc' again and again. */
const repeated = (text: string): string => {
  for (let length = 1; length <= text.length / 2; length += 1) {
    const unit = text.slice(0, length);
    if (unit.repeat(Math.ceil(text.length / length)).slice(0, text.length) === text) return unit;
  }
  return text;
};

// Letters and digits alone, without marks and capitals: Mật khẩu-123 is matkhau123.
const bare = (text: string): string => fold(text.normalize('NFKC')).replace(/[^\p{L}\p{N}]/gu, '');
const withoutOuterDigits = (text: string): string => text.replace(/^\p{N}+|\p{N}+$/gu, '');

const isCommon = (password: string): boolean => {
  const letters = bare(password);
  const unit = repeated(letters);
  if (unit.length <= 5 || isOnKeys(letters) || isOnKeys(unit)) return true;
  return [password.toLowerCase(), letters, unit, withoutOuterDigits(letters)].some((one) => common.has(one));
};

const isPersonal = (password: string, person: { login: string; name: string }): boolean => {
  const words = person.name.split(/\s+/).map(bare);
  const known = [words.join(''), bare(person.login), bare(person.login.split('@')[0] ?? ''), ...words, ...ofTheProduct]
    .filter((word) => word.length > 1)
    .sort((left, right) => right.length - left.length);
  const rest = known.reduce((left, word) => left.replaceAll(word, ''), bare(password));
  return rest !== bare(password) && withoutOuterDigits(rest).length < 5;
};

/** What is wrong with a password that this person wants to set, or undefined. Length counts characters, not bytes. */
export function passwordFault(password: string, person: { login: string; name: string }): PasswordFault | undefined {
  if ([...password.normalize('NFKC')].length < shortestPassword) return 'password-short';
  if (isCommon(password)) return 'password-common';
  return isPersonal(password, person) ? 'password-personal' : undefined;
}
