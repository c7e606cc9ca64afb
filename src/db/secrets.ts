// The secrets of the product: given by settings, or made on first start by one insert with a fixed _id. The first process wins, the others
// read what it wrote. Nothing here has a built-in value, and nothing here is ever logged.
import { randomBytes } from 'node:crypto';
import mongoose from 'mongoose';
import { codeKeyCheckValue, makeCodeKey } from '../codes/trace-code.ts';
import type { CodeKey } from '../codes/trace-code.ts';
import type { Keys } from '../deps.ts';
import type { Db } from './connect.ts';
import { isDuplicateKey } from './indexes.ts';

/** `hex` may be missing where a store was restored without its secrets: then the setting must bring the key that fits `checkValue`. */
type Stored = { _id: string; hex?: string; checkValue?: string };

const secretSchema = new mongoose.Schema<Stored>(
  { _id: { type: String, required: true }, hex: { type: String }, checkValue: { type: String } },
  { strict: 'throw', versionKey: false, autoIndex: false },
);

function secretModel(db: Db): mongoose.Model<Stored> {
  return (
    (db.models['Secret'] as mongoose.Model<Stored> | undefined) ?? db.model<Stored>('Secret', secretSchema, 'secrets')
  );
}

const keyBytes = 32;

/** Stores the secret unless one is there; returns the one that is there. */
const insertOrRead = async (db: Db, secret: Stored): Promise<Stored> => {
  try {
    await secretModel(db).create(secret);
    return secret;
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
    const stored = await secretModel(db).findById(secret._id).lean<Stored>();
    if (stored === null) throw error;
    return stored;
  }
};

const otherCodeKey =
  'CODE_KEY không phải khoá mã tem của kho dữ liệu này nên không khởi động: tem đã in sẽ không tra được. Bỏ CODE_KEY hoặc đặt đúng khoá cũ.\n' +
  'CODE_KEY is not the code key of this store, so the start is refused: labels that are printed could no longer be looked up. Remove CODE_KEY or set the key that the store was made with.';
const missingCodeKey =
  'Kho dữ liệu này chỉ giữ giá trị kiểm tra của khoá mã tem. Đặt CODE_KEY bằng khoá cũ.\n' +
  'This store holds only the check value of its code key. Set CODE_KEY to the key that it was made with.';
const damagedCodeKey =
  'Khoá mã tem trong kho dữ liệu không khớp giá trị kiểm tra của nó. Khôi phục từ bản sao lưu.\n' +
  'The code key in the store does not match its check value. Restore it from a backup.';

const codeKeyOf = (hex: string): CodeKey => makeCodeKey(Buffer.from(hex, 'hex'));

// The code key never rotates: labels are on shelves for years (architecture.md, Codes).
const loadCodeKey = async (db: Db, givenHex: string | undefined): Promise<CodeKey> => {
  const hex = givenHex ?? randomBytes(keyBytes).toString('hex');
  const stored = await insertOrRead(db, { _id: 'codeKey', hex, checkValue: codeKeyCheckValue(codeKeyOf(hex)) });
  const usedHex = givenHex ?? stored.hex;
  if (usedHex === undefined) throw new Error(missingCodeKey);
  if (givenHex !== undefined && stored.hex !== undefined && stored.hex !== givenHex) throw new Error(otherCodeKey);
  const key = codeKeyOf(usedHex);
  if (codeKeyCheckValue(key) !== stored.checkValue)
    throw new Error(givenHex === undefined ? damagedCodeKey : otherCodeKey);
  return key;
};

const loadSessionKey = async (db: Db, givenHex: string | undefined): Promise<Buffer> => {
  if (givenHex !== undefined) return Buffer.from(givenHex, 'hex');
  const stored = await insertOrRead(db, { _id: 'sessionKey', hex: randomBytes(keyBytes).toString('hex') });
  return Buffer.from(stored.hex ?? '', 'hex');
};

// Beside the sealed secrets in one store: it keeps them from whoever sees a collection or a part of a backup, not from whoever has it all.
const loadSealKey = async (db: Db): Promise<Buffer> => {
  const stored = await insertOrRead(db, { _id: 'sealKey', hex: randomBytes(keyBytes).toString('hex') });
  const sealKey = Buffer.from(stored.hex ?? '', 'hex');
  if (sealKey.length !== keyBytes) throw new Error('The seal key in the store is damaged: restore it from a backup.');
  return sealKey;
};

/**
 * The keys of the product. `codeKeyHex` is 64, `sessionKeyHex` at least 64 lower-case hex digits, or undefined. A given code key is stored, so
 * that backups carry it; a given session key is not. Throws an Error in both languages when CODE_KEY is not the key of this store.
 */
export async function loadKeys(
  db: Db,
  given: { codeKeyHex: string | undefined; sessionKeyHex: string | undefined },
): Promise<Keys> {
  const codeKey = await loadCodeKey(db, given.codeKeyHex);
  const sessionKey = await loadSessionKey(db, given.sessionKeyHex);
  if (sessionKey.length < keyBytes)
    throw new Error('The session key in the store is damaged: delete it to sign everybody out.');
  return { codeKey, sessionKey, sealKey: await loadSealKey(db) };
}
