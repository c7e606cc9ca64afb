// How consents lie inside the record of whoever gave them: pushed only, so that a consent and the version that it raises are one write.
import mongoose from 'mongoose';
import type { Consent } from '../consents.types.ts';

const must = { type: String, required: true } as const;

export const consentSchema = new mongoose.Schema<Consent>(
  {
    id: must,
    item: must,
    given: { type: Boolean, required: true },
    textVersion: { type: String, default: '' },
    byUserId: must,
    at: { type: Date, required: true },
  },
  { _id: false, id: false, strict: 'throw' },
);
