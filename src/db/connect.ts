// The connection that everything stored goes through, with the guarantees that hold everywhere.
//
// A feature's `x.model.ts` exports `xModel(connection: Db)`, which returns
// `connection.models['X'] ?? connection.model('X', schema, 'collection')`, and its named queries take the connection
// as first argument. Every index of a schema has an explicit name; `ensureIndexes` makes them at start.
import mongoose from 'mongoose';
import { isStoreAway } from './indexes.ts';
import { describeUri, withoutSecrets } from './store-uri.ts';
import { StoreError, reasonOf } from './store-error.ts';
import type { StoreLog } from './store-log.ts';
import type { Store } from './store.ts';

export type Db = mongoose.Connection;

// How long a request waits for a store that is away (an engine restart takes well under a second) before it is a 503.
const waitForStoreMs = 5_000;
const confirmedWithinMs = 10_000;

/**
 * Opens a connection to the store with a pool of its own. A store that does not answer within `waitMs` fails the call
 * with StoreError 'store-unreachable', and later on each request.
 */
export async function connectStore(
  { uri, databaseName }: Pick<Store, 'uri' | 'databaseName'>,
  log: StoreLog,
  waitMs = waitForStoreMs,
): Promise<Db> {
  const connection = mongoose.createConnection();
  connection.plugin(refuseUnknownFields);
  noteAbsence(connection, log);
  const waits = { serverSelectionTimeoutMS: waitMs, connectTimeoutMS: waitMs };
  try {
    const w = (await standsAlone(uri, waits)) ? 1 : 'majority';
    await connection.openUri(uri, {
      ...waits,
      dbName: databaseName,
      appName: 'ocop-trace',
      autoIndex: false,
      autoCreate: false,
      // Without buffering in Mongoose the driver's own waiting time is the only one, and its error says what is away.
      bufferCommands: false,
      writeConcern: { w, journal: true, wtimeoutMS: confirmedWithinMs },
    });
    return connection;
  } catch (error) {
    await connection.close(true);
    throw unreachable(uri, error);
  }
}

// The journal survives a kill, the majority a fail-over. Of a server that stands alone the majority is itself, and the
// embedded engine answers `w: 'majority'` before the journal is written, also with `journal: true`: a kill then loses
// acknowledged writes. With `w: 1, journal: true` it loses none.
async function standsAlone(uri: string, waits: mongoose.mongo.MongoClientOptions): Promise<boolean> {
  const client = new mongoose.mongo.MongoClient(uri, waits);
  try {
    const hello = await client.db('admin').command({ hello: 1 });
    return hello['setName'] === undefined && hello['msg'] !== 'isdbgrid';
  } finally {
    await client.close();
  }
}

function noteAbsence(connection: Db, log: StoreLog): void {
  let closing = false;
  connection.on('disconnecting', () => (closing = true));
  connection.on('disconnected', () => closing || log.warn({}, 'the store is away'));
  connection.on('reconnected', () => log.info({}, 'the store is back'));
}

function refuseUnknownFields(schema: mongoose.Schema): void {
  schema.set('strict', 'throw');
  schema.set('strictQuery', 'throw');
}

function unreachable(uri: string, error: unknown): StoreError {
  const where = describeUri(uri);
  const why = withoutSecrets(reasonOf(error), uri);
  return new StoreError(
    'store-unreachable',
    {
      vi: `Không kết nối được tới kho dữ liệu ${where}: ${why}. Hãy kiểm tra MONGODB_URI và máy chủ MongoDB.`,
      en: `The store at ${where} could not be reached: ${why}. Check MONGODB_URI and the MongoDB server.`,
    },
    { cause: error },
  );
}

/** Whether the store answers now (within two seconds or so). */
export async function isReachable(connection: Db): Promise<boolean> {
  try {
    await connection.db?.command({ ping: 1 }, { timeoutMS: 2_000 });
    return connection.db !== undefined;
  } catch (error) {
    if (isStoreAway(error)) return false;
    throw error;
  }
}
