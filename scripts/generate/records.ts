// The whole store, record by record: producers with their products, then lot after lot. Nothing is kept but the producer at hand.
import type { Generated } from './documents.ts';
import { stored } from './documents.ts';
import { certificateDocuments } from './certificates.ts';
import { farmAt, fileRecordOf, officerOf } from './farms.ts';
import type { Farm } from './farms.ts';
import { lotDocuments } from './lots.ts';
import type { Pictures } from './pictures.ts';
import { storedProducer } from '../../src/producers/producers.model.ts';
import { storedProduct } from '../../src/products/products.model.ts';
import { siteDocument } from '../../src/sites/sites.model.ts';
import { contentOf } from '../../src/sites/sites.rules.ts';
import { momentOf, registeredOn } from './settings.ts';
import type { Settings } from './settings.ts';
import { province } from './words.ts';

function* sharedDocuments(settings: Settings, pictures: Pictures): Generator<Generated> {
  for (const { file, part } of pictures.contents) {
    yield { collection: 'files.files', document: file };
    yield { collection: 'files.chunks', document: part };
  }
  const officer = officerOf(settings);
  const createdAt = momentOf(registeredOn(settings.until), 0);
  const role = { kind: 'province-officer' as const, provinceCode: province.code };
  yield { collection: 'users', document: { ...stored(officer), roles: [role], createdAt } };
}

function* farmDocuments(settings: Settings, farm: Farm, firstProduct: number): Generator<Generated> {
  const { producer, registeredAt: createdAt } = farm;
  yield { collection: 'producers', document: storedProducer(producer) };
  const role = { kind: 'producer' as const, producerId: producer.id };
  for (const person of [farm.manager, farm.recorder])
    yield { collection: 'users', document: { ...stored(person), roles: [role], createdAt } };
  for (const file of farm.files) yield { collection: 'fileRecords', document: stored(fileRecordOf(farm, file)) };
  for (const [at, line] of farm.lines.entries()) {
    for (const site of line.sites) yield { collection: 'sites', document: siteDocument(site, contentOf(site)) };
    yield { collection: 'products', document: storedProduct(line.product) };
    yield* certificateDocuments(settings, farm, line, firstProduct + at);
  }
}

/** Every document of the store. The same settings give the same documents in the same order. */
export function* recordsOf(settings: Settings, pictures: Pictures): Generator<Generated> {
  yield* sharedDocuments(settings, pictures);
  let [batches, products] = [0, 0];
  for (let place = 0; batches < settings.batches; place += 1) {
    const farm = farmAt(settings, pictures, place, products);
    yield* farmDocuments(settings, farm, products);
    products += farm.lines.length;
    for (const line of farm.lines) {
      const count = Math.min(line.lotCount, settings.batches - batches);
      for (let lot = 0; lot < count; lot += 1, batches += 1)
        yield* lotDocuments(settings, farm, line, { lot, count, number: batches });
    }
  }
}
