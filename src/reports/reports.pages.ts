// Public pages of reports: the form on a label's page, and where a report stands, by its number.
import express from 'express';
import type { NextFunction, Request, Response, Router } from 'express';
import { v7 as uuidv7 } from 'uuid';
import { formatCode } from '../codes/trace-code.ts';
import type { Deps } from '../deps.ts';
import { AppError, fieldError } from '../errors.ts';
import { languageOf } from '../http/language.ts';
import { formState, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { submitForm } from '../http/submit-form.ts';
import { isPictureTooLarge, readStrangersPicture, refuseFiles, sentFiles } from '../http/upload.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { findTraceOfTyped } from '../trace/trace.typed.service.ts';
import type { TraceFacts } from '../trace/trace.types.ts';
import { newReportForm } from './reports.input.ts';
import { reportKinds } from './reports.types.ts';
import { addAnsweringPages } from './reports.answering.pages.ts';
import { reportByReference, sendReport, takeReportTurn, withdrawContact } from './reports.service.ts';
import { kindOptions, sentView } from './reports.view.ts';

const names = ['id', 'kind', 'text', 'contact', 'photo', 'website'];
const photoMb = 10;

/** What the steps of one request leave to each other. */
type Asked = { facts: TraceFacts; waitSeconds: number };
const askedIn = (res: Response): Asked => res.locals['reported'] as Asked;

const codeIn = (req: Request): string => String(req.params['code'] ?? '');

/** The code's facts, before anything is read; a code that is none, or unknown, has its own page. */
const requireFacts =
  (deps: Deps) =>
  async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    const facts = await findTraceOfTyped(deps.db, deps.keys.codeKey, codeIn(req), deps.clock());
    if (facts === undefined) {
      res.redirect(303, paths.scan(encodeURIComponent(codeIn(req).slice(0, 100))));
      return;
    }
    res.set('Cache-Control', 'no-store');
    res.locals['reported'] = { facts, waitSeconds: 0 } satisfies Asked;
    next();
  };

/** Who has no turn left is told so with what was typed; the photo is not even read. */
const takeTurn =
  (deps: Deps) =>
  async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    const asked = askedIn(res);
    const sender = { address: req.ip ?? '', producerId: asked.facts.batch.producerId };
    asked.waitSeconds = await takeReportTurn(deps.db, deps.keys.sessionKey, sender, deps.clock());
    if (asked.waitSeconds > 0) refuseFiles(res);
    next();
  };

const sendForm = (req: Request, res: Response, form: FormState, status: number): void => {
  const language = languageOf(res);
  const { facts } = askedIn(res);
  const view = {
    form,
    kinds: kindOptions(language, form.values['kind'] ?? '', facts.recalls.length > 0),
    product: facts.product.name,
    lot: facts.batch.lotNumber,
    code: formatCode(facts.code),
    action: paths.scanReport(facts.code),
    back: paths.scan(facts.code),
    noMenu: true,
  };
  const title = t(language, 'reports.title');
  sendPage(req, res, 'reports/new', view, { title, sample: facts.sample, status });
};

const addForm = (router: Router, deps: Deps): void => {
  router.get(paths.scanReport(':code'), requireFacts(deps), (req, res) => {
    const asked = req.query['kind'];
    const kind = reportKinds.find((one) => one === asked) ?? '';
    sendForm(req, res, formState(languageOf(res), names, { id: uuidv7(), kind }), 200);
  });

  const steps = [requireFacts(deps), takeTurn(deps), readStrangersPicture('photo', photoMb)];
  router.post(paths.scanReport(':code'), ...steps, async (req, res) => {
    await submitForm(req, res, {
      schema: newReportForm,
      names,
      fieldWords: 'reports.fields',
      act: async ({ website = '', ...sent }) => {
        const { facts, waitSeconds } = askedIn(res);
        if (waitSeconds > 0) throw new AppError('too-many-requests', { seconds: waitSeconds });
        if (website !== '') throw fieldError('website', 'leave-empty');
        if (isPictureTooLarge(res)) throw fieldError('photo', 'picture-too-large', { maximum: photoMb });
        const [photo] = sentFiles(req);
        const report = await sendReport(deps.db, facts, sent, photo, deps.clock());
        return `${paths.report(report.reference)}?sent=1`;
      },
      again: (form, status) => sendForm(req, res, form, status),
    });
  });
};

const addLookUp = (router: Router, deps: Deps): void => {
  router.get(paths.reports, (req, res) => {
    const typed = typeof req.query['number'] === 'string' ? req.query['number'].trim().slice(0, 60) : '';
    if (typed !== '') {
      res.redirect(303, paths.report(encodeURIComponent(typed)));
      return;
    }
    sendLookUp(req, res, '', 200);
  });

  router.get(paths.report(':reference'), async (req, res) => {
    res.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' });
    const typed = String(req.params['reference']);
    let found;
    try {
      found = await reportByReference(deps.db, typed);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'report-not-found') throw error;
      if (req.accepts(['html', 'json']) === 'json') throw error;
      sendLookUp(req, res, typed.slice(0, 60), 404);
      return;
    }
    const language = languageOf(res);
    const flag = req.query['sent'] === '1' ? 'sent' : req.query['taken'] === '1' ? 'taken' : '';
    const view = {
      ...sentView(language, found),
      back: paths.scan(found.report.code),
      newId: uuidv7(),
      saved: flag === '' ? '' : `reports.saved.${flag}`,
      noMenu: true,
    };
    const title = t(language, 'reports.sentTitle');
    sendPage(req, res, 'reports/sent', view, { title, sample: found.report.sample });
  });

  router.post(paths.reportContact(':reference'), async (req, res) => {
    const reference = String(req.params['reference']);
    await withdrawContact(deps.db, reference, uuidv7(), deps.clock());
    res.redirect(303, `${paths.report(encodeURIComponent(reference))}?taken=1`);
  });
};

const sendLookUp = (req: Request, res: Response, typed: string, status: number): void => {
  const language = languageOf(res);
  const errors = status === 404 ? { number: { code: 'report-number' } } : {};
  const form = formState(language, ['number'], { number: typed }, errors, 'reports.fields');
  const view = { form, action: paths.reports, back: paths.home, noMenu: true };
  sendPage(req, res, 'reports/look-up', view, { title: t(language, 'reports.lookUp'), status });
};

/** The form, the look-up, and the pages of those who answer. */
export function reportsPages(deps: Deps): Router {
  const router = express.Router();
  addForm(router, deps);
  addLookUp(router, deps);
  addAnsweringPages(router, deps);
  return router;
}
