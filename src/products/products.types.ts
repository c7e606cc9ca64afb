// Products: what is sold, with everything its label and its page must say.

export const netUnits = ['g', 'kg', 'ml', 'l', 'piece'] as const;
export type NetUnit = (typeof netUnits)[number];

export type NetContent = { amount: number; unit: NetUnit };

export type ProductPicture = { fileId: string; alt: string };

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
  netContent: NetContent;
  /** Of one sales unit: box, bag, jar … in the producer's words. */
  packaging: string;
  shelfLifeDays: number | undefined;
  ingredients: string;
  storage: string;
  warnings: string;
  usage: string;
  /** Standards applied (Decree 37/2026, Art. 23.5(i)). */
  standards: string[];
  origin: string;
  story: string;
  picture: ProductPicture | undefined;
  version: number;
  createdAt: Date;
};

/** What a product's own record may lack for a label; lot, days and steps belong to the batch. */
export type ProductLack = 'picture' | 'origin' | 'standards';
