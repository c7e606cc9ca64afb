// The 63 provinces and centrally run cities before 1 July 2025, and what each belongs to now: Resolution 202/2025/QH15 of 12 June 2025, Art. 1.
// Pure facts.
import { fold } from '../fold.ts';
import { provinces } from './provinces.types.ts';
import type { Province } from './provinces.types.ts';

// By the code of the province of today. The eleven that stayed as they were are found by their own names.
const joined: Record<string, readonly string[]> = {
  '08': ['Hà Giang', 'Tuyên Quang'],
  '15': ['Yên Bái', 'Lào Cai'],
  '19': ['Bắc Kạn', 'Thái Nguyên'],
  '24': ['Bắc Giang', 'Bắc Ninh'],
  '25': ['Hoà Bình', 'Vĩnh Phúc', 'Phú Thọ'],
  '31': ['Hải Dương', 'Hải Phòng'],
  '33': ['Thái Bình', 'Hưng Yên'],
  '37': ['Hà Nam', 'Nam Định', 'Ninh Bình'],
  '44': ['Quảng Bình', 'Quảng Trị'],
  '46': ['Thừa Thiên Huế', 'Huế'],
  '48': ['Quảng Nam', 'Đà Nẵng'],
  '51': ['Kon Tum', 'Quảng Ngãi'],
  '52': ['Bình Định', 'Gia Lai'],
  '56': ['Ninh Thuận', 'Khánh Hoà'],
  '66': ['Phú Yên', 'Đắk Lắk'],
  '68': ['Đắk Nông', 'Bình Thuận', 'Lâm Đồng'],
  '75': ['Bình Phước', 'Đồng Nai'],
  '79': ['Bà Rịa Vũng Tàu', 'Bình Dương', 'Hồ Chí Minh'],
  '80': ['Long An', 'Tây Ninh'],
  '82': ['Tiền Giang', 'Đồng Tháp'],
  '86': ['Bến Tre', 'Trà Vinh', 'Vĩnh Long'],
  '91': ['Kiên Giang', 'An Giang'],
  '92': ['Sóc Trăng', 'Hậu Giang', 'Cần Thơ'],
  '96': ['Bạc Liêu', 'Cà Mau'],
};

// As newspapers and older papers write some of them.
const otherSpellings: Record<string, string> = {
  'bac can': 'bac kan',
  'dac lac': 'dak lak',
  'dac lak': 'dak lak',
  'dak lac': 'dak lak',
  'dac nong': 'dak nong',
  kontum: 'kon tum',
  daklak: 'dak lak',
  daknong: 'dak nong',
  'ba ria': 'ba ria vung tau',
  'vung tau': 'ba ria vung tau',
  'tp hcm': 'ho chi minh',
  tphcm: 'ho chi minh',
  hcm: 'ho chi minh',
  'sai gon': 'ho chi minh',
  'tt hue': 'thua thien hue',
};

const prefixes = /^(tinh|thanh pho truc thuoc trung uong|thanh pho|tp\.?|t\.)\s+/;

/** Lower case without marks, hyphens, dots and the kind of unit. */
const plain = (name: string): string => {
  const folded = fold(name)
    .replace(/[-–—.,]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const bare = folded.replace(prefixes, '').trim();
  return otherSpellings[bare] ?? otherSpellings[folded] ?? bare;
};

const byPlainName = new Map<string, Province>();
for (const province of provinces) byPlainName.set(plain(province.name), province);
for (const [code, names] of Object.entries(joined)) {
  const now = provinces.find((province) => province.code === code);
  for (const name of names) if (now !== undefined) byPlainName.set(plain(name), now);
}

/** The names of the 63, as the law writes them. */
export const formerProvinceNames: readonly string[] = [
  ...Object.values(joined).flat(),
  ...provinces.filter(({ code }) => joined[code] === undefined).map(({ name }) => name),
].filter((name) => name !== 'Huế');

/**
 * The province of today to which a former (or present) one belongs, by its name in any usual spelling: with or without marks, `Tỉnh`, `TP.`,
 * `Thanh Hóa` or `Thanh Hoá`. Undefined when no province ever had it. Resolution 202/2025/QH15.
 */
export function provinceNow(name: string): Province | undefined {
  return byPlainName.get(plain(name));
}
