import { expect } from 'chai';
import { passwordFault } from '../../src/accounts/passwords.rules.ts';

const lan = { name: 'Lý Thị Lan', login: '0912345678' };
const officer = { name: 'Nguyễn Văn Bình', login: 'nguyenvanbinh@thainguyen.example' };

describe('a password that a person wants to set', () => {
  const refused: [string, string, typeof lan][] = [
    ['password-short', 'mười một kt', lan],
    ['password-short', '🌾🌾🌾🌾🌾🌾', lan],
    ['password-common', 'password1234', lan],
    ['password-common', 'Mật khẩu 123456', lan],
    ['password-common', 'anhyeuem2024!', lan],
    ['password-common', '123456789012', lan],
    ['password-common', '987654321098', lan],
    ['password-common', 'qwertyuiopas', lan],
    ['password-common', 'abcdefghijkl', lan],
    ['password-common', 'aaaaaaaaaaaaaa', lan],
    ['password-common', 'abc1abc1abc1abc1', lan],
    ['password-common', 'dragondragondragon', lan],
    ['password-common', '1234567890qwerty', lan],
    ['password-personal', 'LyThiLan-2026', lan],
    ['password-personal', '0912345678ab', lan],
    ['password-personal', '+84 912 345 678 lan'.replace('+84 ', '0'), lan],
    ['password-personal', 'Nguyễn Văn Bình 1', officer],
    ['password-personal', 'nguyenvanbinh@thainguyen.example', officer],
    ['password-personal', 'ocop truy xuất 2026', lan],
  ];

  for (const [fault, password, person] of refused)
    it(`is refused as ${fault}: ${password}`, () => {
      expect(passwordFault(password, person)).to.equal(fault);
    });

  const taken = [
    'ruộng bậc thang mùa nước',
    'con trâu đi trước cái cày',
    'hoàng hôn trên đèo',
    'kq7 vn2 tm9 xp4',
    'Lan thích ăn na dai',
    'ñandú corredor azul',
    'ດອກຈຳປາ ບານແລ້ວ',
    'a'.repeat(100) + 'một câu rất dài',
    'x1!y2@z3#w4$v5',
  ];

  for (const password of taken)
    it(`is taken without rules on its characters: ${password.slice(0, 40)}`, () => {
      expect(passwordFault(password, lan)).to.equal(undefined);
    });

  it('is judged alike in composed and decomposed letters', () => {
    expect(passwordFault('Mật khẩu 123456'.normalize('NFD'), lan)).to.equal('password-common');
    expect(passwordFault('nước nguồn x'.normalize('NFD'), lan)).to.equal(undefined);
    expect(passwordFault('nước nguồn'.normalize('NFD'), lan), 'ten letters, more marks').to.equal('password-short');
  });
});
