// A batch of na with two plots, and steps on it, through the services and the API.
import type { Actor } from '../../src/actor.ts';
import { newBatch } from '../../src/batches/batches.input.ts';
import { createBatch } from '../../src/batches/batches.service.ts';
import type { Batch } from '../../src/batches/batches.types.ts';
import type { Producer } from '../../src/producers/producers.types.ts';
import { newProduct } from '../../src/products/products.input.ts';
import { createProduct } from '../../src/products/products.service.ts';
import type { Product } from '../../src/products/products.types.ts';
import { newSite } from '../../src/sites/sites.input.ts';
import { createSite } from '../../src/sites/sites.service.ts';
import type { Site } from '../../src/sites/sites.types.ts';
import type { ApiAnswer, TestApp } from './app.ts';
import { uuidv7 } from './factories.ts';
import { aProducer } from './factories.producers.ts';

type Json = Record<string, unknown>;

/** A producer with two plots and a product, ready for batches. */
export type Farm = {
  producer: Producer;
  owner: Actor;
  officer: Actor;
  product: Product;
  plotA: Site;
  plotB: Site;
};

const aPlot = (app: TestApp, owner: Actor, producerId: string, name: string, east: number): Promise<Site> => {
  const corner = (x: number, y: number) => [105.93 + east + x, 21.72 + y];
  const ring = [corner(0, 0), corner(0.002, 0), corner(0.002, 0.002), corner(0, 0.002), corner(0, 0)];
  const site = newSite.parse({
    id: uuidv7(),
    name,
    kind: 'orchard',
    geometry: { type: 'Polygon', coordinates: [ring] },
    communeCode: '05740',
    communeName: 'Xã La Hiên',
  });
  return createSite(app.db, owner, producerId, site, app.deps.clock());
};

/** A product of a producer of one's own; half a kilogram in a box, good for seven days. */
export async function aNaProduct(app: TestApp, owner: Actor, producerId: string, parts: Json = {}): Promise<Product> {
  const sent = newProduct.parse({
    id: uuidv7(),
    name: 'Na dai La Hiên',
    internalCode: `NA-${uuidv7().slice(-6)}`,
    netContent: { amount: 0.5, unit: 'kg' },
    packaging: 'hộp',
    shelfLifeDays: 7,
    ...parts,
  });
  return createProduct(app.db, owner, producerId, sent, app.deps.clock());
}

export async function aFarm(app: TestApp, options: { product?: Json; provinceCode?: string } = {}): Promise<Farm> {
  const address =
    options.provinceCode === undefined
      ? {}
      : {
          address: {
            communeCode: '05740',
            communeName: 'Xã Mẫu',
            provinceCode: options.provinceCode,
            street: 'Xóm Mẫu',
          },
        };
  const { producer, owner, officer } = await aProducer(app, { parts: address });
  const plotA = await aPlot(app, owner, producer.id, 'Na sườn đồi', 0);
  const plotB = await aPlot(app, owner, producer.id, 'Na ven suối', 0.01);
  const product = await aNaProduct(app, owner, producer.id, options.product);
  return { producer, owner, officer, product, plotA, plotB };
}

/** What the API is sent to make a batch of both plots: 402 kg, 804 boxes. */
export function newBatchJson(farm: Farm, parts: Json = {}): Json {
  return {
    id: uuidv7(),
    lotNumber: `NA-${uuidv7().slice(-12)}`,
    siteIds: [farm.plotA.id, farm.plotB.id],
    startedOn: '2026-01-05',
    quantity: { amount: 402, unit: 'kg' },
    unitsMade: 804,
    ...parts,
  };
}

/** A batch of a farm (a new one unless given). */
export async function aBatch(
  app: TestApp,
  options: { farm?: Farm; parts?: Json } = {},
): Promise<Farm & { batch: Batch }> {
  const farm = options.farm ?? (await aFarm(app));
  const sent = newBatch.parse(newBatchJson(farm, options.parts));
  const batch = await createBatch(app.db, farm.owner, farm.product.id, sent, app.deps.clock());
  return { ...farm, batch };
}

/** What the API is sent to record a step: watering on 1 August 2026 unless said otherwise. */
export function newStepJson(parts: Json = {}): Json {
  const spray = parts['kind'] === 'spray' ? { material: 'Bt (vi khuẩn trừ sâu)' } : {};
  return { id: uuidv7(), kind: 'water', doneOn: '2026-08-01', ...spray, ...parts };
}

/** Sends a step as its owner would. */
export function sendStep(app: TestApp, owner: Actor, batchId: string, parts: Json = {}): Promise<ApiAnswer> {
  return app.as(owner).post(`/api/v1/batches/${batchId}/steps`, newStepJson(parts));
}

/** A recorded step, as the API answers it. */
export async function aStep(app: TestApp, owner: Actor, batchId: string, parts: Json = {}): Promise<Json> {
  const answer = await sendStep(app, owner, batchId, parts);
  if (answer.status !== 201) throw new Error(`the step was refused: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** What the API is sent to recall a batch. */
export function newRecallJson(parts: Json = {}): Json {
  return {
    id: uuidv7(),
    reason: 'Dư lượng thuốc vượt mức cho phép.',
    recallClass: 'serious',
    issuerName: 'Sở Nông nghiệp và Môi trường (mẫu)',
    orderNumber: '000/TB (mẫu)',
    instructions: 'Ngừng dùng, trả nơi mua.',
    phone: '0900 000 000',
    ...parts,
  };
}
