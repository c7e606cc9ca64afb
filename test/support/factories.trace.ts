// Facts of a scan page made by hand: a valid one, and steps, certificates, sites and recalls to change it with.
import type { Certificate, CertificateDecision, StarVerdict } from '../../src/certificates/certificates.types.ts';
import type { Recall } from '../../src/recalls/recalls.types.ts';
import type { Site } from '../../src/sites/sites.types.ts';
import type { EvidenceGrade, JournalEntry, StepData, StepKind, StepMark } from '../../src/steps/steps.types.ts';
import type { TraceFacts } from '../../src/trace/trace.types.ts';
import { uuidv7 } from './factories.ts';

const noData: StepData = {
  amount: undefined,
  unit: undefined,
  material: undefined,
  waitDays: undefined,
  unitsPacked: undefined,
};

type EntryChanges = {
  until?: string;
  data?: Partial<StepData>;
  note?: string | undefined;
  photos?: number;
  promisedPhotos?: number;
  grade?: EvidenceGrade;
  confirmedOn?: string;
  recordedAt?: string;
  marks?: StepMark[];
  siteIds?: string[];
};

/** An entry of the journal as it stands. */
const samplePicture = {
  fileId: '0190a000-0000-7000-8000-000000000001',
  alt: 'Ba quả na dai xanh, mắt to, còn cuống, bên hai chiếc lá',
};

export function anEntry(kind: StepKind, doneOn: string, changes: EntryChanges = {}): JournalEntry {
  const photos = Array.from({ length: changes.photos ?? 0 }, () => ({
    fileId: uuidv7(),
    receivedSha256: 'a'.repeat(64),
  }));
  return {
    step: {
      id: uuidv7(),
      producerId: 'p',
      batchId: 'b',
      siteIds: changes.siteIds ?? [],
      kind,
      doneOn,
      doneUntil: changes.until,
      recordedAt: new Date(changes.recordedAt ?? `${changes.until ?? doneOn}T18:00:00+07:00`),
      byUserId: 'u',
      onBehalf: false,
      data: { ...noData, ...changes.data },
      noteHash: undefined,
      photoHashes: Array.from({ length: changes.promisedPhotos ?? photos.length }, () => 'a'.repeat(64)),
      corrects: undefined,
      withdraws: undefined,
      queued: false,
      madeAt: undefined,
      marks: [],
    },
    note: 'note' in changes ? changes.note : '',
    photos,
    grade: changes.grade ?? 'self-declared',
    confirmedOn: changes.confirmedOn,
    confirmedBy: undefined,
    marks: changes.marks ?? [],
    erasedPhotos: [],
    noteErasedOn: undefined,
    correctionCount: 0,
  };
}

/** A province's certificate of 4 stars, issued 15/07/2026. */
export function aCertificate(changes: Partial<Certificate> = {}): Certificate {
  return {
    id: uuidv7(),
    producerId: 'p',
    productId: 'na',
    type: 'ocop',
    number: '19-05740-01-2026',
    decisionNumber: '000/QĐ-UBND (mẫu)',
    issuerLevel: 'province',
    issuerName: 'Chủ tịch UBND tỉnh Thái Nguyên',
    issuedOn: '2026-07-15',
    lastDayPrinted: '2029-07-15',
    stars: 4,
    scopeText: '',
    enteredByOfficer: false,
    documentFileId: undefined,
    issuedPart: '',
    listedAs: 'recognised',
    importKey: undefined,
    source: undefined,
    byUserId: 'u',
    recordedAt: new Date('2026-07-24T09:00:00+07:00'),
    ...changes,
  };
}

/** The officer's verification of a certificate. */
export function aVerification(certificateId: string): CertificateDecision {
  return {
    id: uuidv7(),
    certificateId,
    kind: 'verified',
    decisionNumber: '',
    decidedOn: '2026-07-24',
    effectiveOn: undefined,
    reason: '',
    byUserId: 'o',
    recordedAt: new Date('2026-07-24T09:00:00+07:00'),
  };
}

/** A public outline near La Hiên. */
export function anOrchard(changes: Partial<Site> = {}): Site {
  const ring = [
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
  return {
    id: uuidv7(),
    producerId: 'p',
    name: 'Na sườn đồi',
    kind: 'orchard',
    geometry: { type: 'Polygon', coordinates: [ring] },
    areaSquareMetres: 187_000,
    plantingAreaCode: '',
    communeCode: '05740',
    communeName: 'Xã La Hiên',
    publicPrecision: 'outline',
    closedOn: undefined,
    version: 1,
    createdAt: new Date('2026-01-01T09:00:00+07:00'),
    ...changes,
  };
}

/** A recall of the lot itself. */
export function aRecall(changes: Partial<Recall> = {}): Recall {
  return {
    id: uuidv7(),
    producerId: 'p',
    provinceCode: '19',
    batchId: 'b',
    reason: 'Kiểm nghiệm thấy dư lượng kháng sinh vượt mức cho phép.',
    recallClass: 'serious',
    level: 'province',
    issuerName: 'Sở Nông nghiệp và Môi trường (mẫu)',
    orderNumber: '00/TB (mẫu)',
    instructions: '',
    phone: '0900000000',
    openedAt: new Date('2026-09-03T10:00:00+07:00'),
    byUserId: 'o',
    ...changes,
  };
}

const season = (): JournalEntry[] => [
  anEntry('ship', '2026-09-03', {
    data: { unitsPacked: 400 },
    note: 'Tên bên mua được giữ kín theo yêu cầu.',
    grade: 'cooperative-confirmed',
    confirmedOn: '2026-09-03',
  }),
  anEntry('pack', '2026-09-02', {
    data: { unitsPacked: 804 },
    note: 'Loại 18 kg quả nứt.',
    photos: 3,
    grade: 'cooperative-confirmed',
    confirmedOn: '2026-09-02',
  }),
  anEntry('harvest', '2026-09-02', {
    data: { amount: 420, unit: 'kg' },
    grade: 'official-verified',
    confirmedOn: '2026-09-02',
  }),
  anEntry('spray', '2026-08-05', {
    data: { material: 'Bt (vi khuẩn trừ sâu)', waitDays: 3 },
    photos: 1,
    grade: 'cooperative-confirmed',
    confirmedOn: '2026-08-06',
  }),
  anEntry('bag-fruit', '2026-07-19', {
    data: { amount: 1900, unit: 'quả' },
    note: 'Túi giấy.',
    photos: 2,
    grade: 'with-photo',
  }),
  anEntry('pollinate', '2026-05-30', {
    until: '2026-06-24',
    grade: 'cooperative-confirmed',
    confirmedOn: '2026-06-25',
  }),
  anEntry('fertilise', '2026-03-14', {
    data: { material: 'NPK', amount: 0.4, unit: 'kg' },
    note: 'Mỗi cây 0,4 kg.',
    recordedAt: '2026-03-20T08:00:00+07:00',
  }),
  anEntry('fertilise', '2026-02-20', { data: { material: 'Phân chuồng ủ hoai' }, photos: 1, grade: 'with-photo' }),
  anEntry('prune', '2026-01-08'),
];

/** A valid star, one lot of na, a season with one gap; `changes` replace whole parts. */
export function someFacts(changes: Partial<TraceFacts> = {}): TraceFacts {
  const ocop = aCertificate();
  const vietgap = aCertificate({
    type: 'vietgap',
    number: 'VG-000 (mẫu)',
    decisionNumber: '',
    issuerName: 'Tổ chức chứng nhận (mẫu)',
    issuedOn: '2025-03-12',
    lastDayPrinted: '2028-03-11',
    stars: undefined,
    scopeText: '9,4 ha',
  });
  const verified = aVerification(ocop.id);
  const verdict: StarVerdict = {
    state: 'valid',
    certificate: ocop,
    stars: 4,
    lastDay: '2029-07-15',
    renewalWindow: undefined,
    verifiedOn: '2026-07-24',
  };
  return {
    code: '7K3M9QXC2A4Y',
    codeKind: 'lot',
    voidedOn: undefined,
    sample: true,
    at: new Date('2026-09-04T09:41:00+07:00'),
    batch: {
      id: 'b',
      producerId: 'p',
      provinceCode: '19',
      productId: 'na',
      lotNumber: 'NA-260902-03',
      siteIds: [],
      startedOn: '2026-01-05',
      harvestedOn: '2026-09-02',
      packedOn: '2026-09-02',
      useBy: '2026-09-09',
      quantity: { amount: 402, unit: 'kg' },
      unitsMade: 804,
      unitsLeft: 804,
      pending: [],
      held: false,
      holds: [],
      inputs: [],
      madeFrom: [],
      ancestors: ['b'],
      recallIds: [],
      closedRecallIds: [],
      closed: undefined,
      sample: true,
      version: 1,
      createdAt: new Date('2026-01-05T09:00:00+07:00'),
    },
    product: {
      id: 'na',
      producerId: 'p',
      name: 'Na dai La Hiên',
      foldedName: 'na dai la hien',
      ocopSet: 1,
      gtin14: '09521234500018',
      internalCode: '',
      netContent: { amount: 0.5, unit: 'kg' },
      packaging: 'hộp',
      shelfLifeDays: 7,
      ingredients: '100% quả na dai tươi',
      storage: 'Nơi mát 20–25 °C; khi chín để ngăn mát, ăn trong 2 ngày',
      warnings: 'Không nhai, không nuốt hạt.',
      usage: '',
      standards: ['TCCS 01:2026/NĐ (mẫu)'],
      origin: 'Việt Nam',
      story: '',
      brand: '',
      allergens: '',
      responsibleParty: undefined,
      pictures: [samplePicture],
      picture: samplePicture,
      publicKey: '0000000001',
      importKey: undefined,
      source: '',
      version: 1,
      createdAt: new Date('2026-01-01T09:00:00+07:00'),
    },
    producer: {
      id: 'p',
      legalName: 'Hợp tác xã Nương Đá',
      kind: 'cooperative',
      registrationNumber: '0000000000 (mẫu)',
      address: {
        communeCode: '05740',
        communeName: 'Xã La Hiên',
        provinceCode: '19',
        provinceName: 'Tỉnh Thái Nguyên',
        street: 'Xóm Mẫu',
      },
      formerAddress: 'xã La Hiên, huyện Võ Nhai',
      hotline: '0900000000',
      gln: '',
      story: '',
      shops: [],
      consents: [],
      sample: true,
      claim: 'claimed',
      importKey: undefined,
      source: '',
      claimId: undefined,
      approvals: [],
      askedAgainAt: undefined,
      version: 1,
      createdAt: new Date('2026-01-01T09:00:00+07:00'),
    },
    productSlug: 'na-dai-la-hien-0000000001',
    publicName: 'Hợp tác xã Nương Đá',
    publicPhone: '0900000000',
    hidesPhotos: false,
    hidesPlaces: false,
    sources: [],
    sites: [anOrchard()],
    verdict,
    madeOn: '2026-09-02',
    verdictWhenMade: verdict,
    certificates: [
      { certificate: ocop, decisions: [verified], own: verdict },
      { certificate: vietgap, decisions: [], own: { state: 'none' } },
    ],
    siblings: [{ name: 'Rượu na', verdict: { state: 'none' } }],
    journal: season(),
    gaps: [{ fromDay: '2026-06-25', toDay: '2026-07-18', days: 24 }],
    recalls: [],
    ...changes,
  };
}
