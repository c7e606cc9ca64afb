// The sample's records: one fictional cooperative of upland Thái Nguyên, its orchards, its custard apples (na) and their wine.
// Everything is made up and marked DỮ LIỆU MẪU; the GTINs and the GLN are of GS1's demonstration prefix 952.
import type { Actor } from '../actor.ts';
import type { NewBatch } from '../batches/batches.input.ts';
import type { NewCertificate } from '../certificates/certificates.input.ts';
import { addDays } from '../days.ts';
import type { Day } from '../days.ts';
import { newMember } from '../members/members.input.ts';
import type { NewProduct } from '../products/products.input.ts';
import type { NewProducer } from '../producers/producers.input.ts';
import type { NewSite } from '../sites/sites.input.ts';
import { sampleIds } from './sample.ids.ts';

const provinceCode = '19';
const communeCode = '05740';

/** The people of the sample. `home` is where they land after signing in. */
export const people = {
  manager: {
    userId: sampleIds.manager,
    name: 'Hoàng Thị Mẫu',
    roles: [{ kind: 'producer', producerId: sampleIds.producer }],
  },
  recorder: {
    userId: sampleIds.recorder,
    name: 'Lý Văn Mẫu',
    roles: [{ kind: 'recorder', producerId: sampleIds.producer }],
  },
  officer: {
    userId: sampleIds.officer,
    name: 'Cán bộ OCOP tỉnh (mẫu)',
    roles: [{ kind: 'province-officer', provinceCode }],
  },
  digitalTeam: {
    userId: sampleIds.digitalTeam,
    name: 'Tổ công nghệ số xã (mẫu)',
    roles: [{ kind: 'digital-team', communeCode }],
  },
  communeOfficer: {
    userId: sampleIds.communeOfficer,
    name: 'Cán bộ xã (mẫu)',
    roles: [{ kind: 'commune-officer', communeCode }],
  },
  ministryOfficer: {
    userId: sampleIds.ministryOfficer,
    name: 'Cán bộ Bộ (mẫu)',
    roles: [{ kind: 'ministry-officer' }],
  },
  admin: { userId: sampleIds.admin, name: 'Quản trị (mẫu)', roles: [{ kind: 'admin' }] },
} as const satisfies Record<string, Actor>;

/** Records on a phone that joins by a code: no login, no password. */
export const phoneRecorder = newMember.parse({
  id: sampleIds.phone,
  name: 'Bàn Thị Mẫu',
  phone: '0900 000 004',
  agreed: true,
});

export const cooperative: NewProducer = {
  id: sampleIds.producer,
  legalName: 'Hợp tác xã Nương Đá',
  kind: 'cooperative',
  registrationNumber: '0000000000 (mẫu)',
  address: { communeCode, communeName: 'Xã La Hiên', provinceCode, street: 'Xóm Mẫu' },
  formerAddress: 'Xã La Hiên, huyện Võ Nhai, tỉnh Thái Nguyên',
  hotline: '0900000000',
  gln: '9521234009016',
  story: 'Mười hai hộ trồng na trên sườn núi đá. Câu chuyện này là dữ liệu mẫu.',
  shops: [],
  consents: [],
};

// A made-up outline on a made-up slope; WGS 84, longitude first.
const hillsideRing: [number, number][] = [
  [105.9312, 21.7287],
  [105.9329, 21.7296],
  [105.9347, 21.7293],
  [105.9358, 21.7281],
  [105.9366, 21.7266],
  [105.9357, 21.7252],
  [105.9341, 21.7249],
  [105.933, 21.7256],
  [105.9317, 21.7259],
  [105.9308, 21.7271],
  [105.9312, 21.7287],
];

const homeGardenRing: [number, number][] = [
  [105.9381, 21.7241],
  [105.9392, 21.7247],
  [105.9401, 21.7243],
  [105.9404, 21.7233],
  [105.9393, 21.7228],
  [105.9383, 21.7231],
  [105.9381, 21.7241],
];

export const sites: NewSite[] = [
  {
    id: sampleIds.hillside,
    name: 'Na sườn đồi',
    kind: 'orchard',
    geometry: { type: 'Polygon', coordinates: [hillsideRing] },
    plantingAreaCode: '',
    communeCode: '05740',
    communeName: 'Xã La Hiên',
    publicPrecision: 'outline',
  },
  {
    id: sampleIds.homeGarden,
    name: 'Na vườn nhà',
    kind: 'orchard',
    geometry: { type: 'Polygon', coordinates: [homeGardenRing] },
    plantingAreaCode: '',
    communeCode: '05740',
    communeName: 'Xã La Hiên',
    publicPrecision: 'outline',
  },
];

export const fruit: NewProduct = {
  id: sampleIds.fruit,
  name: 'Na dai La Hiên',
  brand: '',
  allergens: '',
  responsibleParty: undefined,
  ocopSet: 1,
  gtin: '9521234000013',
  internalCode: '',
  netContent: { amount: 0.5, unit: 'kg' },
  packaging: 'hộp',
  shelfLifeDays: 7,
  ingredients: '100% quả na dai tươi',
  storage: 'Nơi mát 20–25 °C; khi chín để ngăn mát, ăn trong 2 ngày',
  warnings: 'Không nhai, không nuốt hạt.',
  usage: 'Ăn tươi khi quả mềm.',
  standards: ['TCCS 01:2026/NĐ (mẫu)'],
  origin: 'Việt Nam',
  story: 'Na trồng trên núi đá vôi, thụ phấn bằng tay, bao từng quả.',
};

export const wine: NewProduct = {
  id: sampleIds.wine,
  name: 'Rượu na Nương Đá',
  brand: 'Nương Đá',
  allergens: '',
  responsibleParty: undefined,
  ocopSet: 15,
  gtin: '9521234000020',
  internalCode: '',
  netContent: { amount: 500, unit: 'ml' },
  packaging: 'chai',
  shelfLifeDays: 730,
  ingredients: 'Na dai, rượu nếp, đường phèn; 25% thể tích',
  storage: 'Nơi khô mát, tránh nắng',
  warnings: 'Không dùng cho người dưới 18 tuổi và phụ nữ có thai.',
  usage: 'Dùng trong bữa ăn.',
  standards: ['TCCS 02:2026/NĐ (mẫu)'],
  origin: 'Việt Nam',
  story: '',
};

/** What goes into a lot of the wine. */
export const wineInputs: NewBatch['inputs'] = [
  { name: 'Na dai', amount: 60, unit: 'kg', lot: '' },
  { name: 'Rượu nếp', amount: 55, unit: 'lít', lot: 'RN-MAU-01' },
  { name: 'Đường phèn', amount: 6, unit: 'kg', lot: '' },
];

/** The star of the fruit, issued `issuedOn`; the wine has none. */
export const star = (issuedOn: Day): NewCertificate => ({
  id: sampleIds.star,
  type: 'ocop',
  number: '19-05740-01-2026 (mẫu)',
  decisionNumber: '000/QĐ-UBND (mẫu)',
  issuerLevel: 'province',
  issuerName: 'Chủ tịch UBND tỉnh Thái Nguyên',
  issuedOn,
  stars: 4,
  scopeText: '',
});

/** Sent in by the cooperative, verified by nobody. */
export const vietGap = (issuedOn: Day): NewCertificate => ({
  id: sampleIds.vietGap,
  type: 'vietgap',
  number: 'VG-000 (mẫu)',
  decisionNumber: '',
  issuerLevel: 'other',
  issuerName: 'Tổ chức chứng nhận (mẫu)',
  issuedOn,
  lastDayPrinted: addDays(issuedOn, 730),
  scopeText: 'Trồng trọt, 9,4 ha',
});
