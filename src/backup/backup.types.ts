// What a backup holds and says of itself. The archive is a compressed tar, so that whoever has it can open it without this product.

/** Raised when archives are written in another way. */
export const formatVersion = 1;

/** The first entry: what is needed to know before anything else is read. */
export type About = {
  format: 'ocop-trace-backup';
  formatVersion: number;
  /** Of the records, as src/db/migrations counts. */
  schemaVersion: number;
  productVersion: string;
  madeAt: string;
};

export type CollectionSum = {
  name: string;
  documents: number;
  /** Of the documents' BSON, in the order of their ids, one after the other. */
  sha256: string;
};

/** The last entry. An archive without it was cut. */
export type Manifest = About & {
  collections: CollectionSum[];
  /** Photos and papers: each is an entry of its own, whose hash is in the lists of sums. */
  files: { count: number; bytes: number };
  /** The lists of sums (`sums/000001.sha256`, as sha256sum writes them) with the hash of each. */
  sums: { name: string; sha256: string }[];
  entries: number;
};

export const aboutName = 'about.json';
export const manifestName = 'manifest.json';
export const collectionEntry = /^collections\/([\w.-]+)\/(\d{6})\.bson$/;
export const fileEntry = /^files\/([0-9a-f]{24})$/;
