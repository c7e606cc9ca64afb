// Password hashes: Argon2id through a native module, with its parameters stated here and nowhere else.
import { hash, verify } from '@node-rs/argon2';

// OWASP Password Storage Cheat Sheet: Argon2id with at least 19 MiB of memory, 2 passes, 1 lane. 2 is the module's number of Argon2id.
const argon2id = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;

// A hash that no password is known for, of the same cost as a real one: a login without account takes as long as one with.
const nobodysHash = [
  '',
  'argon2id',
  'v=19',
  `m=${argon2id.memoryCost},t=${argon2id.timeCost},p=${argon2id.parallelism}`,
  Buffer.alloc(16, 'nobody').toString('base64').replaceAll('=', ''),
  Buffer.alloc(argon2id.outputLen, 'nobody').toString('base64').replaceAll('=', ''),
].join('$');

// The same letters typed on another keyboard (ồ as one or as three characters) are the same password.
const asHashed = (password: string): string => password.normalize('NFKC');

/** The hash to store, in PHC form with its salt and parameters. */
export async function hashPassword(password: string): Promise<string> {
  return hash(asHashed(password), argon2id);
}

/** Whether the password is the one of the hash; takes as long, and says no, when there is none. */
export async function isPassword(storedHash: string | undefined, password: string): Promise<boolean> {
  const fits = await verify(storedHash ?? nobodysHash, asHashed(password));
  return fits && storedHash !== undefined;
}
