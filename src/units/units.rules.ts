// What follows from a unit's full name, how one is found by its name, and the units that are there without any import. Pure.
import { fold, searchWords, typedWords } from '../fold.ts';
import { provinces } from './provinces.types.ts';
import type { Unit, UnitKind } from './units.types.ts';

const kindWords: readonly (readonly [word: string, kind: UnitKind])[] = [
  ['Tỉnh', 'province'],
  ['Thành phố', 'city'],
  ['Xã', 'commune'],
  ['Phường', 'ward'],
  ['Đặc khu', 'special-zone'],
];

/** `xã Bắc Sơn` -> Xã Bắc Sơn, a commune named Bắc Sơn; undefined when the name does not begin with a kind of unit of today. */
export function readUnitName(fullName: string): Pick<Unit, 'name' | 'fullName' | 'kind'> | undefined {
  for (const [word, kind] of kindWords) {
    if (!fullName.toLocaleLowerCase('vi').startsWith(`${word.toLocaleLowerCase('vi')} `)) continue;
    const name = fullName.slice(word.length + 1).trim();
    if (name !== '') return { name, fullName: `${word} ${name}`, kind };
  }
  return undefined;
}

/** Whether a kind belongs to the upper of the two levels. */
export function isProvinceKind(kind: UnitKind): boolean {
  return kind === 'province' || kind === 'city';
}

/** The name by which lists sort and the words by which they find. */
export function unitWords({ name, fullName, code }: Unit): { foldedName: string; searchWords: string[] } {
  return { foldedName: fold(name), searchWords: searchWords(fullName, code) };
}

const commune = (code: string, name: string): Unit => ({
  code,
  name,
  fullName: `Xã ${name}`,
  kind: 'commune',
  parentCode: '19',
});

// The communes of the sample and their neighbours in it, all in Thái Nguyên; every other commune comes by import.
const sampleCommunes = [
  commune('02155', 'Na Rì'),
  commune('02185', 'Côn Minh'),
  commune('05503', 'Tân Cương'),
  commune('05716', 'Võ Nhai'),
  commune('05740', 'La Hiên'),
  commune('05818', 'La Bằng'),
];

/** Units that the product knows by code and name without any import: the 34 provinces and the communes of the sample. */
export const builtInUnits: readonly Unit[] = [
  ...provinces.map(({ code, name, kind }): Unit => ({
    code,
    name,
    fullName: `${kind} ${name}`,
    kind: kind === 'Tỉnh' ? 'province' : 'city',
    parentCode: '',
  })),
  ...sampleCommunes,
];

/** Whether each word that was typed begins a word of the unit; the same question as the store answers (fold.ts). */
export function isFoundBy(unit: Unit, typed: string): boolean {
  const { searchWords: words } = unitWords(unit);
  return typedWords(typed).every((asked) => words.some((word) => word.startsWith(asked)));
}

/** The order of lists: by folded name, then code. */
export function byName(one: Unit, other: Unit): number {
  const [left, right] = [fold(one.name), fold(other.name)];
  if (left !== right) return left < right ? -1 : 1;
  return one.code < other.code ? -1 : 1;
}

/** The units that a name means: with its kind (`xa la hien`) that one only, without it (`la hien`) all of that name. */
export function unitsNamed(units: readonly Unit[], name: string): Unit[] {
  const asked = fold(name);
  const exact = units.filter((unit) => fold(unit.fullName) === asked);
  return exact.length > 0 ? exact : units.filter((unit) => fold(unit.name) === asked);
}
