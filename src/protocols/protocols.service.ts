// Protocols: what people ask of them, and their import.
import { compareReference, storeReference } from '../audit/reference.ts';
import type { ReferenceKind } from '../audit/reference.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import type { Importer } from '../importing/importing.types.ts';
import { readJson } from '../importing/json-file.ts';
import { findProtocol, findProtocols, protocolModel } from './protocols.model.ts';
import { fittingProtocol, readProtocols } from './protocols.rules.ts';
import type { Protocol } from './protocols.types.ts';

/** All that were imported: growing protocols, the diaries' columns, what is known of pesticides. */
export async function protocols(db: Db): Promise<Protocol[]> {
  return findProtocols(db);
}

/** One by its key. Throws 'protocol-not-found'. */
export async function protocol(db: Db, key: string): Promise<Protocol> {
  const found = await findProtocol(db, key);
  if (found === undefined) throw new AppError('protocol-not-found');
  return found;
}

/**
 * The growing protocol for a product: of those of its score card's set the one whose name shares most words with the product's name; undefined
 * when none shares any. Steps that are not `sourced` are no advice.
 */
export async function protocolFor(db: Db, ocopSet: number, productName: string): Promise<Protocol | undefined> {
  return fittingProtocol(await findProtocols(db), ocopSet, productName);
}

const kind: ReferenceKind<Protocol> = {
  model: protocolModel as never,
  key: ['key'],
  facts: ['kind', 'title', 'reading', 'sources', 'content'],
  what: 'protocol-imported',
};

/** Protocols, diary columns and pesticide rules as JSON. */
export const protocolsImporter: Importer<Protocol> = {
  kind: 'protocols',
  read(file) {
    const json = readJson(file);
    return Promise.resolve(json.ok ? readProtocols(json.value) : { rows: [], faults: json.faults });
  },
  compare: (db, values) => compareReference(db, kind, values),
  store: (db, actor, values, now) => storeReference(db, kind, actor, values, now),
};

/** Makes the collection known to the connection, so that its indexes are made at start. */
export function prepareProtocols(db: Db): void {
  protocolModel(db);
}
