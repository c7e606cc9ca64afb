// Lists of recognitions: each row becomes an unclaimed producer, a product and a certificate that nobody has verified. Nothing that is stored
// is ever changed by a list.
import type { Actor } from '../actor.ts';
import { certificateKeysPresent, importCertificates } from '../certificates/certificates.import.service.ts';
import type { ImportedCertificate } from '../certificates/certificates.types.ts';
import type { Db } from '../db/connect.ts';
import { fold } from '../fold.ts';
import type { ImportFile, Importer, ReadRows, RowOutcome } from '../importing/importing.types.ts';
import { readTable } from '../importing/table.ts';
import { importProducers } from '../producers/producers.import.service.ts';
import type { ImportedProducer } from '../producers/producers.types.ts';
import { importProducts } from '../products/products.import.service.ts';
import type { ImportedProduct } from '../products/products.types.ts';
import type { Province } from '../units/provinces.types.ts';
import { provinceNow, settleCommune } from '../units/units.service.ts';
import { leaveOutRepeated, readRecognition } from './imports.recognitions.rules.ts';
import type { Provinces } from './imports.recognitions.rules.ts';
import type { Recognition } from './imports.recognitions.types.ts';
import { otherHeadings, requiredColumns } from './imports.recognitions.words.ts';

// Hải Dương was a town of a province that has gone into a city: only a province's own name counts.
const provinceOfToday = (name: string): Province | undefined => {
  const found = provinceNow(name);
  return found !== undefined && fold(name).endsWith(fold(found.name)) ? found : undefined;
};

const provinces: Provinces = {
  codeOf: (name) => provinceNow(name)?.code,
  isOfToday: (name) => provinceOfToday(name) !== undefined,
  isCity: (name) => provinceOfToday(name)?.kind === 'Thành phố',
};

const read = async (file: ImportFile): Promise<ReadRows<Recognition>> => {
  const table = await readTable(file, requiredColumns, otherHeadings);
  const rows = table.rows.map((row) =>
    readRecognition({ ...row, columns: table.columns }, provinces, composedName(file.name)),
  );
  return { rows: leaveOutRepeated(rows), faults: table.faults };
};

const composedName = (name: string): string => name.normalize('NFC').slice(0, 100);

const compare = async (db: Db, values: readonly Recognition[]): Promise<RowOutcome[]> => {
  const present = await certificateKeysPresent(
    db,
    values.map(({ decision }) => decision.key),
  );
  return values.map(({ decision }) => (present.has(decision.key) ? 'same' : 'new'));
};

const firstOfEach = <T>(values: readonly T[], keyOf: (value: T) => string): T[] => [
  ...new Map([...values].reverse().map((value) => [keyOf(value), value])).values(),
];

type Commune = { communeCode: string; communeName: string };

/** Each commune's code where its name means one commune of the province, and only the name where it does not; asked once a name. */
const communeFinder = (db: Db): ((provinceCode: string, name: string) => Promise<Commune>) => {
  const asked = new Map<string, Promise<Commune>>();
  return (provinceCode, communeName) => {
    const key = JSON.stringify([provinceCode, communeName]);
    const found = asked.get(key) ?? settleCommune(db, { provinceCode, communeCode: '', communeName });
    asked.set(key, found);
    return found;
  };
};

const asProducer = ({ owner, source }: Recognition, { communeCode, communeName }: Commune): ImportedProducer => ({
  importKey: owner.key,
  legalName: owner.name,
  kind: owner.kind,
  provinceCode: owner.provinceCode,
  communeCode,
  communeName,
  formerAddress: owner.formerAddress,
  source: sourceWords(source),
});

const sourceWords = ({ key, evidence }: Recognition['source']): string =>
  evidence === '' ? key : `${key} (${evidence})`;

const asCertificate = (value: Recognition, producerId: string, productId: string): ImportedCertificate => {
  const { owner, decision, source } = value;
  const { date, lastDayPrinted, stars } = decision;
  return {
    importKey: decision.key,
    producerId,
    productId,
    provinceCode: owner.provinceCode,
    number: decision.code,
    decisionNumber: decision.number,
    issuerLevel: decision.issuerLevel,
    issuerName: decision.issuerName,
    ...(date !== undefined && 'day' in date ? { issuedOn: date.day } : {}),
    issuedPart: date !== undefined && 'part' in date ? date.part : '',
    ...(lastDayPrinted === undefined ? {} : { lastDayPrinted }),
    ...(stars === undefined ? {} : { stars }),
    listedAs: decision.listedAs,
    source,
  };
};

const idOf = (ids: ReadonlyMap<string, string>, key: string): string => {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`nothing was stored under the key ${key}`);
  return id;
};

const store = async (db: Db, actor: Actor, values: readonly Recognition[], now: Date): Promise<void> => {
  const communeOf = communeFinder(db);
  const owners: ImportedProducer[] = [];
  for (const value of firstOfEach(values, ({ owner }) => owner.key)) {
    owners.push(asProducer(value, await communeOf(value.owner.provinceCode, value.owner.commune)));
  }
  const producerIds = await importProducers(db, actor, owners, now);
  const products = firstOfEach(values, ({ product }) => product.key).map(
    ({ owner, product, source }): ImportedProduct => ({
      importKey: product.key,
      producerId: idOf(producerIds, owner.key),
      name: product.name,
      ocopGroup: product.group,
      source: sourceWords(source),
    }),
  );
  const productIds = await importProducts(db, actor, products, now);
  const certificates = values.map((value) =>
    asCertificate(value, idOf(producerIds, value.owner.key), idOf(productIds, value.product.key)),
  );
  await importCertificates(db, actor, certificates, now);
};

/**
 * Recognitions from CSV or XLSX. Storing adds what is missing by its key: the owner of a province, the owner's product, the decision on it.
 * Certificates stay 'declared, unverified' until an officer verifies them.
 */
export const recognitionsImporter: Importer<Recognition> = { kind: 'recognitions', read, compare, store };
