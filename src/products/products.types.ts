// Products: what is sold, with everything its label and its page must say.

export const netUnits = ['g', 'kg', 'ml', 'l', 'piece'] as const;
export type NetUnit = (typeof netUnits)[number];

export type NetContent = { amount: number; unit: NetUnit };

export type ProductPicture = { fileId: string; alt: string };

/** Who answers for the goods on the label (Decree 37/2026, Art. 53.2(b)), where that is not the producer. */
export type ResponsibleParty = { name: string; address: string };

export type Product = {
  id: string;
  producerId: string;
  name: string;
  /** Without marks and in lower case, for search and sorting. */
  foldedName: string;
  /** Score card of Decision 26/2026/QĐ-TTg, 1-26; undefined while not chosen. */
  ocopSet: number | undefined;
  /** 14 digits; '' when the product has none. */
  gtin14: string;
  internalCode: string;
  /** '' when it has none beside its name. */
  brand: string;
  /** undefined while it is not known: then nothing prints. */
  netContent: NetContent | undefined;
  /** Of one sales unit: box, bag, jar … in the producer's words. */
  packaging: string;
  shelfLifeDays: number | undefined;
  /** In the order of their amounts, the largest first. */
  ingredients: string;
  /** What the product holds that some people must not eat; '' when none is told. */
  allergens: string;
  storage: string;
  warnings: string;
  usage: string;
  /** Standards applied (Decree 37/2026, Art. 23.5(i)). */
  standards: string[];
  origin: string;
  story: string;
  /** undefined where the producer answers for it. */
  responsibleParty: ResponsibleParty | undefined;
  /** In the order of showing. */
  pictures: ProductPicture[];
  /** The first of them. */
  picture: ProductPicture | undefined;
  /** Ten symbols that end the address of its public page. */
  publicKey: string;
  /** Key of the imported list's facts; undefined unless imported. */
  importKey: string | undefined;
  /** Where the facts come from; '' unless imported. */
  source: string;
  version: number;
  createdAt: Date;
};

/** What a product's own record may lack for a label; lot, days and steps belong to the batch. */
export type ProductLack = 'picture' | 'net-content' | 'origin' | 'standards';

/** Most pictures of one product. */
export const mostPictures = 8;

/** A product as a list of recognitions has it. `ocopGroup` is the group in the words of the source, '' when it names none. */
export type ImportedProduct = {
  importKey: string;
  producerId: string;
  name: string;
  ocopGroup: string;
  source: string;
};
