// Reports as stored: the fact and the answers are inserted and never changed; words, contact and photo lie in a record of their own.
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import type { Report, ReportAnswer, ReportContent } from './reports.types.ts';

type StoredReport = Omit<Report, 'id'> & { _id: string };
type StoredAnswer = Omit<ReportAnswer, 'id'> & { _id: string };
/** `answered` follows from the answers, for the lists; it is set again by whoever reads that it was not. */
type StoredContent = ReportContent & {
  _id: string;
  producerId: string;
  provinceCode: string;
  salt: string;
  answered: boolean;
};

const text = { type: String, required: true } as const;
const maybeEmpty = { type: String, default: '' } as const;
const moment = { type: Date, required: true } as const;
const options = { strict: 'throw', versionKey: false, autoIndex: false } as const;

const reportSchema = new mongoose.Schema<StoredReport>(
  {
    _id: text,
    reference: text,
    producerId: text,
    provinceCode: text,
    productId: text,
    batchId: text,
    code: text,
    kind: text,
    contentHash: text,
    sample: { type: Boolean, required: true },
    sentAt: moment,
  },
  options,
);
reportSchema.index({ reference: 1 }, { unique: true, name: 'reports_reference' });

const contentSchema = new mongoose.Schema<StoredContent>(
  {
    _id: text,
    producerId: text,
    provinceCode: text,
    salt: maybeEmpty,
    text: maybeEmpty,
    contact: maybeEmpty,
    photoFileId: String,
    contactErasedOn: String,
    erasedOn: String,
    answered: { type: Boolean, required: true },
  },
  options,
);
contentSchema.index({ producerId: 1, answered: 1, _id: -1 }, { name: 'reportContents_producer' });
contentSchema.index({ provinceCode: 1, answered: 1, _id: -1 }, { name: 'reportContents_province' });
contentSchema.index({ photoFileId: 1 }, { name: 'reportContents_photo', sparse: true });

const answerSchema = new mongoose.Schema<StoredAnswer>(
  { _id: text, reportId: text, level: text, text, byUserId: text, at: moment },
  options,
);
answerSchema.index({ reportId: 1, _id: 1 }, { name: 'reportAnswers_report' });

export function reportModel(db: Db): mongoose.Model<StoredReport> {
  const known = db.models['Report'] as mongoose.Model<StoredReport> | undefined;
  return known ?? db.model<StoredReport>('Report', reportSchema, 'reports');
}

export function reportContentModel(db: Db): mongoose.Model<StoredContent> {
  const known = db.models['ReportContent'] as mongoose.Model<StoredContent> | undefined;
  return known ?? db.model<StoredContent>('ReportContent', contentSchema, 'reportContents');
}

export function reportAnswerModel(db: Db): mongoose.Model<StoredAnswer> {
  const known = db.models['ReportAnswer'] as mongoose.Model<StoredAnswer> | undefined;
  return known ?? db.model<StoredAnswer>('ReportAnswer', answerSchema, 'reportAnswers');
}

const withId = <T extends { _id: string }>({ _id, ...rest }: T) => ({ ...rest, id: _id });

const toContent = (stored: StoredContent): ReportContent => ({
  text: stored.text,
  contact: stored.contact,
  photoFileId: stored.photoFileId ?? undefined,
  contactErasedOn: stored.contactErasedOn ?? undefined,
  erasedOn: stored.erasedOn ?? undefined,
});

export type NewContent = Omit<StoredContent, '_id' | 'answered' | 'contactErasedOn' | 'erasedOn'> & {
  reportId: string;
};

/** Inserts what lies apart under the report's id; one that is there stays. */
export async function insertContent(db: Db, { reportId, photoFileId, ...rest }: NewContent): Promise<void> {
  const photo = photoFileId === undefined ? {} : { photoFileId };
  try {
    await reportContentModel(db).create({ _id: reportId, ...rest, ...photo, answered: false });
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
  }
}

/** Inserts the report under its id; when the id is taken, gives the stored one. */
export async function insertReport(db: Db, report: Report): Promise<Report> {
  const { id, ...rest } = report;
  try {
    await reportModel(db).create({ _id: id, ...rest });
    return report;
  } catch (error) {
    const stored = isDuplicateKey(error) === undefined ? undefined : await findReport(db, id);
    if (stored === undefined) throw error;
    return stored;
  }
}

export async function findReport(db: Db, reportId: string): Promise<Report | undefined> {
  const found = await reportModel(db).findById(reportId).lean<StoredReport>();
  return found === null ? undefined : withId(found);
}

export async function findReports(db: Db, reportIds: readonly string[]): Promise<Report[]> {
  const found = await reportModel(db)
    .find({ _id: { $in: [...reportIds] } })
    .lean<StoredReport[]>();
  return found.map(withId);
}

export async function findByReference(db: Db, reference: string): Promise<Report | undefined> {
  const found = await reportModel(db).findOne({ reference }).lean<StoredReport>();
  return found === null ? undefined : withId(found);
}

/** What lies apart, by the report's id, with the salt of its hash. */
export async function findContents(
  db: Db,
  reportIds: readonly string[],
): Promise<Map<string, ReportContent & { salt: string }>> {
  const found = await reportContentModel(db)
    .find({ _id: { $in: [...reportIds] } })
    .lean<StoredContent[]>();
  return new Map(found.map((stored) => [stored._id, { ...toContent(stored), salt: stored.salt }]));
}

export type ReportScope = { producerId: string } | { provinceCodes: readonly string[]; producerIds: readonly string[] };

const within = (scope: ReportScope): Record<string, unknown> => {
  if ('producerId' in scope) return { producerId: scope.producerId };
  const byProvince = { provinceCode: { $in: [...scope.provinceCodes] } };
  if (scope.producerIds.length === 0) return byProvince;
  return { $or: [byProvince, { producerId: { $in: [...scope.producerIds] } }] };
};

/** Ids of reports in the scope, newest first. */
export async function findIds(
  db: Db,
  scope: ReportScope,
  page: { answered: boolean | undefined; after: string | undefined; count: number },
): Promise<string[]> {
  const whose = within(scope);
  const found = await reportContentModel(db)
    .find({
      ...whose,
      ...(page.answered === undefined ? {} : { answered: page.answered }),
      ...(page.after === undefined ? {} : { _id: { $lt: page.after } }),
    })
    .sort({ _id: -1 })
    .limit(page.count)
    .lean<{ _id: string }[]>();
  return found.map(({ _id }) => _id);
}

export async function countUnanswered(db: Db, scope: ReportScope): Promise<number> {
  const whose = within(scope);
  return reportContentModel(db).countDocuments({ ...whose, answered: false });
}

/** Inserts the answer under its id; when the id is taken, gives the stored one. */
export async function insertAnswer(db: Db, answer: ReportAnswer): Promise<ReportAnswer> {
  const { id, ...rest } = answer;
  try {
    await reportAnswerModel(db).create({ _id: id, ...rest });
    return answer;
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
    const stored = await reportAnswerModel(db).findById(id).lean<StoredAnswer>();
    if (stored === null) throw error;
    return withId(stored);
  }
}

/** In the order in which they were given. */
export async function findAnswers(db: Db, reportIds: readonly string[]): Promise<ReportAnswer[]> {
  const found = await reportAnswerModel(db)
    .find({ reportId: { $in: [...reportIds] } })
    .sort({ at: 1, _id: 1 })
    .lean<StoredAnswer[]>();
  return found.map(withId);
}

/** Notes for the lists that a report has an answer; a second time changes nothing. */
export async function markAnswered(db: Db, reportId: string): Promise<void> {
  await reportContentModel(db).updateOne({ _id: reportId, answered: false }, { $set: { answered: true } });
}

/** Takes the contact away, or all that lies apart, and notes when; a second time changes nothing. Gives the photo that went with it. */
export async function eraseContact(db: Db, producerId: string, reportId: string, day: string): Promise<void> {
  await reportContentModel(db).updateOne(
    { _id: reportId, producerId, contactErasedOn: { $exists: false }, erasedOn: { $exists: false } },
    { $set: { contact: '', salt: '', contactErasedOn: day } },
  );
}

export async function eraseAll(db: Db, producerId: string, reportId: string, day: string): Promise<void> {
  await reportContentModel(db).updateOne(
    { _id: reportId, producerId, erasedOn: { $exists: false } },
    { $set: { contact: '', text: '', salt: '', erasedOn: day } },
  );
}
