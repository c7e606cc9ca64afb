import { expect } from 'chai';
import { hashPassword, isPassword } from '../../src/accounts/accounts.passwords.ts';

describe('passwords', () => {
  it('are stored as Argon2id with at least the parameters that OWASP asks for', async () => {
    const hash = await hashPassword('ruộng bậc thang');

    const [, memory, passes, lanes] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(hash) ?? [];
    expect(Number(memory)).to.be.at.least(19_456);
    expect(Number(passes)).to.be.at.least(2);
    expect(Number(lanes)).to.be.at.least(1);
  });

  it('fit their own hash only, in any normal form', async () => {
    const hash = await hashPassword('Đường về bản'.normalize('NFC'));

    expect(await isPassword(hash, 'Đường về bản'.normalize('NFD'))).to.equal(true);
    expect(await isPassword(hash, 'đường về bản')).to.equal(false);
    expect(await isPassword(hash, '')).to.equal(false);
  });

  it('have a salt each', async () => {
    expect(await hashPassword('cùng một chữ')).to.not.equal(await hashPassword('cùng một chữ'));
  });

  it('fit nobody who has none, whatever is typed', async () => {
    expect(await isPassword(undefined, 'nobody')).to.equal(false);
    expect(await isPassword(undefined, '')).to.equal(false);
  });
});
