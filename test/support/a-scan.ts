// A lot with a printed label, made as people make it, and the page that its code opens.
import type { Actor } from '../../src/actor.ts';
import { issueCode, placeOfCode, readCode } from '../../src/codes/trace-code.ts';
import type { Batch } from '../../src/batches/batches.types.ts';
import { newBatch } from '../../src/batches/batches.input.ts';
import { createBatch } from '../../src/batches/batches.service.ts';
import type { Producer } from '../../src/producers/producers.types.ts';
import type { Product } from '../../src/products/products.types.ts';
import type { Site } from '../../src/sites/sites.types.ts';
import type { TestApp } from './app.ts';
import { aStep } from './factories.batches.ts';
import { aProducer } from './factories.producers.ts';
import { aProduct } from './factories.products.ts';
import { aSite } from './factories.sites.ts';
import { anEnteredCertificate, sendDecision } from './factories.stored-certificates.ts';
import { uuidv7 } from './factories.ts';

type Json = Record<string, unknown>;

export type LabelledLot = {
  producer: Producer;
  owner: Actor;
  officer: Actor;
  product: Product;
  site: Site;
  batch: Batch;
  /** As printed: 7K3M-9QXC-2A4Y. */
  code: string;
  /** Path of its page. */
  page: string;
};

export type LotOptions = { producer?: Json; product?: Json; site?: Json; batch?: Json; note?: string };

/** The code of a fresh run of lot labels of the batch. */
export async function aPrintedCode(app: TestApp, owner: Actor, batchId: string): Promise<string> {
  const path = `/api/v1/batches/${batchId}/label-runs`;
  const answer = await app.as(owner).post(path, { id: uuidv7(), quantity: 2 });
  if (answer.status !== 201) throw new Error(`the run was refused: ${JSON.stringify(answer.body)}`);
  return String(answer.body['code']);
}

/** A lot of na: 402 kg picked and packed on 02/09/2026, one step recorded, two labels made. */
export async function aLabelledLot(app: TestApp, options: LotOptions = {}): Promise<LabelledLot> {
  const { producer, owner, officer } = await aProducer(
    app,
    options.producer === undefined ? {} : { parts: options.producer },
  );
  const product = await aProduct(app, {
    producerId: producer.id,
    owner,
    parts: { internalCode: `NA-${uuidv7().slice(-6)}`, ...options.product },
  });
  const site = await aSite(app, { producerId: producer.id, owner, parts: options.site ?? {} });
  const sent = newBatch.parse({
    id: uuidv7(),
    lotNumber: `NA-${uuidv7().slice(-12)}`,
    siteIds: [site.id],
    startedOn: '2026-01-05',
    harvestedOn: '2026-09-02',
    packedOn: '2026-09-02',
    quantity: { amount: 402, unit: 'kg' },
    unitsMade: 804,
    ...options.batch,
  });
  const batch = await createBatch(app.db, owner, product.id, sent, app.deps.clock());
  await aStep(app, owner, batch.id, { kind: 'prune', doneOn: '2026-02-01', note: options.note ?? 'Tỉa cành khô.' });
  const code = await aPrintedCode(app, owner, batch.id);
  return { producer, owner, officer, product, site, batch, code, page: `/T/${code}` };
}

/** A star that counts: entered by the owner, verified by the officer of the province. Returns the certificate's id. */
export async function aVerifiedStar(app: TestApp, lot: LabelledLot, parts: Json = {}): Promise<string> {
  const certificate = await anEnteredCertificate(app, lot.owner, lot.product.id, parts);
  const answer = await sendDecision(app, lot.officer, certificate.id, { decidedOn: '2026-08-01' });
  if (answer.status !== 201) throw new Error(`the decision was refused: ${JSON.stringify(answer.body)}`);
  return certificate.id;
}

/** Unit codes of a fresh run. */
export async function unitCodes(app: TestApp, lot: LabelledLot, count: number): Promise<string[]> {
  const path = `/api/v1/batches/${lot.batch.id}/label-runs`;
  const answer = await app.as(lot.owner).post(path, { id: uuidv7(), quantity: count, kind: 'unit' });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  const read = readCode(String(answer.body['code']));
  const place = read.ok ? placeOfCode(app.deps.keys.codeKey, read.code) : undefined;
  if (place === undefined) throw new Error('the run has no code');
  return Array.from({ length: count }, (_, unit) => issueCode(app.deps.keys.codeKey, { run: place.run, unit }));
}
