import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { codeKeyCheckValue } from '../../src/codes/trace-code.ts';
import type { Db } from '../../src/db/connect.ts';
import { loadKeys } from '../../src/db/secrets.ts';
import { freshDatabase } from '../support/store.ts';

describe('the secrets of a store', () => {
  let db: Db;
  const made = { codeKeyHex: undefined, sessionKeyHex: undefined };
  const aKey = () => randomBytes(32).toString('hex');
  const refusal = async (codeKeyHex: string | undefined): Promise<string> =>
    loadKeys(db, { codeKeyHex, sessionKeyHex: undefined }).then(
      () => '',
      (error: unknown) => (error as Error).message,
    );

  beforeEach(async () => {
    db = await freshDatabase();
  });

  it('are made on first start and stay the same', async () => {
    const first = await loadKeys(db, made);
    const second = await loadKeys(db, made);

    expect(codeKeyCheckValue(second.codeKey)).to.equal(codeKeyCheckValue(first.codeKey));
    expect(second.sessionKey.equals(first.sessionKey)).to.equal(true);
    expect(first.sessionKey).to.have.lengthOf(32);
  });

  it('are the same for processes that start at once', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => loadKeys(db, made)));

    expect(new Set(all.map(({ codeKey }) => codeKeyCheckValue(codeKey))).size).to.equal(1);
    expect(new Set(all.map(({ sessionKey }) => sessionKey.toString('hex'))).size).to.equal(1);
  });

  it('differ from store to store', async () => {
    const other = await loadKeys(await freshDatabase(), made);

    const own = await loadKeys(db, made);

    expect(codeKeyCheckValue(own.codeKey)).to.not.equal(codeKeyCheckValue(other.codeKey));
    expect(own.sessionKey.equals(other.sessionKey)).to.equal(false);
  });

  it('take a given code key and keep it, so that a backup carries it', async () => {
    const codeKeyHex = aKey();

    const given = await loadKeys(db, { codeKeyHex, sessionKeyHex: undefined });
    const later = await loadKeys(db, made);

    expect(codeKeyCheckValue(later.codeKey)).to.equal(codeKeyCheckValue(given.codeKey));
  });

  it('refuse the start with a code key that is not the store’s, in both languages, and keep the store’s', async () => {
    const own = await loadKeys(db, made);

    const message = await refusal(aKey());
    const still = await loadKeys(db, made);

    expect(message).to.include('CODE_KEY không phải').and.include('CODE_KEY is not the code key of this store');
    expect(codeKeyCheckValue(still.codeKey)).to.equal(codeKeyCheckValue(own.codeKey));
  });

  it('let one of two in that start at once with different code keys', async () => {
    const messages = await Promise.all([refusal(aKey()), refusal(aKey())]);

    expect(messages.filter((message) => message === '')).to.have.lengthOf(1);
  });

  it('ask for the code key where only its check value is left, and compare it', async () => {
    const codeKeyHex = aKey();
    await loadKeys(db, { codeKeyHex, sessionKeyHex: undefined });
    await db.collection('secrets').updateOne({ _id: 'codeKey' as never }, { $unset: { hex: 1 } });

    expect(await refusal(undefined)).to.include('Set CODE_KEY');
    expect(await refusal(aKey())).to.include('CODE_KEY is not the code key');
    expect(await refusal(codeKeyHex)).to.equal('');
  });

  it('refuse a stored code key that does not match its check value', async () => {
    await loadKeys(db, made);
    await db.collection('secrets').updateOne({ _id: 'codeKey' as never }, { $set: { hex: aKey() } });

    expect(await refusal(undefined)).to.include('does not match its check value');
  });

  it('use a given session key without storing it', async () => {
    const sessionKeyHex = aKey();

    const { sessionKey } = await loadKeys(db, { codeKeyHex: undefined, sessionKeyHex });
    const stored = JSON.stringify(await db.collection('secrets').find().toArray());

    expect(sessionKey.toString('hex')).to.equal(sessionKeyHex);
    expect(stored).to.not.include(sessionKeyHex);
  });
});
