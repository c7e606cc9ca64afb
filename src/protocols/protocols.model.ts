// Protocols as stored.
import mongoose from 'mongoose';
import { keepChangeNotes } from '../audit/changes.ts';
import type { ReferenceFrame } from '../audit/reference.ts';
import type { Db } from '../db/connect.ts';
import type { Protocol } from './protocols.types.ts';

type Stored = Protocol & ReferenceFrame;

const must = { type: String, required: true } as const;

const protocolSchema = new mongoose.Schema(
  {
    _id: must,
    key: must,
    kind: must,
    title: must,
    reading: { type: String, default: '' },
    sources: { type: mongoose.Schema.Types.Mixed, required: true },
    content: { type: mongoose.Schema.Types.Mixed, required: true },
    version: { type: Number, required: true },
    importedAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, autoIndex: false, minimize: false },
);
protocolSchema.index({ key: 1 }, { unique: true, name: 'protocols_key' });
keepChangeNotes(protocolSchema as never, 'protocols');

export function protocolModel(db: Db): mongoose.Model<Stored> {
  const known = db.models['Protocol'] as mongoose.Model<Stored> | undefined;
  return known ?? db.model<Stored>('Protocol', protocolSchema, 'protocols');
}

const toProtocol = ({ _id: _i, version: _v, importedAt: _a, unnoted: _u, ...protocol }: Stored): Protocol => protocol;

/** All of them by title within their kind. */
export async function findProtocols(db: Db): Promise<Protocol[]> {
  const found = await protocolModel(db).find({}).sort({ kind: -1, key: 1 }).lean<Stored[]>();
  return found.map(toProtocol);
}

export async function findProtocol(db: Db, key: string): Promise<Protocol | undefined> {
  const found = await protocolModel(db).findOne({ key }).lean<Stored>();
  return found === null ? undefined : toProtocol(found);
}
