// From which province a look comes: a code that a trusted proxy sets, or a file in MaxMind's format, both read in memory. Nothing of the address
// is kept. Without either, the place is not known and no rule uses places.
import type { IncomingMessage } from 'node:http';
import { open } from 'maxmind';
import type { CityResponse, Reader } from 'maxmind';
import { isProvinceCode } from '../units/provinces.types.ts';
import { provinceNow } from '../units/units.service.ts';
import type { Place } from './scans.types.ts';

export type PlaceSettings = {
  /** Name of the header in which a trusted proxy says the place; '' for none. */
  header: string;
  /** Path of a file in MaxMind's format; '' for none. */
  file: string;
  /** Proxies whose headers are believed. */
  trustedProxies: number;
};

export type PlaceOf = (req: IncomingMessage) => Place;

// ISO 3166-2:VN as it stood for the 63 provinces; those that are left out there are named by themselves.
const isoNames: Record<string, string> = {
  'VN-01': 'Lai Châu',
  'VN-02': 'Lào Cai',
  'VN-03': 'Hà Giang',
  'VN-04': 'Cao Bằng',
  'VN-05': 'Sơn La',
  'VN-06': 'Yên Bái',
  'VN-07': 'Tuyên Quang',
  'VN-09': 'Lạng Sơn',
  'VN-13': 'Quảng Ninh',
  'VN-14': 'Hoà Bình',
  'VN-18': 'Ninh Bình',
  'VN-20': 'Thái Bình',
  'VN-21': 'Thanh Hoá',
  'VN-22': 'Nghệ An',
  'VN-23': 'Hà Tĩnh',
  'VN-24': 'Quảng Bình',
  'VN-25': 'Quảng Trị',
  'VN-26': 'Thừa Thiên Huế',
  'VN-27': 'Quảng Nam',
  'VN-28': 'Kon Tum',
  'VN-29': 'Quảng Ngãi',
  'VN-30': 'Gia Lai',
  'VN-31': 'Bình Định',
  'VN-32': 'Phú Yên',
  'VN-33': 'Đắk Lắk',
  'VN-34': 'Khánh Hoà',
  'VN-35': 'Lâm Đồng',
  'VN-36': 'Ninh Thuận',
  'VN-37': 'Tây Ninh',
  'VN-39': 'Đồng Nai',
  'VN-40': 'Bình Thuận',
  'VN-41': 'Long An',
  'VN-43': 'Bà Rịa Vũng Tàu',
  'VN-44': 'An Giang',
  'VN-45': 'Đồng Tháp',
  'VN-46': 'Tiền Giang',
  'VN-47': 'Kiên Giang',
  'VN-49': 'Vĩnh Long',
  'VN-50': 'Bến Tre',
  'VN-51': 'Trà Vinh',
  'VN-52': 'Sóc Trăng',
  'VN-53': 'Bắc Kạn',
  'VN-54': 'Bắc Giang',
  'VN-55': 'Bạc Liêu',
  'VN-56': 'Bắc Ninh',
  'VN-57': 'Bình Dương',
  'VN-58': 'Bình Phước',
  'VN-59': 'Cà Mau',
  'VN-61': 'Hải Dương',
  'VN-63': 'Hà Nam',
  'VN-66': 'Hưng Yên',
  'VN-67': 'Nam Định',
  'VN-68': 'Phú Thọ',
  'VN-69': 'Thái Nguyên',
  'VN-70': 'Vĩnh Phúc',
  'VN-71': 'Điện Biên',
  'VN-72': 'Đắk Nông',
  'VN-73': 'Hậu Giang',
  'VN-CT': 'Cần Thơ',
  'VN-DN': 'Đà Nẵng',
  'VN-HN': 'Hà Nội',
  'VN-HP': 'Hải Phòng',
  'VN-SG': 'Hồ Chí Minh',
};

/** The province of today: its own code (two digits), an ISO 3166-2:VN code, or a name old or new; '' for anything else. */
export function placeFromWords(words: string): Place {
  const text = words.trim();
  if (isProvinceCode(text)) return text;
  const iso = isoNames[text.toUpperCase()];
  return provinceNow(iso ?? text)?.code ?? '';
}

const fromFile = (found: CityResponse | null): Place => {
  if (found?.country?.iso_code !== 'VN') return '';
  for (const { iso_code: iso, names } of found.subdivisions ?? []) {
    const place = (iso === undefined ? '' : placeFromWords(`VN-${iso}`)) || placeFromWords(names.en);
    if (place !== '') return place;
  }
  return '';
};

/** The client's address as Express finds it: behind so many proxies, the address that the first of them saw. */
const addressOf = (req: IncomingMessage, trustedProxies: number): string => {
  const told = req.headers['x-forwarded-for'];
  const chain = (Array.isArray(told) ? told.join(',') : (told ?? '')).split(',').map((one) => one.trim());
  const known = [req.socket.remoteAddress ?? '', ...chain.filter((one) => one !== '').reverse()];
  return known[Math.min(trustedProxies, known.length - 1)] ?? '';
};

/** How places are found with these settings. Throws when the file can't be read. A header counts only behind a trusted proxy. */
export async function openPlaces({ header, file, trustedProxies }: PlaceSettings): Promise<PlaceOf> {
  const name = trustedProxies > 0 ? header.toLowerCase() : '';
  const reader: Reader<CityResponse> | undefined = file === '' ? undefined : await open<CityResponse>(file);
  return (req) => {
    const told = name === '' ? undefined : req.headers[name];
    const place = typeof told === 'string' ? placeFromWords(told) : '';
    if (place !== '' || reader === undefined) return place;
    const address = addressOf(req, trustedProxies);
    try {
      return fromFile(reader.get(address));
    } catch {
      // What is no address has no place.
      return '';
    }
  };
}
