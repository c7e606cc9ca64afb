// The 34 provinces and centrally run cities since 1 July 2025, by the codes of the General Statistics Office (two digits, zeros in front).

export type Province = { code: string; name: string; kind: 'Tỉnh' | 'Thành phố' };

const province = (code: string, name: string): Province => ({ code, name, kind: 'Tỉnh' });
const city = (code: string, name: string): Province => ({ code, name, kind: 'Thành phố' });

export const provinces: readonly Province[] = [
  city('01', 'Hà Nội'),
  province('04', 'Cao Bằng'),
  province('08', 'Tuyên Quang'),
  province('11', 'Điện Biên'),
  province('12', 'Lai Châu'),
  province('14', 'Sơn La'),
  province('15', 'Lào Cai'),
  province('19', 'Thái Nguyên'),
  province('20', 'Lạng Sơn'),
  province('22', 'Quảng Ninh'),
  province('24', 'Bắc Ninh'),
  province('25', 'Phú Thọ'),
  city('31', 'Hải Phòng'),
  province('33', 'Hưng Yên'),
  province('37', 'Ninh Bình'),
  province('38', 'Thanh Hoá'),
  province('40', 'Nghệ An'),
  province('42', 'Hà Tĩnh'),
  province('44', 'Quảng Trị'),
  city('46', 'Huế'),
  city('48', 'Đà Nẵng'),
  province('51', 'Quảng Ngãi'),
  province('52', 'Gia Lai'),
  province('56', 'Khánh Hoà'),
  province('66', 'Đắk Lắk'),
  province('68', 'Lâm Đồng'),
  city('75', 'Đồng Nai'),
  city('79', 'Hồ Chí Minh'),
  province('80', 'Tây Ninh'),
  province('82', 'Đồng Tháp'),
  province('86', 'Vĩnh Long'),
  province('91', 'An Giang'),
  city('92', 'Cần Thơ'),
  province('96', 'Cà Mau'),
];

const fullNames = new Map(provinces.map(({ code, name, kind }) => [code, `${kind} ${name}`]));

export function isProvinceCode(code: string): boolean {
  return fullNames.has(code);
}

/** `Tỉnh Thái Nguyên`, `Thành phố Huế`. Throws a RangeError for a code that no province has. */
export function provinceFullName(code: string): string {
  const name = fullNames.get(code);
  if (name === undefined) throw new RangeError(`no province ${code}`);
  return name;
}
