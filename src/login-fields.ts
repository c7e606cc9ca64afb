// Shared zod fields of people who sign in: login and password, for accounts and for whoever registers with one.
import { z } from 'zod';

// No control characters, no broken surrogate pairs: nobody can type them.
const isTypeable = (value: string): boolean => value.isWellFormed() && !/\p{Cc}/u.test(value);

// 0912 345 678, 0912.345.678, +84 912 345 678, 84912345678, 0084 (0)912 345 678; landlines have one digit more.
const asPhone = (value: string): string =>
  value
    .replace(/[\s.\-()]/g, '')
    .replace(/^(\+|00)840?/, '0')
    .replace(/^84(?=\d{9,10}$)/, '0');

const normaliseLogin = (value: string): string => {
  const plain = value.normalize('NFKC').trim();
  return plain.includes('@') ? plain.toLowerCase() : asPhone(plain);
};

const isLogin = (value: string): boolean => /^0[1-9]\d{8,9}$/.test(value) || z.email().safeParse(value).success;

/** A phone number in any of the Vietnamese forms, read as digits with a leading 0, or an e-mail address, read in lower case. */
export const login = z
  .string()
  .min(1)
  .max(200)
  .refine(isTypeable, { error: 'characters' })
  .transform(normaliseLogin)
  .refine(isLogin, { error: 'login' })
  .meta({ examples: ['0912 345 678', 'ten@vidu.vn'] });

/** A password as typed: spaces belong to it. */
export const password = z.string().min(1).max(200).refine(isTypeable, { error: 'characters' });

/** A password to be set. What of it is refused: accounts/passwords.rules.ts. */
export const newPassword = password;
