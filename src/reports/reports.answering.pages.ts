// Pages of those who answer reports: the producer's below /app, the officer's below /office.
import type { Request, Response, Router } from 'express';
import { pipeline } from 'node:stream/promises';
import { v7 as uuidv7 } from 'uuid';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { recordId } from '../fields.ts';
import { languageOf } from '../http/language.ts';
import { formState, requireActor, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { readInput } from '../http/read-input.ts';
import { submitForm } from '../http/submit-form.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { isMember } from '../actor.ts';
import { workingProducer } from '../producers/producers.service.ts';
import {
  answerReport,
  eraseReport,
  listProducerReports,
  listProvinceReports,
  reportFor,
  reportPhoto,
} from './reports.answering.service.ts';
import { newAnswer, reportErasing, reportPage } from './reports.input.ts';
import type { ReportPage } from './reports.input.ts';
import type { ReportCase } from './reports.types.ts';
import { reportsView, reportView } from './reports.view.ts';

const names = ['id', 'text'];

const idIn = (req: Request): string => {
  const read = readInput(recordId, req.params['report']);
  if (!read.ok) throw new AppError('report-not-found');
  return read.value;
};

const pageIn = (req: Request): ReportPage => {
  const given = ['state', 'after'].flatMap((name) => {
    const value = req.query[name];
    return typeof value === 'string' && value !== '' ? [[name, value]] : [];
  });
  const page = readInput(reportPage, Object.fromEntries(given));
  if (!page.ok) throw new AppError('page-not-found');
  return page.value;
};

const addLists = (router: Router, deps: Deps): void => {
  router.get(paths.appReports, async (req, res) => {
    const actor = requireActor(res);
    const named = readInput(recordId, req.query['producer']);
    const producer = await workingProducer(deps.db, actor, named.ok ? named.value : undefined);
    const page = pageIn(req);
    const list = await listProducerReports(deps.db, actor, producer.id, page);
    const language = languageOf(res);
    const place = { href: paths.appReports, hrefOf: paths.appReport };
    const view = { ...reportsView(language, list, page.state, place), back: paths.appMe };
    sendPage(req, res, 'reports/list', view, { title: t(language, 'reports.listTitle'), sample: producer.sample });
  });

  router.get(paths.officeReports, async (req, res) => {
    const actor = requireActor(res);
    const page = pageIn(req);
    const { waiting, ...list } = await listProvinceReports(deps.db, actor, page);
    const language = languageOf(res);
    const place = { href: paths.officeReports, hrefOf: paths.officeReport };
    const view = { ...reportsView(language, list, page.state, place), waiting };
    const sample = list.items.some(({ report }) => report.sample);
    sendPage(req, res, 'reports/list', view, { title: t(language, 'reports.listTitle'), layout: 'office', sample });
  });
};

const saved: Readonly<Record<string, string>> = {
  answer: 'reports.saved.answer',
  erased: 'reports.saved.erased',
};

const sendCase = async (deps: Deps, req: Request, res: Response, form: FormState, status: number): Promise<void> => {
  const actor = requireActor(res);
  const language = languageOf(res);
  const one: ReportCase = await reportFor(deps.db, actor, idIn(req));
  const isOffice = !isMember(actor, one.report.producerId);
  const flag = typeof req.query['saved'] === 'string' ? req.query['saved'] : '';
  const view = {
    form,
    ...reportView(language, actor, one),
    newId: uuidv7(),
    back: isOffice ? paths.officeReports : paths.appReports,
    saved: Object.hasOwn(saved, flag) ? saved[flag] : '',
  };
  const title = t(language, 'reports.oneTitle');
  const layout = isOffice ? 'office' : 'app';
  sendPage(req, res, 'reports/report', view, { title, layout, sample: one.report.sample, status });
};

const pageOf = (req: Request, isOffice: boolean): string =>
  isOffice ? paths.officeReport(idIn(req)) : paths.appReport(idIn(req));

const addOne = (router: Router, deps: Deps): void => {
  const open = (req: Request, res: Response) =>
    sendCase(deps, req, res, formState(languageOf(res), names, { id: uuidv7() }), 200);
  router.get(paths.appReport(':report'), open);
  router.get(paths.officeReport(':report'), open);

  router.get(paths.reportPhoto(':report'), async (req, res) => {
    const part = await reportPhoto(deps.db, requireActor(res), idIn(req));
    res.set({
      'Content-Type': part.mediaType,
      'Content-Length': String(part.bytes),
      'Cache-Control': 'private, no-store',
    });
    await pipeline(part.open(), res);
  });

  router.post(paths.reportAnswers(':report'), async (req, res) => {
    const actor = requireActor(res);
    await submitForm(req, res, {
      schema: newAnswer,
      names,
      fieldWords: 'reports.answerFields',
      act: async (answer) => {
        const { level } = await answerReport(deps.db, actor, idIn(req), answer, deps.clock());
        return `${pageOf(req, level === 'province')}?saved=answer`;
      },
      again: (form, status) => sendCase(deps, req, res, form, status),
    });
  });

  router.post(paths.reportErasure(':report'), async (req, res) => {
    const actor = requireActor(res);
    await reportFor(deps.db, actor, idIn(req));
    const read = readInput(reportErasing, req.body);
    if (!read.ok) throw new AppError('fields-wrong', {}, { fields: read.errors });
    await eraseReport(deps.db, actor, idIn(req), read.value, deps.clock());
    res.redirect(303, `${pageOf(req, true)}?saved=erased`);
  });
};

/** Lists, one report with its photo, answers and erasing. */
export function addAnsweringPages(router: Router, deps: Deps): void {
  addLists(router, deps);
  addOne(router, deps);
}
