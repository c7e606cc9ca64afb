// From single documents to chunks of one collection, and from chunks to the store: with a bounded number of documents at hand at any time.
import type { CollectionName, Documents, Generated } from './documents.ts';

export type Chunk<Name extends CollectionName = CollectionName> = { collection: Name; documents: Documents[Name][] };

/** Documents written, by collection. */
export type Counts = Partial<Record<CollectionName, number>>;

/** Gathers documents of each collection until `size` of them are there; what is left comes last. */
export async function* chunksOf(
  records: Iterable<Generated> | AsyncIterable<Generated>,
  size: number,
): AsyncGenerator<Chunk> {
  const gathered = new Map<CollectionName, Documents[CollectionName][]>();
  for await (const { collection, document } of records) {
    const documents = gathered.get(collection) ?? [];
    documents.push(document);
    gathered.set(collection, documents);
    if (documents.length < size) continue;
    gathered.delete(collection);
    yield { collection, documents };
  }
  for (const [collection, documents] of gathered) yield { collection, documents };
}

/** Writes chunks as they come, at most `atOnce` at a time; the next one is only asked for when there is room. Throws the first failure. */
export async function writeChunks(
  chunks: AsyncIterable<Chunk>,
  write: (chunk: Chunk) => Promise<void>,
  atOnce: number,
): Promise<Counts> {
  const counts: Counts = {};
  const writing = new Set<Promise<void>>();
  let failure: { error: unknown } | undefined;
  const writeOne = async (chunk: Chunk): Promise<void> => {
    try {
      await write(chunk);
      counts[chunk.collection] = (counts[chunk.collection] ?? 0) + chunk.documents.length;
    } catch (error) {
      failure ??= { error };
    }
  };
  for await (const chunk of chunks) {
    const one = writeOne(chunk).finally(() => writing.delete(one));
    writing.add(one);
    if (writing.size >= atOnce) await Promise.race(writing);
    if (failure !== undefined) break;
  }
  await Promise.all(writing);
  if (failure !== undefined) throw failure.error;
  return counts;
}
