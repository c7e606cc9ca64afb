// One producer with its people, places, products, pictures and certificates.
import { consentTextVersion } from '../../src/consents.ts';
import { addDays } from '../../src/days.ts';
import { publicKeyOf } from '../../src/products/products.rules.ts';
import { fold } from '../../src/fold.ts';
import { gs1CheckDigit } from '../../src/codes/gtin.ts';
import type { StoredFile } from '../../src/files/files.types.ts';
import type { Producer, ProducerKind } from '../../src/producers/producers.types.ts';
import type { Product } from '../../src/products/products.types.ts';
import type { Site } from '../../src/sites/sites.types.ts';
import { crops } from './crops.ts';
import type { Crop } from './crops.types.ts';
import { picturesOf } from './pictures.ts';
import type { Picture, Pictures } from './pictures.ts';
import { randomAt } from './random.ts';
import type { Random } from './random.ts';
import { momentOf, registeredOn } from './settings.ts';
import type { Settings } from './settings.ts';
import { siteOf } from './sites.ts';
import { communes, personName, placeName, province } from './words.ts';
import type { Commune } from './words.ts';

/** Someone who signs in. `login` belongs to no one: `mau.example` cannot exist (RFC 2606). */
export type Person = { id: string; name: string; login: string };

/** A product with what its lots are made of. `seasonShift`: days from the start of the running season to the last day. */
export type Line = { product: Product; crop: Crop; sites: Site[]; lotCount: number; seasonShift: number };

export type Farm = {
  place: number;
  producer: Producer;
  manager: Person;
  recorder: Person;
  registeredAt: Date;
  files: (Picture & { fileId: string })[];
  lines: Line[];
};

const kinds: readonly Exclude<ProducerKind, 'other'>[] = [
  'cooperative',
  'cooperative',
  'cooperative-group',
  'company',
  'farm',
  'household',
];
const kindWords: Record<Exclude<ProducerKind, 'other'>, string> = {
  cooperative: 'Hợp tác xã',
  'cooperative-group': 'Tổ hợp tác',
  company: 'Công ty TNHH',
  farm: 'Trang trại',
  household: 'Hộ kinh doanh',
};
/** One producer of so many still waits for its approval, and one product of so many has no picture yet: neither may print. */
const pendingOf = 25;
const unpicturedOf = 15;

export const officerOf = (settings: Settings): Person => {
  const random = randomAt(settings.seed, 2);
  const id = random.uuid(momentOf(registeredOn(settings.until), 0));
  return { id, name: `Cán bộ ${personName(random)}`, login: `officer.${settings.seed}@mau.example` };
};

// Half of the households show their name, fewer their telephone; all agreed to be named on their labels.
const consentsOf = (random: Random, said: { byUserId: string; at: Date }): Producer['consents'] => {
  const agreed = [
    ...(random.chance(0.5) ? (['public-name'] as const) : []),
    ...(random.chance(0.3) ? (['public-phone'] as const) : []),
    'label-name' as const,
  ];
  return agreed.map((item) => ({
    id: random.uuid(said.at),
    item,
    given: true,
    textVersion: consentTextVersion,
    ...said,
  }));
};

const producerOf = (settings: Settings, place: number, random: Random, commune: Commune, officer: Person): Producer => {
  const kind = random.pick(kinds);
  const registeredOnDay = addDays(registeredOn(settings.until), random.below(100));
  const createdAt = momentOf(registeredOnDay, random.between(480, 1000));
  const isApproved = place % pendingOf !== pendingOf - 1;
  const at = momentOf(addDays(registeredOnDay, random.between(2, 14)), random.between(480, 1000));
  const approval = { id: random.uuid(at), outcome: 'approved' as const, reason: '', byUserId: officer.id, at };
  const name = placeName(random);
  return {
    id: random.uuid(createdAt),
    legalName: `${kindWords[kind]} ${name}`,
    kind,
    registrationNumber: `0000000000-${place + 1} (mẫu)`,
    address: {
      communeCode: commune.code,
      communeName: commune.name,
      provinceCode: province.code,
      provinceName: province.name,
      street: `Xóm ${random.between(1, 15)}`,
    },
    formerAddress: random.chance(0.5) ? `${commune.name}, ${commune.former}` : '',
    hotline: `0900${String(place % 1_000_000).padStart(6, '0')}`,
    gln: '',
    story: `${random.between(5, 60)} hộ cùng làm ở ${name}. Câu chuyện này là dữ liệu mẫu.`,
    shops: [],
    consents: consentsOf(random, { byUserId: officer.id, at: createdAt }),
    sample: settings.sample,
    claim: 'claimed',
    importKey: undefined,
    source: '',
    claimId: undefined,
    approvals: isApproved ? [approval] : [],
    askedAgainAt: undefined,
    version: isApproved ? 2 : 1,
    createdAt,
  };
};

// 952 is GS1's demonstration prefix. Item numbers begin in the upper half: those of the sample cooperative lie below.
const gtinOf = (settings: Settings, productPlace: number): string => {
  const half = 500_000_000;
  const item = half + ((randomAt(settings.seed, 3).below(half) + productPlace) % half);
  const digits = `952${item}`;
  return `0${digits}${gs1CheckDigit(digits)}`;
};

type Making = { settings: Settings; random: Random; producer: Producer; files: Farm['files'] };

const productOf = (
  { settings, random, producer, files }: Making,
  crop: Crop,
  place: number,
  count: number,
): Product => {
  const createdAt = new Date(producer.createdAt.getTime() + (count + 1) * 86_400_000);
  const name = `${random.pick(crop.productNames)} ${placeName(random)}`;
  // The first product of all is complete, however small the store.
  const hasPicture = place === 0 || random.below(unpicturedOf) > 0;
  const file = files.find(({ key }) => key === crop.key);
  const hasGtin = random.chance(0.1);
  const pictures = hasPicture && file !== undefined ? [{ fileId: file.fileId, alt: `${name}, tranh vẽ` }] : [];
  const id = random.uuid(createdAt);
  const { ocopSet, packaging, shelfLifeDays, ingredients, storage, warnings, usage } = crop;
  return {
    id,
    producerId: producer.id,
    name,
    foldedName: fold(name),
    ocopSet,
    gtin14: hasGtin ? gtinOf(settings, place) : '',
    internalCode: hasGtin ? '' : `SP-${crop.lotPrefix}-${String(count + 1).padStart(2, '0')}`,
    netContent: random.pick(crop.netContents),
    packaging,
    shelfLifeDays,
    ingredients,
    storage,
    warnings,
    usage,
    standards: [`TCCS ${String(count + 1).padStart(2, '0')}:2024 (mẫu)`],
    origin: 'Việt Nam',
    story: '',
    brand: '',
    allergens: '',
    responsibleParty: undefined,
    pictures,
    picture: pictures[0],
    publicKey: publicKeyOf(id),
    importKey: undefined,
    source: '',
    version: hasPicture ? 2 : 1,
    createdAt,
  };
};

const linesOf = (making: Making, commune: Commune, cropsHere: readonly Crop[], firstProduct: number): Line[] =>
  cropsHere.map((crop, count) => {
    const { random, producer } = making;
    const product = productOf(making, crop, firstProduct + count, count);
    // Places are not shared between products: what is sprayed on one stays out of the harvest days of another.
    const sites = Array.from({ length: random.between(1, 2) }, (_, at) =>
      siteOf(random, { producer, commune, crop, number: count * 2 + at + 1 }),
    );
    const seasonShift = random.below(crop.seasonDays);
    return { product, crop, sites, lotCount: random.between(10, 30), seasonShift };
  });

/** The producer at a place of the whole; `firstProduct` counts the products before it. */
export function farmAt(settings: Settings, pictures: Pictures, place: number, firstProduct: number): Farm {
  const random = randomAt(settings.seed, 4, place);
  const commune = random.pick(communes);
  const officer = officerOf(settings);
  const producer = producerOf(settings, place, random, commune, officer);
  const registeredAt = producer.createdAt;
  const person = (role: string): Person => ({
    id: random.uuid(registeredAt),
    name: personName(random),
    login: `${role}.${place}.${settings.seed}@mau.example`,
  });
  const main = random.pick(crops);
  const cropsHere = Array.from({ length: random.between(2, 6) }, (_, at) => (at < 2 ? main : random.pick(crops)));
  const kept = picturesOf(
    pictures,
    cropsHere.map(({ key }) => key),
  );
  const files = kept.map((picture) => ({ ...picture, fileId: random.uuid(registeredAt) }));
  const making = { settings, random, producer, files };
  return {
    place,
    producer,
    manager: person('manager'),
    recorder: person('recorder'),
    registeredAt,
    files,
    lines: linesOf(making, commune, cropsHere, firstProduct),
  };
}

/** The record of a picture in the hands of one producer. */
export function fileRecordOf(farm: Farm, { key: _key, fileId, ...picture }: Farm['files'][number]): StoredFile {
  const { producer, registeredAt } = farm;
  return {
    id: fileId,
    producerId: producer.id,
    kind: 'picture',
    isPublic: true,
    name: '',
    ...picture,
    roomBytes: picture.parts.reduce((sum, { bytes }) => sum + bytes, 0),
    createdAt: registeredAt,
    touchedAt: registeredAt,
  };
}
