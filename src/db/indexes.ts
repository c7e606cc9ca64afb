// Indexes are made at start, each under its own name; and what errors of the store mean: a broken unique index, a store
// that is away for the moment.
import type { Db } from './connect.ts';
import { reasonOf } from './store-error.ts';
import type { StoreLog } from './store-log.ts';

/**
 * Creates every index of every model registered on the connection. Throws an Error for an index without a name and
 * for one that exists under the same name with another definition.
 */
export async function ensureIndexes(connection: Db, log: StoreLog): Promise<void> {
  const startedMs = Date.now();
  const models = Object.values(connection.models);
  for (const model of models) {
    const indexes = model.schema.indexes().map(([keys, options]) => {
      if (typeof options.name === 'string') return { ...options, key: keys, name: options.name };
      throw new Error(`an index of ${model.modelName} has no name: ${JSON.stringify(keys)}`);
    });
    if (indexes.length === 0) continue;
    try {
      await connection.collection(model.collection.collectionName).createIndexes(indexes as never);
    } catch (error) {
      const names = indexes.map(({ name }) => name).join(', ');
      throw new Error(`the indexes of ${model.modelName} (${names}) cannot be made: ${reasonOf(error)}`, {
        cause: error,
      });
    }
  }
  log.info({ models: models.length, milliseconds: Date.now() - startedMs }, 'the indexes are there');
}

export type DuplicateKey = {
  index: string;
  /** Fields and values that were there already; empty for a batch, where the driver does not tell. */
  keys: Record<string, unknown>;
};

/** Name and values of the unique index that refused a write, or undefined when the error is another one. */
export function isDuplicateKey(error: unknown): DuplicateKey | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, message, keyValue } = error as { code?: unknown; message?: string; keyValue?: Record<string, unknown> };
  if (code !== 11_000) return undefined;
  return { index: / index: (\S+) dup key/.exec(message ?? '')?.[1] ?? '', keys: keyValue ?? {} };
}

const awayNames = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoClientClosedError',
  'MongoPoolClosedError',
  'MongoPoolClearedError',
  'MongoWaitQueueTimeoutError',
  'MongoOperationTimeoutError',
  'MongoWriteConcernError',
]);

// Fail-over and shutdown as the servers report them: host unreachable or not found, time-outs, no longer primary,
// interrupted at shutdown or by a step-down, write concern not reached in time.
const awayCodes = new Set([6, 7, 64, 89, 91, 189, 9001, 10_107, 11_600, 11_602, 13_435, 13_436]);

/** Whether the store could not be reached, or did not confirm in time; also when that is only the error's cause. */
export function isStoreAway(error: unknown): boolean {
  const seen = new Set<unknown>();
  for (let at = error; at instanceof Error && !seen.has(at); at = at.cause) {
    seen.add(at);
    if (awayNames.has(at.name)) return true;
    if ('code' in at && typeof at.code === 'number' && awayCodes.has(at.code)) return true;
  }
  return false;
}
