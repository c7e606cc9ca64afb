// A season of the sample's work, told in days before (−) or after the packing day.
import { addDays } from '../days.ts';
import type { Day } from '../days.ts';
import type { NewStep } from '../steps/steps.input.ts';
import { sampleId, sampleIds } from './sample.ids.ts';

export type SampleStep = {
  step: NewStep;
  by: 'manager' | 'recorder';
  /** File under pictures/, sent as the step's photo. */
  picture?: string;
  confirmedBy?: 'manager' | 'officer';
};

type Told = Omit<Partial<NewStep>, 'id' | 'doneOn' | 'doneUntil'> & {
  on: number;
  until?: number;
  kind: NewStep['kind'];
  by?: 'manager' | 'recorder';
  picture?: string;
  confirmedBy?: 'manager' | 'officer';
};

const fruitSeason: Told[] = [
  { on: -238, kind: 'prune', note: 'Tỉa cành, quét vôi gốc.', picture: 'tia-canh.webp' },
  { on: -230, until: -202, kind: 'nothing-done', note: 'Cây nghỉ đông.' },
  {
    on: -195,
    kind: 'fertilise',
    material: 'Phân chuồng ủ hoai',
    amount: 15,
    unit: 'kg mỗi cây',
    picture: 'bon-phan.webp',
  },
  { on: -180, kind: 'weed' },
  { on: -173, kind: 'fertilise', material: 'NPK', amount: 0.4, unit: 'kg mỗi cây' },
  { on: -158, kind: 'water' },
  { on: -140, kind: 'weed', confirmedBy: 'manager' },
  { on: -124, kind: 'water' },
  { on: -108, kind: 'water' },
  {
    on: -95,
    until: -70,
    kind: 'pollinate',
    note: 'Thụ phấn bằng tay, từ 6 giờ đến 9 giờ sáng.',
    confirmedBy: 'manager',
  },
  { on: -45, kind: 'bag-fruit', amount: 1900, unit: 'quả', note: 'Túi giấy.', picture: 'bao-qua.webp' },
  { on: -28, kind: 'spray', material: 'Bt (vi khuẩn trừ sâu)', waitDays: 3, confirmedBy: 'manager' },
  { on: -14, kind: 'water' },
  { on: 0, kind: 'harvest', amount: 420, unit: 'kg', picture: 'thu-hoach.webp', confirmedBy: 'officer' },
  {
    on: 0,
    kind: 'pack',
    unitsPacked: 804,
    amount: 402,
    unit: 'kg',
    note: 'Loại 18 kg quả dập.',
    picture: 'dong-hop.webp',
    confirmedBy: 'manager',
  },
];

const wineSeason: Told[] = [
  {
    on: -90,
    kind: 'process',
    material: 'Na dai, rượu nếp',
    amount: 60,
    unit: 'kg',
    note: 'Ngâm na với rượu nếp trong chum.',
    picture: 'ruou-na.webp',
  },
  { on: -89, until: -3, kind: 'nothing-done', note: 'Ủ trong chum.' },
  { on: -2, kind: 'process', note: 'Lọc, đo độ cồn: 25% thể tích.', confirmedBy: 'manager' },
  { on: 0, kind: 'pack', unitsPacked: 120, amount: 60, unit: 'l', confirmedBy: 'manager' },
];

const toSteps = (told: Told[], packedOn: Day, firstId: number): SampleStep[] =>
  told.map(({ on, until, by, picture, confirmedBy, ...rest }, index) => ({
    step: {
      note: '',
      queued: false,
      ...rest,
      id: sampleId(firstId + index),
      doneOn: addDays(packedOn, on),
      ...(until === undefined ? {} : { doneUntil: addDays(packedOn, until) }),
    },
    by: by ?? 'recorder',
    ...(picture === undefined ? {} : { picture }),
    ...(confirmedBy === undefined ? {} : { confirmedBy }),
  }));

/** First day of work for each of the two lots, in days before packing. */
export const seasonStart = { fruit: -240, wine: -92 } as const;

export const fruitSteps = (packedOn: Day): SampleStep[] => toSteps(fruitSeason, packedOn, sampleIds.firstStep);
export const wineSteps = (packedOn: Day): SampleStep[] => toSteps(wineSeason, packedOn, sampleIds.firstStep + 100);
