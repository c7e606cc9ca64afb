// What the producer and the officer in charge do with reports: see those about them, answer, and erase what a sender asks to go.
import type { Actor } from '../actor.ts';
import { requireBatch } from '../batches/batches.service.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { openVariant } from '../files/files.ts';
import type { OpenedPart } from '../files/files.ts';
import { placeOf, producerFor, requireProducer, sightOf } from '../producers/producers.service.ts';
import { requireProduct } from '../products/products.service.ts';
import type { NewAnswer, ReportErasing, ReportPage } from './reports.input.ts';
import {
  countUnanswered,
  findAnswers,
  findContents,
  findIds,
  findReports,
  insertAnswer,
  markAnswered,
} from './reports.model.ts';
import type { ReportScope } from './reports.model.ts';
import { answerLevelOf } from './reports.rules.ts';
import { listErasure, requireReport } from './reports.service.ts';
import type { Report, ReportAnswer, ReportCase } from './reports.types.ts';
import { requireMay, requirePower } from '../powers.ts';

export type ReportList = { items: ReportCase[]; next: string | null };

const caseOf = async (
  db: Db,
  report: Report,
  contents: Awaited<ReturnType<typeof findContents>>,
  answers: readonly ReportAnswer[],
): Promise<ReportCase | undefined> => {
  const content = contents.get(report.id);
  if (content === undefined) return undefined;
  const [product, producer, batch] = await Promise.all([
    requireProduct(db, report.productId),
    requireProducer(db, report.producerId),
    requireBatch(db, report.batchId),
  ]);
  const own = answers.filter(({ reportId }) => reportId === report.id);
  return {
    report,
    content,
    answers: own,
    state: own.length === 0 ? 'new' : 'answered',
    productName: product.name,
    producerName: producer.legalName,
    lotNumber: batch.lotNumber,
  };
};

/** In the order of the ids; one whose fact never came to be is left out. */
const casesOf = async (db: Db, ids: readonly string[]): Promise<ReportCase[]> => {
  const [reports, contents, answers] = await Promise.all([
    findReports(db, ids),
    findContents(db, ids),
    findAnswers(db, ids),
  ]);
  const byId = new Map(reports.map((report) => [report.id, report]));
  const cases = await Promise.all(
    ids.flatMap((id) => {
      const report = byId.get(id);
      return report === undefined ? [] : [caseOf(db, report, contents, answers)];
    }),
  );
  return cases.filter((one) => one !== undefined);
};

const listOf = async (db: Db, scope: ReportScope, { state, after, limit }: ReportPage): Promise<ReportList> => {
  const answered = state === undefined ? undefined : state === 'answered';
  const ids = await findIds(db, scope, { answered, after, count: limit + 1 });
  const shown = ids.slice(0, limit);
  const items = await casesOf(db, shown);
  // A crash between an answer and its mark leaves the report among the new ones: put right here.
  for (const { report, state: real } of items) {
    if (answered === false && real === 'answered') await markAnswered(db, report.id);
  }
  return { items, next: ids.length > limit ? (shown.at(-1) ?? null) : null };
};

/** Reports about a producer, newest first, for those who may see the producer. Throws 'producer-not-found'. */
export async function listProducerReports(
  db: Db,
  actor: Actor,
  producerId: string,
  page: ReportPage,
): Promise<ReportList> {
  await producerFor(db, actor, producerId);
  return listOf(db, { producerId }, page);
}

/** Reports of the officer's provinces, newest first, and how many wait. Throws 'not-allowed' for who is no officer. */
export async function listProvinceReports(
  db: Db,
  actor: Actor,
  page: ReportPage,
): Promise<ReportList & { waiting: number }> {
  requirePower(actor, 'work-in-office');
  const scope = await sightOf(db, actor);
  const [list, waiting] = await Promise.all([listOf(db, scope, page), countUnanswered(db, scope)]);
  return { ...list, waiting };
}

const reportInSight = async (db: Db, actor: Actor, reportId: string): Promise<Report> => {
  const report = await requireReport(db, reportId);
  requireMay(actor, 'see-records', await placeOf(db, actor, report), 'report-not-found');
  return report;
};

/** One report with its answers, for the producer's people and the officers of its province. Throws 'report-not-found'. */
export async function reportFor(db: Db, actor: Actor, reportId: string): Promise<ReportCase> {
  await reportInSight(db, actor, reportId);
  const [found] = await casesOf(db, [reportId]);
  if (found === undefined) throw new AppError('report-not-found');
  return found;
}

/** The photo of a report, for the same. Throws 'file-not-found' when there is none (any more). */
export async function reportPhoto(db: Db, actor: Actor, reportId: string): Promise<OpenedPart> {
  const { content } = await reportFor(db, actor, reportId);
  const part =
    content.photoFileId === undefined || content.erasedOn !== undefined
      ? undefined
      : await openVariant(db, content.photoFileId, 720, 'webp');
  if (part === undefined) throw new AppError('file-not-found');
  return part;
}

/** Answers a report; the sender reads it under the number. Errors: 'report-not-found', 'not-allowed', 'id-with-other-content'. */
export async function answerReport(
  db: Db,
  actor: Actor,
  reportId: string,
  sent: NewAnswer,
  now: Date,
): Promise<ReportAnswer> {
  const report = await requireReport(db, reportId);
  requireMay(actor, 'answer-report', await placeOf(db, actor, report), 'report-not-found');
  const answer: ReportAnswer = {
    ...sent,
    reportId,
    level: answerLevelOf(actor, report),
    byUserId: actor.userId,
    at: now,
  };
  const stored = await insertAnswer(db, answer);
  if (stored.reportId !== reportId || stored.text !== sent.text || stored.byUserId !== actor.userId)
    throw new AppError('id-with-other-content');
  await markAnswered(db, reportId);
  return stored;
}

/** An officer erases what the sender asks to go. Errors: 'report-not-found', 'not-allowed' (the producer), 'id-with-other-content'. */
export async function eraseReport(
  db: Db,
  actor: Actor,
  reportId: string,
  erasing: ReportErasing,
  now: Date,
): Promise<void> {
  const report = await requireReport(db, reportId);
  requireMay(actor, 'erase-report', await placeOf(db, actor, report), 'report-not-found');
  await listErasure(db, report, erasing, actor.userId, now);
}
