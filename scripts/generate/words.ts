// Names to compose from. Nobody and no firm is meant; the communes are real, by the codes of the General Statistics Office.
import type { Random } from './random.ts';

/** `centre` is only near the middle: longitude, latitude. */
export type Commune = { code: string; name: string; centre: readonly [number, number]; former: string };

export const province = { code: '19', name: 'Tỉnh Thái Nguyên' } as const;

export const communes: readonly Commune[] = [
  { code: '05740', name: 'Xã La Hiên', centre: [105.9504, 21.7418], former: 'huyện Võ Nhai' },
  { code: '05716', name: 'Xã Võ Nhai', centre: [106.0701, 21.7514], former: 'huyện Võ Nhai' },
  { code: '05503', name: 'Xã Tân Cương', centre: [105.7894, 21.5224], former: 'thành phố Thái Nguyên' },
  { code: '05488', name: 'Xã Đại Phúc', centre: [105.7096, 21.5808], former: 'huyện Đại Từ' },
  { code: '05818', name: 'Xã La Bằng', centre: [105.5774, 21.6247], former: 'huyện Đại Từ' },
  { code: '05569', name: 'Xã Định Hoá', centre: [105.5933, 21.906], former: 'huyện Định Hoá' },
  { code: '05611', name: 'Xã Phú Lương', centre: [105.7261, 21.743], former: 'huyện Phú Lương' },
  { code: '05692', name: 'Xã Đồng Hỷ', centre: [105.8425, 21.6688], former: 'huyện Đồng Hỷ' },
  { code: '01906', name: 'Xã Ba Bể', centre: [105.6307, 22.4372], former: 'huyện Ba Bể, tỉnh Bắc Kạn' },
  { code: '02155', name: 'Xã Na Rì', centre: [106.1756, 22.2125], former: 'huyện Na Rì, tỉnh Bắc Kạn' },
  { code: '02185', name: 'Xã Côn Minh', centre: [106.0226, 22.1016], former: 'huyện Na Rì, tỉnh Bắc Kạn' },
];

const lands = ['Nương', 'Suối', 'Đồi', 'Khe', 'Bản', 'Thung', 'Đèo', 'Vườn', 'Núi', 'Bến', 'Gò', 'Mỏ'];
const qualities = [
  'Đá',
  'Mây',
  'Gió',
  'Sương',
  'Lạnh',
  'Xanh',
  'Cao',
  'Trắng',
  'Nắng',
  'Bạc',
  'Hoa',
  'Sim',
  'Trúc',
  'Lim',
];
const families = ['Hoàng', 'Lý', 'Nông', 'Triệu', 'Dương', 'Ma', 'Bàn', 'Đặng', 'Lương', 'Nguyễn', 'Trần', 'Chu'];
const middles = ['Thị', 'Văn', 'Minh', 'Thu', 'Đức', 'Ngọc', 'Xuân', 'Hữu'];
const given = [
  'Lan',
  'Hoà',
  'Tuyết',
  'Bình',
  'Sơn',
  'Dũng',
  'Thuỷ',
  'Hiền',
  'Khánh',
  'Mai',
  'Quang',
  'Yến',
  'Phúc',
  'Thắng',
];

/** A made-up name of a place: `Nương Đá`. */
export function placeName(random: Random): string {
  return `${random.pick(lands)} ${random.pick(qualities)}`;
}

/** A made-up name of a person, marked as such. */
export function personName(random: Random): string {
  return `${random.pick(families)} ${random.pick(middles)} ${random.pick(given)} (mẫu)`;
}
