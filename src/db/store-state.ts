// What a store knows of itself: the version of its records, and whether a restore into it has not come to its end. One document each.
import mongoose from 'mongoose';
import type { Db } from './connect.ts';
import { isDuplicateKey } from './indexes.ts';

type SchemaState = { _id: 'schema'; version: number };
type RestoreState = { _id: 'restore'; file: string; startedAt: Date };

const stateSchema = new mongoose.Schema<{ _id: string }>({ _id: { type: String, required: true } }, {
  strict: false,
  versionKey: false,
  autoIndex: false,
} as const);

/** Registered so that every store has the collection. */
export function storeStateModel(db: Db): mongoose.Model<{ _id: string }> {
  return (
    (db.models['StoreState'] as mongoose.Model<{ _id: string }> | undefined) ??
    db.model<{ _id: string }>('StoreState', stateSchema, 'storeState')
  );
}

const states = <S extends { _id: string }>(db: Db): mongoose.mongo.Collection<S> => {
  storeStateModel(db);
  return db.collection('storeState') as unknown as mongoose.mongo.Collection<S>;
};

/** The version of the records; undefined for a store that has not been started yet, or of the time before versions. */
export async function recordsVersion(db: Db): Promise<number | undefined> {
  const found = await states<SchemaState>(db).findOne({ _id: 'schema' });
  return found?.version;
}

/** Notes the first version; another process may have done so. */
export async function beginVersion(db: Db, version: number): Promise<void> {
  try {
    await states<SchemaState>(db).insertOne({ _id: 'schema', version });
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
  }
}

/** From one version to the next; nothing when another process was there first. */
export async function raiseVersion(db: Db, from: number, to: number): Promise<void> {
  await states<SchemaState>(db).updateOne({ _id: 'schema', version: from }, { $set: { version: to } });
}

/** Marks that a restore runs: until it is taken away, nobody serves from this store. */
export async function markRestore(db: Db, file: string, startedAt: Date): Promise<void> {
  await states<RestoreState>(db).updateOne({ _id: 'restore' }, { $set: { file, startedAt } }, { upsert: true });
}

export async function unfinishedRestore(db: Db): Promise<{ file: string; startedAt: Date } | undefined> {
  return (await states<RestoreState>(db).findOne({ _id: 'restore' })) ?? undefined;
}

export async function clearRestore(db: Db): Promise<void> {
  await states<RestoreState>(db).deleteOne({ _id: 'restore' });
}
