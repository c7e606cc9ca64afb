// Names of places within a sentence, for every feature that tells where something is.
import { t } from './i18n.ts';
import type { Language } from './i18n.ts';

const kindsOfPlace = /^(xã|phường|thị trấn|đặc khu|tỉnh|thành phố)\s+(.+)$/iu;

/** xã La Hiên, tỉnh Thái Nguyên; La Hiên commune, Thái Nguyên province. A name without its kind stays as it is. */
export function placeName(language: Language, fullName: string): string {
  const [, kind = '', name = ''] = kindsOfPlace.exec(fullName.normalize('NFC')) ?? [];
  return kind === '' ? fullName : t(language, `trace.kindOfPlace.${kind.toLocaleLowerCase('vi')}`, { name });
}

/** xã La Hiên, tỉnh Thái Nguyên; the province alone where the commune is not known. */
export function placeInWords(language: Language, address: { communeName: string; provinceName: string }): string {
  const province = placeName(language, address.provinceName);
  if (address.communeName === '') return province;
  return t(language, 'trace.place', { commune: placeName(language, address.communeName), province });
}
