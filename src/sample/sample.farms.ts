// The sample's other two producers: tea of a cooperative group and noodles of a company, with recognitions in every state that the law knows and one
// lot under recall. Everything is made up and marked DỮ LIỆU MẪU; GTINs and GLNs are of GS1's demonstration prefix 952.
import type { Actor } from '../actor.ts';
import type { NewCertificate, NewDecision } from '../certificates/certificates.input.ts';
import { newCertificate } from '../certificates/certificates.input.ts';
import { addDays, addMonths } from '../days.ts';
import type { Day } from '../days.ts';
import type { NewBatch } from '../batches/batches.input.ts';
import { newBatch } from '../batches/batches.input.ts';
import type { NewProduct } from '../products/products.input.ts';
import { newProduct } from '../products/products.input.ts';
import type { NewProducer } from '../producers/producers.input.ts';
import { newProducer } from '../producers/producers.input.ts';
import type { NewRecall } from '../recalls/recalls.input.ts';
import type { NewSite } from '../sites/sites.input.ts';
import { newSite } from '../sites/sites.input.ts';
import type { NewStep } from '../steps/steps.input.ts';
import { newStep } from '../steps/steps.input.ts';
import { sampleId } from './sample.ids.ts';

const provinceCode = '19';
const issuerName = 'Chủ tịch UBND tỉnh Thái Nguyên';

/** A paper of a product with what was decided on it. `verified`: entered by the officer as the province's own decision. */
export type SamplePaper = {
  productId: string;
  certificate: NewCertificate;
  byOfficer: boolean;
  enteredOn: Day;
  decisions: { decided: NewDecision; on: Day }[];
};

export type SampleLot = { productId: string; batch: NewBatch; steps: NewStep[]; recall?: NewRecall };

export type SampleFarm = {
  owner: Actor & { name: string };
  producer: NewProducer;
  approvalId: string;
  sites: NewSite[];
  products: { product: NewProduct; picture: string; alt: string }[];
  papers: (today: Day) => SamplePaper[];
  lots: (packedOn: Day) => SampleLot[];
};

const ring = (longitude: number, latitude: number, size: number): [number, number][] => {
  const corners = [
    [-1, -0.6],
    [-0.2, -1],
    [0.9, -0.7],
    [1.1, 0.2],
    [0.3, 0.9],
    [-0.8, 0.7],
  ] as const;
  const at = corners.map(([x, y]): [number, number] => [
    Number((longitude + x * size).toFixed(5)),
    Number((latitude + y * size).toFixed(5)),
  ]);
  return [...at, at[0] as [number, number]];
};

const star = (id: string, place: number, parts: Partial<NewCertificate>): NewCertificate =>
  newCertificate.parse({
    id,
    type: 'ocop',
    number: `19-05503-${String(place).padStart(2, '0')}-2023 (mẫu)`,
    decisionNumber: '000/QĐ-UBND (mẫu)',
    issuerLevel: 'province',
    issuerName,
    stars: 4,
    ...parts,
  });

const tea = { id: sampleId(0x30), approvalId: sampleId(0x31), site: sampleId(0x32), owner: sampleId(0x33) };
const teaProducts = { tips: sampleId(0x34), buds: sampleId(0x35), bags: sampleId(0x36) };

/** Days of issue so that the star is in its renewal window, or over and extended, on this day. */
const issuedSoThatLastDayIs = (lastDay: Day): Day => addMonths(lastDay, -36);

const teaFarm: SampleFarm = {
  owner: {
    userId: tea.owner,
    name: 'Nông Thị Mẫu',
    roles: [{ kind: 'producer', producerId: tea.id }],
  },
  producer: newProducer.parse({
    id: tea.id,
    legalName: 'Tổ hợp tác Chè Đồi Sương',
    kind: 'cooperative-group',
    registrationNumber: 'THT-000 (mẫu)',
    address: { communeCode: '05503', communeName: 'Xã Tân Cương', provinceCode, street: 'Xóm Mẫu Đồi' },
    formerAddress: 'Xã Tân Cương, thành phố Thái Nguyên, tỉnh Thái Nguyên',
    hotline: '0900000001',
    gln: '9521234009023',
    story: 'Bảy hộ làm chè bằng tay trên một quả đồi. Câu chuyện này là dữ liệu mẫu.',
  }),
  approvalId: tea.approvalId,
  sites: [
    newSite.parse({
      id: tea.site,
      name: 'Đồi chè Sương',
      kind: 'plot',
      geometry: { type: 'Polygon', coordinates: [ring(105.7894, 21.5224, 0.0011)] },
      communeCode: '05503',
      communeName: 'Xã Tân Cương',
      publicPrecision: 'outline',
    }),
  ],
  products: [
    {
      product: newProduct.parse({
        id: teaProducts.tips,
        name: 'Chè đinh Đồi Sương',
        ocopSet: 11,
        gtin: '9521234000037',
        netContent: { amount: 100, unit: 'g' },
        packaging: 'hộp',
        shelfLifeDays: 540,
        ingredients: '100% búp chè',
        storage: 'Nơi khô, kín, tránh nắng',
        warnings: 'Không dùng nếu thấy mốc.',
        usage: 'Pha 5 g với 150 ml nước 85 °C.',
        standards: ['TCCS 03:2026/ĐS (mẫu)'],
        origin: 'Việt Nam',
        story: 'Hái một tôm vào sáng sớm.',
      }),
      picture: 'che-dinh.webp',
      alt: 'Đĩa chè khô và một búp chè ba lá, tranh vẽ',
    },
    {
      product: newProduct.parse({
        id: teaProducts.buds,
        name: 'Chè tôm nõn Đồi Sương',
        ocopSet: 11,
        internalCode: 'CHE-TN',
        netContent: { amount: 200, unit: 'g' },
        packaging: 'túi',
        shelfLifeDays: 540,
        ingredients: '100% búp chè',
        storage: 'Nơi khô, kín, tránh nắng',
        standards: ['TCCS 04:2026/ĐS (mẫu)'],
        origin: 'Việt Nam',
      }),
      picture: 'che-dinh.webp',
      alt: 'Đĩa chè khô và một búp chè ba lá, tranh vẽ',
    },
    {
      product: newProduct.parse({
        id: teaProducts.bags,
        name: 'Chè túi lọc Đồi Sương',
        ocopSet: 11,
        internalCode: 'CHE-TL',
        netContent: { amount: 40, unit: 'g' },
        packaging: 'hộp 20 túi',
        shelfLifeDays: 540,
        ingredients: 'Chè vụn',
        storage: 'Nơi khô',
        standards: ['TCCS 05:2026/ĐS (mẫu)'],
        origin: 'Việt Nam',
      }),
      picture: 'che-dinh.webp',
      alt: 'Đĩa chè khô và một búp chè ba lá, tranh vẽ',
    },
  ],
  papers: (today) => {
    const windowIssued = issuedSoThatLastDayIs(addDays(today, 150));
    const overLastDay = addDays(today, -60);
    const overIssued = issuedSoThatLastDayIs(overLastDay);
    return [
      {
        productId: teaProducts.tips,
        certificate: star(sampleId(0x37), 1, { issuedOn: windowIssued }),
        byOfficer: true,
        enteredOn: addDays(windowIssued, 5),
        decisions: [],
      },
      {
        productId: teaProducts.buds,
        certificate: star(sampleId(0x38), 2, { issuedOn: overIssued, stars: 3 }),
        byOfficer: true,
        enteredOn: addDays(overIssued, 5),
        decisions: [
          {
            decided: {
              id: sampleId(0x39),
              kind: 'extended',
              decisionNumber: '000/TB-VPĐP (mẫu)',
              decidedOn: addDays(overLastDay, -20),
              effectiveOn: addDays(overLastDay, 180),
              reason: 'Hồ sơ đánh giá lại nộp đúng kỳ, hội đồng chưa họp (mẫu).',
            },
            on: addDays(overLastDay, -20),
          },
        ],
      },
      {
        productId: teaProducts.bags,
        certificate: star(sampleId(0x3a), 3, { issuedOn: addDays(today, -200), stars: 3 }),
        byOfficer: false,
        enteredOn: addDays(today, -30),
        decisions: [],
      },
    ];
  },
  lots: (packedOn) => [
    {
      productId: teaProducts.tips,
      batch: newBatch.parse({
        id: sampleId(0x3b),
        lotNumber: `CHE-${packedOn.slice(2).replaceAll('-', '')}-01`,
        siteIds: [tea.site],
        startedOn: addDays(packedOn, -60),
        harvestedOn: addDays(packedOn, -3),
        packedOn,
        quantity: { amount: 30, unit: 'kg' },
        unitsMade: 290,
      }),
      steps: stepsOf(0x400, packedOn, [
        [-60, { kind: 'prune', note: 'Đốn nhẹ, vơ cành.' }],
        [-52, { kind: 'fertilise', material: 'Phân chuồng ủ hoai', amount: 800, unit: 'kg' }],
        [-40, { kind: 'water' }],
        [-24, { kind: 'spray', material: 'Dịch tỏi ớt ủ', waitDays: 3 }],
        [-10, { kind: 'weed' }],
        [-3, { kind: 'harvest', amount: 150, unit: 'kg', note: 'Hái một tôm.' }],
        [-3, { kind: 'process', note: 'Héo 2 giờ, diệt men, vò, sao khô.' }],
        [-2, { kind: 'grade', amount: 30, unit: 'kg' }],
        [0, { kind: 'pack', unitsPacked: 290, amount: 29, unit: 'kg' }],
      ]),
    },
  ],
};

function stepsOf(firstId: number, packedOn: Day, told: readonly [number, Record<string, unknown>][]): NewStep[] {
  return told.map(([days, step], place) =>
    newStep.parse({ id: sampleId(firstId + place), doneOn: addDays(packedOn, days), ...step }),
  );
}

const noodle = { id: sampleId(0x50), approvalId: sampleId(0x51), site: sampleId(0x52), owner: sampleId(0x53) };
const noodleProducts = { plain: sampleId(0x54), fine: sampleId(0x55), purple: sampleId(0x56) };

const aNoodle = (id: string, name: string, internalCode: string, parts: Record<string, unknown> = {}): NewProduct =>
  newProduct.parse({
    id,
    name,
    ocopSet: 7,
    internalCode,
    netContent: { amount: 500, unit: 'g' },
    packaging: 'túi',
    shelfLifeDays: 360,
    ingredients: '100% tinh bột dong riềng',
    storage: 'Nơi khô, thoáng',
    usage: 'Ngâm nước lạnh 15 phút rồi nấu.',
    standards: ['TCCS 06:2026/BM (mẫu)'],
    origin: 'Việt Nam',
    ...parts,
  });

const noodleFarm: SampleFarm = {
  owner: {
    userId: noodle.owner,
    name: 'Triệu Văn Mẫu',
    roles: [{ kind: 'producer', producerId: noodle.id }],
  },
  producer: newProducer.parse({
    id: noodle.id,
    legalName: 'Công ty TNHH Miến Bản Mẫu',
    kind: 'company',
    registrationNumber: '0000000001 (mẫu)',
    address: { communeCode: '02185', communeName: 'Xã Côn Minh', provinceCode, street: 'Thôn Mẫu Miến' },
    formerAddress: 'Xã Côn Minh, huyện Na Rì, tỉnh Bắc Kạn',
    hotline: '0900000002',
    gln: '9521234009030',
    story: 'Dong riềng trồng trên nương, bột lọc ba lần nước. Câu chuyện này là dữ liệu mẫu.',
  }),
  approvalId: noodle.approvalId,
  sites: [
    newSite.parse({
      id: noodle.site,
      name: 'Xưởng miến',
      kind: 'workshop',
      geometry: { type: 'Point', coordinates: [106.0226, 22.1016] },
      communeCode: '02185',
      communeName: 'Xã Côn Minh',
    }),
  ],
  products: [
    {
      product: aNoodle(noodleProducts.plain, 'Miến dong Bản Mẫu', '', { gtin: '9521234000044' }),
      picture: 'mien-dong.webp',
      alt: 'Bó miến dong buộc dải giấy xanh trên thớt gỗ, tranh vẽ',
    },
    {
      product: aNoodle(noodleProducts.fine, 'Miến dong sợi nhỏ Bản Mẫu', 'MIEN-SN'),
      picture: 'mien-dong.webp',
      alt: 'Bó miến dong buộc dải giấy xanh trên thớt gỗ, tranh vẽ',
    },
    {
      product: aNoodle(noodleProducts.purple, 'Miến khoai tím Bản Mẫu', 'MIEN-KT', {
        ingredients: 'Tinh bột dong riềng, khoai lang tím',
      }),
      picture: 'mien-dong.webp',
      alt: 'Bó miến dong buộc dải giấy xanh trên thớt gỗ, tranh vẽ',
    },
  ],
  papers: (today) => {
    const overIssued = issuedSoThatLastDayIs(addDays(today, -90));
    const revokedIssued = addDays(today, -400);
    return [
      {
        productId: noodleProducts.plain,
        certificate: star(sampleId(0x57), 4, { issuedOn: overIssued, number: '19-02185-04-2023 (mẫu)' }),
        byOfficer: true,
        enteredOn: addDays(overIssued, 5),
        decisions: [],
      },
      {
        productId: noodleProducts.fine,
        certificate: star(sampleId(0x58), 5, { issuedOn: revokedIssued, stars: 3, number: '19-02185-05-2025 (mẫu)' }),
        byOfficer: true,
        enteredOn: addDays(revokedIssued, 5),
        decisions: [
          {
            decided: {
              id: sampleId(0x59),
              kind: 'revoked',
              decisionNumber: '000/QĐ-UBND (mẫu)',
              decidedOn: addDays(today, -40),
              effectiveOn: addDays(today, -35),
              reason: 'Hậu kiểm thấy sản phẩm không còn đạt tiêu chí đã công nhận (mẫu).',
            },
            on: addDays(today, -40),
          },
        ],
      },
    ];
  },
  lots: (packedOn) => [
    {
      productId: noodleProducts.plain,
      batch: newBatch.parse({
        id: sampleId(0x5a),
        lotNumber: `MIEN-${packedOn.slice(2).replaceAll('-', '')}-01`,
        siteIds: [noodle.site],
        startedOn: addDays(packedOn, -6),
        packedOn,
        quantity: { amount: 200, unit: 'kg' },
        unitsMade: 400,
      }),
      steps: stepsOf(0x500, packedOn, noodleDays),
    },
    {
      productId: noodleProducts.purple,
      batch: newBatch.parse({
        id: sampleId(0x5b),
        lotNumber: `MKT-${addDays(packedOn, -20).slice(2).replaceAll('-', '')}-01`,
        siteIds: [noodle.site],
        startedOn: addDays(packedOn, -26),
        packedOn: addDays(packedOn, -20),
        quantity: { amount: 60, unit: 'kg' },
        unitsMade: 120,
      }),
      steps: stepsOf(0x600, addDays(packedOn, -20), noodleDays),
      recall: {
        id: sampleId(0x5c),
        reason: 'Mẫu kiểm nghiệm có phẩm màu không khai trên nhãn (dữ liệu mẫu).',
        recallClass: 'serious',
        issuerName: 'Chi cục Chất lượng, Chế biến và Phát triển thị trường (mẫu)',
        orderNumber: '000/QĐ-CCCL (mẫu)',
        instructions: 'Không ăn, không bán tiếp, giữ nguyên túi và gọi số bên dưới.',
        phone: '0900000002',
      },
    },
  ],
};

const noodleDays: readonly [number, Record<string, unknown>][] = [
  [
    -6,
    { kind: 'process', material: 'Củ dong riềng', amount: 900, unit: 'kg', note: 'Rửa, nghiền, lọc bột ba lần nước.' },
  ],
  [-4, { kind: 'process', note: 'Tráng bánh, cắt sợi.' }],
  [-3, { kind: 'process', note: 'Phơi một nắng.' }],
  [0, { kind: 'pack', note: 'Đóng túi 500 g.' }],
];

/** The two farms beside the cooperative of the orchards. */
export const sampleFarms: readonly SampleFarm[] = [teaFarm, noodleFarm];

/** One label run a lot, so that every state can be looked at: ids in the order of the lots. */
export const farmRunId = (farm: number, lot: number): string => sampleId(0x80 + farm * 16 + lot);
