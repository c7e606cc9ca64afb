// Materials (vật tư): what goes into the work and the goods, with the waiting time on its label and a book of what came, went and was counted.

export const materialKinds = ['pesticide', 'fertiliser', 'seed', 'feed', 'ingredient', 'packaging', 'other'] as const;
export type MaterialKind = (typeof materialKinds)[number];

export const materialUnits = ['kg', 'g', 'l', 'ml', 'piece', 'bag'] as const;
export type MaterialUnit = (typeof materialUnits)[number];

export type Material = {
  id: string;
  producerId: string;
  name: string;
  /** Without marks and in lower case, for sorting. */
  foldedName: string;
  kind: MaterialKind;
  maker: string;
  activeIngredient: string;
  registrationNumber: string;
  /** Pre-harvest interval in days from the label. undefined: not known, which is never read as 0. */
  waitDays: number | undefined;
  unit: MaterialUnit;
  labelPictureFileId: string | undefined;
  version: number;
  createdAt: Date;
};

/** 'in' came, 'out' went, 'count': so much was there when somebody looked. */
export const moveKinds = ['in', 'out', 'count'] as const;
export type MoveKind = (typeof moveKinds)[number];

/** Append-only: one line of the stock book. */
export type MaterialMove = {
  /** Of a use that a step told: the step's own id. */
  id: string;
  producerId: string;
  materialId: string;
  kind: MoveKind;
  /** In the unit of the material, which stays once there is a line. undefined: used, but nobody knows how much of it. */
  amount: number | undefined;
  /** How a step told the amount where it doesn't fit the material's unit (`2 bình`); '' otherwise. */
  told: string;
  lot: string;
  supplier: string;
  /** Day in Viet Nam. */
  on: string;
  batchId: string | undefined;
  receiptFileId: string | undefined;
  /** The line whose place this one takes. */
  replaces: string | undefined;
  /** Whether a step of a journal told it; then only the step can be mended. */
  fromStep: boolean;
  byUserId: string;
  recordedAt: Date;
};

/**
 * What the book says is there: it may be below nothing, when more was used than written down as come. `uncounted`: uses of an unknown amount
 * since the last count.
 */
export type Stock = { amount: number; uncounted: number; countedOn: string | undefined };

/** A line as it stands, with the stock after it; of a count also by how much the book was wrong (undefined without anything before it). */
export type StockLine = { move: MaterialMove; after: number; difference: number | undefined };

/** What a step tells of a material: the amount in the recorder's own unit. Without a material it takes back what the step before it told. */
export type MaterialUse = {
  stepId: string;
  producerId: string;
  batchId: string;
  materialId: string | undefined;
  amount: number | undefined;
  unit: string | undefined;
  on: string;
  byUserId: string;
  recordedAt: Date;
  /** The step whose place this one takes. */
  replaces: string | undefined;
};
