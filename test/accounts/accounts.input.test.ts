import { expect } from 'chai';
import { newUserForm, ownPath } from '../../src/accounts/accounts.input.ts';
import { login, newPassword } from '../../src/login-fields.ts';
import { uuidv7 } from '../support/factories.ts';

describe('what people type to sign in', () => {
  const logins: [typed: string, read: string | undefined][] = [
    ['0912345678', '0912345678'],
    [' 0912 345 678 ', '0912345678'],
    ['0912.345.678', '0912345678'],
    ['0912-345-678', '0912345678'],
    ['+84912345678', '0912345678'],
    ['+84 (0)912 345 678', '0912345678'],
    ['84912345678', '0912345678'],
    ['0084 912 345 678', '0912345678'],
    ['０９１２３４５６７８', '0912345678'],
    ['024 3825 4567', '02438254567'],
    ['+84 24 3825 4567', '02438254567'],
    ['Lan@ViDu.VN', 'lan@vidu.vn'],
    ['lan＠vidu.vn', 'lan@vidu.vn'],
    ['0012345678', undefined],
    ['912345678', undefined],
    ['09123456789012', undefined],
    ['+1 912 345 678', undefined],
    ['lan@', undefined],
    ['lan@vidu', undefined],
    ['lan vidu@x.vn', undefined],
    ['nguyễn văn a', undefined],
    ['', undefined],
    ['0912345678\u0000', undefined],
  ];
  for (const [typed, read] of logins) {
    it(`reads ${JSON.stringify(typed)} as ${read ?? 'no login'}`, () => {
      expect(login.safeParse(typed).data).to.equal(read);
    });
  }

  it('takes whatever can be typed as a new password, up to 200 characters: what is weak is told by its own rules', () => {
    const accepted = ['aaaaaaaaaa', '          ', 'mật khẩu ơ', '🐃🐃🐃🐃🐃🐃🐃🐃🐃🐃', 'a'.repeat(200)];
    const refused = ['', 'a'.repeat(201), 'aaaaaaaaaa\u0000', '\ud800aaaaaaaaaa'];

    expect(accepted.filter((password) => !newPassword.safeParse(password).success)).to.be.empty;
    expect(refused.filter((password) => newPassword.safeParse(password).success)).to.be.empty;
  });

  it('takes own paths only to go on to', () => {
    const own = ['/', '/app', '/app/batches?page=2#top', '/T/7K3M9QXC2A4Y', '/sign-inquiry'];
    const foreign = [
      '',
      'app',
      '//x',
      '/\\x',
      '\\x',
      'https://x',
      'javascript:x',
      '/a b',
      '/a\n',
      '/\u0000',
      '/đ',
      '/sign-in',
      '/sign-out',
      '/sign-in/link/x',
      `/${'a'.repeat(1000)}`,
    ];

    expect(own.filter((path) => !ownPath.safeParse(path).success)).to.be.empty;
    expect(foreign.filter((path) => ownPath.safeParse(path).success)).to.be.empty;
  });

  it('makes one role of the form, without the fields of the roles that were not chosen', () => {
    const typed = { id: uuidv7(), name: 'A', login: '0912345678', kind: 'admin', provinceCode: '19', producerId: 'x' };

    const read = newUserForm.parse(typed);

    expect(read).to.deep.equal({ id: typed.id, name: 'A', login: '0912345678', roles: [{ kind: 'admin' }] });
  });
});
