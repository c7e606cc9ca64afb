// One lot: its batch as it stands today, its journal with what hangs on it, and its label run.
import { createHash } from 'node:crypto';
import { lotWords } from '../../src/batches/batches.model.ts';
import type { StoredBatch } from '../../src/batches/batches.model.ts';
import { unitsPossible } from '../../src/batches/batches.rules.ts';
import { addDays } from '../../src/days.ts';
import { stored } from './documents.ts';
import type { Generated } from './documents.ts';
import type { Farm, Line } from './farms.ts';
import { journalDocuments } from './journals.ts';
import { randomAt } from './random.ts';
import type { Random } from './random.ts';
import { lotDays, workOf } from './seasons.ts';
import type { LotDays } from './seasons.ts';
import { momentOf } from './settings.ts';
import type { Settings } from './settings.ts';

/** Which lot of how many of its product, and its number among all batches, from 0. */
export type LotPlace = { lot: number; count: number; number: number };

const labelsAtMost = 10_000;

const sha256 = (content: unknown): string => createHash('sha256').update(JSON.stringify(content)).digest('hex');

type Making = { random: Random; settings: Settings; farm: Farm; line: Line; place: LotPlace; days: LotDays };

const lotNumberOf = ({ line, place, days }: Making): string =>
  `${line.crop.lotPrefix}-${days.harvestedOn.slice(2).replaceAll('-', '')}-${String(place.lot + 1).padStart(2, '0')}`;

/** How much was made and how it was packed: nothing yet before the packing day. */
const packingOf = ({ random, settings, line, days }: Making) => {
  const { least, most, unit } = line.crop.amount;
  const quantity = { amount: random.between(least, most), unit };
  const possible = unitsPossible(quantity, line.product.netContent) ?? quantity.amount;
  const unitsMade = Math.max(1, Math.floor((possible * random.between(90, 99)) / 100));
  const isHarvested = line.crop.harvest.isHarvest && days.harvestedOn <= settings.until;
  const isPacked = days.packedOn <= settings.until;
  return {
    quantity,
    unitsMade: isPacked ? unitsMade : 0,
    harvestedOn: isHarvested ? days.harvestedOn : undefined,
    packedOn: isPacked ? days.packedOn : undefined,
    useBy: isPacked ? addDays(days.packedOn, line.crop.shelfLifeDays) : undefined,
  };
};

// What the batch was made from (nothing known of harvest and packing) and the packing that came later, as the services keep them.
const keepsakesOf = ({ random, line, days }: Making, lotNumber: string, packing: ReturnType<typeof packingOf>) => {
  const { quantity, unitsMade, harvestedOn, packedOn } = packing;
  const siteIds = line.sites.map(({ id }) => id);
  const made = [
    line.product.id,
    lotNumber,
    siteIds,
    [days.startedOn, '', '', ''],
    quantity.amount,
    quantity.unit,
    0,
    [],
  ];
  const change = [harvestedOn ?? '', packedOn ?? '', '', quantity.amount, quantity.unit, unitsMade];
  const isChanged = harvestedOn !== undefined || packedOn !== undefined;
  const id = random.uuid(momentOf(packedOn ?? harvestedOn ?? days.startedOn, 1080));
  return { contentHash: sha256(made), recentChanges: isChanged ? [{ id, hash: sha256(change) }] : [] };
};

const batchOf = (making: Making, id: string, createdAt: Date): StoredBatch => {
  const { settings, farm, line, days } = making;
  const lotNumber = lotNumberOf(making);
  const packing = packingOf(making);
  return {
    _id: id,
    producerId: farm.producer.id,
    provinceCode: farm.producer.address.provinceCode,
    productId: line.product.id,
    lotNumber,
    siteIds: line.sites.map((site) => site.id),
    startedOn: days.startedOn,
    ...packing,
    unitsLeft: packing.unitsMade,
    pending: [],
    held: false,
    holds: [],
    inputs: [],
    madeFrom: [],
    ancestors: [id],
    recallIds: [],
    closedRecallIds: [],
    sample: settings.sample,
    version: 1,
    createdAt,
    ...keepsakesOf(making, lotNumber, packing),
    recentTakes: [],
    ...lotWords(lotNumber, line.product.name),
    factsVersion: 1,
  };
};

const mayPrint = ({ farm, line }: Making, batch: StoredBatch): boolean =>
  batch.unitsMade > 0 && farm.producer.approvals.length > 0 && line.product.picture !== undefined;

const runOf = ({ random, settings, farm, place }: Making, batch: StoredBatch) => {
  const createdAt = momentOf(batch.packedOn ?? batch.startedOn, random.between(1140, 1260));
  return {
    id: random.uuid(createdAt),
    runNumber: settings.firstRun + place.number,
    producerId: batch.producerId,
    batchId: batch._id,
    kind: 'lot' as const,
    quantity: Math.min(labelsAtMost, Math.max(1, Math.floor((batch.unitsMade * random.between(50, 100)) / 100))),
    layout: 'a4-65' as const,
    link: 'trace' as const,
    gtin14: '',
    sample: settings.sample,
    baseUrl: settings.baseUrl,
    byUserId: farm.manager.id,
    createdAt,
  };
};

/** Everything of one lot, the batch last: its version counts what was recorded before. */
export function* lotDocuments(settings: Settings, farm: Farm, line: Line, place: LotPlace): Generator<Generated> {
  const random = randomAt(settings.seed, 6, place.number);
  const days = lotDays(line, place.lot, place.count, settings.until, random);
  const making = { random, settings, farm, line, place, days };
  const createdAt = momentOf(days.startedOn, random.between(360, 420));
  const batch = batchOf(making, random.uuid(createdAt), createdAt);
  const work = workOf(line.crop, days, settings.until, random);
  for (const record of journalDocuments({ random, settings, farm, batch }, work)) {
    if (record.collection !== 'contents') batch.version += 1;
    yield record;
  }
  batch.version += batch.recentChanges.length;
  if (mayPrint(making, batch)) {
    const run = runOf(making, batch);
    if (!settings.sample) {
      batch.unitsLeft -= run.quantity;
      batch.recentTakes = [run.id];
    }
    yield { collection: 'labelRuns', document: stored(run) };
  }
  yield { collection: 'batches', document: batch };
}
