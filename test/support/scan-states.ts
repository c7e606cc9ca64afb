// Every state that a scan can open, made as people make it, with the words that must stand on its page in both languages.
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { issueCode } from '../../src/codes/trace-code.ts';
import { leaveRunGap } from '../../src/labels/labels.gaps.model.ts';
import { arrangePictures, setProductPicture } from '../../src/products/products.pictures.service.ts';
import { requireProduct } from '../../src/products/products.service.ts';
import { projectFolder } from '../../src/project-root.ts';
import type { TestApp } from './app.ts';
import { aLabelledLot, aVerifiedStar, unitCodes } from './a-scan.ts';
import type { LabelledLot, LotOptions } from './a-scan.ts';
import { aStep, newRecallJson } from './factories.batches.ts';
import { aProduct } from './factories.products.ts';
import { anEnteredCertificate, sendDecision } from './factories.stored-certificates.ts';
import { uuidv7 } from './factories.ts';

export type ScanState = {
  name: string;
  path: string;
  status: number;
  vi: string;
  en: string;
  /** A green card with filled stars. */
  isValid: boolean;
};

const provinceHeader = 'x-province';

/** The province that a test's request says that it comes from. */
export const placeOfHeader = ({ headers }: IncomingMessage): string => String(headers[provinceHeader] ?? '');

const named = (name: string, batch: Record<string, unknown> = {}): LotOptions => ({
  producer: { legalName: 'Hợp tác xã Nương Đá' },
  product: { name },
  site: { publicPrecision: 'outline' },
  batch,
});

const withPicture = async (app: TestApp, lot: LabelledLot): Promise<void> => {
  const bytes = await readFile(projectFolder('src/sample/pictures/na-dai.webp'));
  await setProductPicture(app.db, lot.owner, lot.product.id, bytes, 'Ba quả na dai xanh', app.deps.clock());
};

const season = async (app: TestApp, { owner, batch }: LabelledLot): Promise<void> => {
  const steps = [
    { kind: 'prune', doneOn: '2026-02-14' },
    { kind: 'pollinate', doneOn: '2026-05-30', doneUntil: '2026-06-24' },
    { kind: 'bag-fruit', doneOn: '2026-07-19', amount: 1900, unit: 'quả' },
    { kind: 'spray', doneOn: '2026-08-05', material: 'Bt (vi khuẩn trừ sâu)', waitDays: 3 },
    { kind: 'harvest', doneOn: '2026-09-02', amount: 420, unit: 'kg' },
    { kind: 'pack', doneOn: '2026-09-02', unitsPacked: 804 },
    { kind: 'ship', doneOn: '2026-09-03' },
  ];
  for (const step of steps) await aStep(app, owner, batch.id, step);
};

const requireStatus = (answer: { status: number; body: unknown }, status: number): void => {
  if (answer.status !== status) throw new Error(JSON.stringify(answer.body));
};

const past = { issuedOn: '2023-06-30', lastDayPrinted: '2026-06-30' };

const decide = async (app: TestApp, lot: LabelledLot, id: string, parts: Record<string, unknown>): Promise<void> =>
  requireStatus(await sendDecision(app, lot.officer, id, parts), 201);

const lotStates = async (app: TestApp): Promise<ScanState[]> => {
  const valid = await aLabelledLot(app, named('Na dai La Hiên'));
  await withPicture(app, valid);
  await aVerifiedStar(app, valid);
  await season(app, valid);
  await aProduct(app, { producerId: valid.producer.id, owner: valid.owner, parts: { name: 'Rượu na' } });

  const recalled = await aLabelledLot(app, named('Mật ong hoa rừng'));
  await withPicture(app, recalled);
  await aVerifiedStar(app, recalled, past);
  const order = newRecallJson({ reason: 'Kiểm nghiệm thấy dư lượng kháng sinh vượt mức cho phép.', instructions: '' });
  requireStatus(await app.as(recalled.officer).post(`/api/v1/batches/${recalled.batch.id}/recalls`, order), 201);

  const expired = await aLabelledLot(app, named('Chè đinh'));
  await aVerifiedStar(app, expired, past);

  const extended = await aLabelledLot(app, named('Miến dong'));
  const long = await aVerifiedStar(app, extended, past);
  await decide(app, extended, long, {
    kind: 'extended',
    decidedOn: '2026-06-20',
    effectiveOn: '2026-12-20',
    decisionNumber: '11/QĐ-UBND (mẫu)',
    reason: 'Hồ sơ nộp đúng hạn, chờ đánh giá lại.',
  });

  const revoked = await aLabelledLot(app, named('Trám đen'));
  const lost = await aVerifiedStar(app, revoked);
  await decide(app, revoked, lost, {
    kind: 'revoked',
    decidedOn: '2026-09-01',
    effectiveOn: '2026-09-02',
    decisionNumber: '12/QĐ-UBND (mẫu)',
    reason: 'Không còn đạt tiêu chí nguồn nguyên liệu.',
  });

  const declared = await aLabelledLot(app, named('Gạo nếp'));
  await anEnteredCertificate(app, declared.owner, declared.product.id);

  const none = await aLabelledLot(app, named('Bánh khảo'));

  const unpictured = await aLabelledLot(app, named('Lạc đỏ'));
  await aVerifiedStar(app, unpictured);
  // Its labels were printed while it had one.
  const { id, version } = await requireProduct(app.db, unpictured.product.id);
  await arrangePictures(app.db, unpictured.owner, id, { version, pictures: [] }, app.deps.clock());

  const over = await aLabelledLot(app, named('Na chín', { useBy: '2026-09-03' }));
  await aVerifiedStar(app, over);

  const voided = await aLabelledLot(app, named('Na hộp'));
  await aVerifiedStar(app, voided);
  const runs = await app.as(voided.owner).get(`/api/v1/batches/${voided.batch.id}/label-runs`);
  const [run] = runs.body['items'] as { id: string }[];
  const voiding = { id: uuidv7(), reason: 'Tem ướt', goods: 'gone' };
  requireStatus(await app.as(voided.owner).post(`/api/v1/label-runs/${run?.id ?? ''}/voidings`, voiding), 201);

  const state = (name: string, lot: LabelledLot, vi: string, en: string, isValid = false): ScanState => ({
    name,
    path: lot.page,
    status: 200,
    vi,
    en,
    isValid,
  });
  return [
    state('valid', valid, 'Còn hiệu lực đến 15/07/2029', 'Valid until', true),
    state('gap', valid, 'Không có ghi chép trong', 'No records for', true),
    state('sibling', valid, 'Rượu na của cùng chủ thể chưa được chứng nhận OCOP', 'Rượu na', true),
    state('recalled', recalled, 'Đừng ăn. Lô này đang bị thu hồi.', 'Do not eat. This lot is being recalled.'),
    state('expired', expired, 'Đã hết hạn từ 01/07/2026', 'Expired since'),
    state('extended', extended, 'Được kéo dài đến hết 20/12/2026', 'Extended until', true),
    state('revoked', revoked, 'Đã bị thu hồi công nhận OCOP', 'OCOP recognition revoked'),
    state('declared', declared, 'tự khai, chưa được xác minh', 'verified'),
    state('none', none, 'Chưa được chứng nhận OCOP', 'Not OCOP certified'),
    state('no-photo', unpictured, 'Lạc đỏ', 'Lạc đỏ', true),
    state('past-use-by', over, 'đã quá hạn 1 ngày', '1 day past its date'),
    state('voided', voided, 'Chủ thể đã huỷ tem này', 'The producer voided this label'),
  ];
};

const noLotStates = async (app: TestApp): Promise<ScanState[]> => {
  const { codeKey } = app.deps.keys;
  const gap = await leaveRunGap(app.db, new Date('2026-09-03T10:00:00+07:00'));
  const unknown = issueCode(codeKey, { run: 9_999_999, unit: 0 });
  const lost = issueCode(codeKey, { run: gap.last, unit: 0 });
  const bare = { isValid: false };
  return [
    {
      name: 'unknown',
      path: `/T/${unknown}`,
      status: 404,
      vi: 'Chưa thấy mã này trong sổ',
      en: 'not in the register',
      ...bare,
    },
    { name: 'malformed', path: '/T/7K3M-9QUC-2A4Y', status: 400, vi: 'Xem lại nhóm 2', en: 'group', ...bare },
    {
      name: 'before-incident',
      path: `/T/${lost}`,
      status: 404,
      vi: 'Tem in trước sự cố',
      en: 'before an incident',
      ...bare,
    },
  ];
};

const phone = 'Mozilla/5.0 (Linux; Android 13; SM-A045F) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36';

/** Scans by buyers' phones, in turn from these provinces. */
const scanMany = async (app: TestApp, path: string, count: number, provinces: readonly string[]): Promise<void> => {
  for (let scan = 0; scan < count; scan += 1) {
    const place = provinces[scan % provinces.length] ?? '';
    const headers = { accept: 'text/html', 'user-agent': phone, [provinceHeader]: place };
    requireStatus({ status: (await fetch(app.url + path, { headers })).status, body: path }, 200);
  }
};

/** Four packs of one lot, each with its own code: a browser without a head is no buyer, so looking changes none of them. */
const unitStates = async (app: TestApp): Promise<ScanState[]> => {
  const lot = await aLabelledLot(app, named('Chè búp'));
  await withPicture(app, lot);
  await aVerifiedStar(app, lot);
  const codes = await unitCodes(app, lot, 4);
  const [first, before, places, many] = codes.map((code) => `/T/${code}`) as [string, string, string, string];
  await scanMany(app, before, 2, ['19']);
  await scanMany(app, places, 46, ['19', '01', '48', '66', '79']);
  await scanMany(app, many, 46, ['19']);
  const state = (name: string, path: string, vi: string, en: string): ScanState => ({
    name,
    path,
    status: 200,
    vi,
    en,
    isValid: true,
  });
  return [
    state('first-scan', first, 'lần đầu tiên mã này được quét', 'the first time'),
    state('scanned-before', before, 'đã được quét 2 lần, lần đầu ngày 04/09/2026 tại', 'has been scanned 2 times'),
    state('doubt-places', places, '46 lần trong một ngày, ở 5 tỉnh', '46 times in one day, in 5 provinces'),
    state('doubt-many', many, 'mã này bị quét quá nhiều lần', 'scanned too often'),
  ];
};

/** An empty journal is made apart: every other lot has at least one step. */
const emptyJournal = async (app: TestApp): Promise<ScanState> => {
  const lot = await aLabelledLot(app, named('Mận tam hoa'));
  await aVerifiedStar(app, lot);
  const steps = await app.as(lot.owner).get(`/api/v1/batches/${lot.batch.id}/steps`);
  const [entry] = steps.body['items'] as { id: string }[];
  await aStep(app, lot.owner, lot.batch.id, { kind: 'prune', doneOn: '2026-02-01', withdraws: entry?.id });
  return {
    name: 'no-journal',
    path: lot.page,
    status: 200,
    vi: 'Lô này chưa ghi việc nào',
    en: 'Nothing is recorded for this lot yet',
    isValid: true,
  };
};

/** Every state at 2026-09-04 09:41 in Viet Nam, in an app that takes places from `placeOfHeader`. */
export async function scanStates(app: TestApp): Promise<ScanState[]> {
  return [...(await lotStates(app)), ...(await unitStates(app)), await emptyJournal(app), ...(await noLotStates(app))];
}
