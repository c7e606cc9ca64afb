// What a reporter does: send a report about the goods in hand, look it up by its number, take the contact back.
import { randomBytes } from 'node:crypto';
import { dayOf } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import { networkOf, takeTurns } from '../db/limits.ts';
import { AppError } from '../errors.ts';
import { eraseFile, erase, registerEraser } from '../files/erasures.ts';
import type { Erasure } from '../files/files.types.ts';
import { referencesIn, registerReferences } from '../files/files.references.ts';
import { storePicture } from '../files/files.ts';
import type { TraceFacts } from '../trace/trace.types.ts';
import type { NewReport } from './reports.input.ts';
import {
  eraseAll,
  eraseContact,
  findAnswers,
  findByReference,
  findContents,
  findReport,
  insertContent,
  insertReport,
  reportAnswerModel,
  reportContentModel,
  reportModel,
} from './reports.model.ts';
import {
  contentHash,
  isSameReport,
  readReference,
  referenceBytes,
  referenceOf,
  reportLimits,
  senderName,
} from './reports.rules.ts';
import type { Report, ReportAnswer, ReportContent, ReportErasable } from './reports.types.ts';

/** Photos of reports take room of their own beside the producer's: a flood of them leaves the producer's room alone. */
const photoOwner = (producerId: string): string => `reports/${producerId}`;

const reporter = 'reporter';

const eraserName = (what: ReportErasable): string => (what === 'contact' ? 'report-contact' : 'report');

const carryOut =
  (what: ReportErasable) =>
  async (db: Db, { producerId, recordId, at }: Erasure): Promise<void> => {
    const day = dayOf(at);
    if (what === 'contact') {
      await eraseContact(db, producerId, recordId, day);
      return;
    }
    const content = (await findContents(db, [recordId])).get(recordId);
    if (content?.photoFileId !== undefined) await eraseFile(db, content.photoFileId, at);
    await eraseAll(db, producerId, recordId, day);
  };

/** Makes collections, references and erasers known. */
export function prepareReports(db: Db): void {
  reportModel(db);
  reportContentModel(db);
  reportAnswerModel(db);
  registerReferences(db, 'reportContents', referencesIn('reportContents', 'photoFileId'));
  registerEraser(db, eraserName('contact'), carryOut('contact'));
  registerEraser(db, eraserName('all'), carryOut('all'));
}

/** Takes a turn of the sender's network and of all reports about one producer. Returns 0, or the seconds to wait. */
export async function takeReportTurn(
  db: Db,
  key: Buffer,
  { address, producerId }: { address: string; producerId: string },
  now: Date,
): Promise<number> {
  const day = dayOf(now);
  const sender = senderName(key, day, networkOf(address));
  const { senderAnHour, senderADay, producerADay, hourSeconds, daySeconds } = reportLimits;
  const limits = [
    { key: `report/hour/${sender}`, most: senderAnHour, windowSeconds: hourSeconds },
    { key: `report/day/${sender}`, most: senderADay, windowSeconds: daySeconds },
    { key: `report/producer/${day}/${producerId}`, most: producerADay, windowSeconds: daySeconds },
  ];
  return takeTurns(db, limits, now);
}

const insertWithReference = async (db: Db, report: Omit<Report, 'reference'>): Promise<Report> => {
  for (;;) {
    try {
      return await insertReport(db, { ...report, reference: referenceOf(randomBytes(referenceBytes)) });
    } catch (error) {
      // The one case in a thousand million million: another number.
      if (isDuplicateKey(error) === undefined) throw error;
    }
  }
};

/**
 * Sends a report about the lot that a code opens, with a photo or without. Errors: 'id-with-other-content', and what storing a picture can
 * answer. The same report again gives the first one.
 */
export async function sendReport(
  db: Db,
  facts: TraceFacts,
  sent: NewReport,
  photo: { bytes: Buffer; name: string } | undefined,
  now: Date,
): Promise<Report> {
  const { batch } = facts;
  const owner = photoOwner(batch.producerId);
  const file =
    photo === undefined ? undefined : await storePicture(db, owner, photo.bytes, now, { isPublic: false, name: '' });
  const salt = randomBytes(16).toString('hex');
  const written = { text: sent.text, contact: sent.contact ?? '' };
  const { producerId, provinceCode } = batch;
  await insertContent(db, { reportId: sent.id, producerId, provinceCode, salt, ...written, photoFileId: file?.id });
  const stored = await requireContent(db, sent.id);
  const report = await insertWithReference(db, {
    id: sent.id,
    producerId,
    provinceCode,
    productId: batch.productId,
    batchId: batch.id,
    code: facts.code,
    kind: sent.kind,
    contentHash: contentHash(stored.salt, stored),
    sample: facts.sample,
    sentAt: now,
  });
  if (report.batchId !== batch.id || !isSameReport({ report, content: stored }, sent))
    throw new AppError('id-with-other-content');
  return report;
}

const requireContent = async (db: Db, reportId: string): Promise<ReportContent & { salt: string }> => {
  const content = (await findContents(db, [reportId])).get(reportId);
  if (content === undefined) throw new AppError('report-not-found');
  return content;
};

/** What the sender may look up: where the report stands and what was answered. */
export type SentReport = { report: Report; content: ReportContent; answers: ReportAnswer[] };

/** A report by its number as people type it. Throws 'report-not-found'. */
export async function reportByReference(db: Db, typed: string): Promise<SentReport> {
  const reference = readReference(typed);
  const report = reference === undefined ? undefined : await findByReference(db, reference);
  if (report === undefined) throw new AppError('report-not-found');
  const [content, answers] = await Promise.all([requireContent(db, report.id), findAnswers(db, [report.id])]);
  return { report, content, answers };
}

/** The sender takes the contact back. Throws 'report-not-found'. A second time changes nothing. */
export async function withdrawContact(db: Db, typed: string, erasureId: string, now: Date): Promise<void> {
  const { report } = await reportByReference(db, typed);
  await listErasure(db, report, { id: erasureId, what: 'contact' }, reporter, now);
}

/** Lists an erasure and carries it out, so that a restore carries it out again. */
export async function listErasure(
  db: Db,
  { id: recordId, producerId, contentHash: hash }: Report,
  { id, what }: { id: string; what: ReportErasable },
  byUserId: string,
  now: Date,
): Promise<void> {
  await erase(db, {
    id,
    producerId,
    what: eraserName(what),
    hash,
    recordId,
    reason: 'asked-by-person',
    byUserId,
    at: now,
  });
}

/** Throws 'report-not-found'. */
export async function requireReport(db: Db, reportId: string): Promise<Report> {
  const report = await findReport(db, reportId);
  if (report === undefined) throw new AppError('report-not-found');
  return report;
}
