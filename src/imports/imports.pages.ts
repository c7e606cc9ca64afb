// Pages of lists for administrators: upload, report, storing.
import express from 'express';
import type { Request, Response, Router } from 'express';
import { v7 as uuidv7 } from 'uuid';
import type { Deps } from '../deps.ts';
import { AppError, fieldError } from '../errors.ts';
import { recordId } from '../fields.ts';
import { languageOf } from '../http/language.ts';
import { formState, requireActor, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { submitForm } from '../http/submit-form.ts';
import { isPictureTooLarge, readPictures, sentFiles } from '../http/upload.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { newImport, newStoring, reportPage, runPage } from './imports.input.ts';
import { importReport, listImports, planImport, requireImporter, wholeReport } from './imports.service.ts';
import { storeImport } from './imports.storing.service.ts';
import { listPage, runPage as runView } from './imports.view.ts';
import { storeSoon } from './imports.waiting.ts';
import { reportCsv } from './imports.words.view.ts';

const importNames = ['id', 'kind', 'file'];
const storingNames = ['skipFaulty'];
const fieldWords = 'imports.fields';

const runIdIn = (req: Request): string => {
  const read = recordId.safeParse(req.params['run']);
  if (!read.success) throw new AppError('import-not-found');
  return read.data;
};

export function importsPages(deps: Deps): Router {
  const router = express.Router();
  addListPage(router, deps);
  addRunPage(router, deps);
  return router;
}

const addListPage = (router: Router, deps: Deps): void => {
  const send = async (req: Request, res: Response, form: FormState, status: number): Promise<void> => {
    const language = languageOf(res);
    const asked = runPage.safeParse({ after: req.query['after'] });
    const found = await listImports(deps.db, requireActor(res), asked.data ?? runPage.parse({}));
    const view = { back: paths.admin, form, ...listPage(language, found, form.values['kind'] ?? '') };
    sendPage(req, res, 'imports/list', view, { title: t(language, 'imports.list.title'), status });
  };

  router.get(paths.adminImports, (req, res) =>
    send(req, res, formState(languageOf(res), importNames, { id: uuidv7() }), 200),
  );

  // Nobody but an administrator gets 25 MB into the memory.
  const onlyImporters = (_req: Request, res: Response, next: () => void): void => {
    requireImporter(requireActor(res));
    next();
  };
  router.post(paths.adminImports, onlyImporters, readPictures('file', 1), async (req, res) => {
    const actor = requireActor(res);
    const [file] = sentFiles(req);
    const body = { ...(req.body as Record<string, unknown>), name: (file?.name ?? '').normalize('NFC').slice(0, 200) };
    await submitForm(req, res, {
      schema: newImport,
      names: importNames,
      fieldWords,
      body,
      act: async (entered) => {
        if (isPictureTooLarge(res)) throw fieldError('file', 'file-too-large', { maximum: 25 });
        if (file === undefined) throw fieldError('file', 'required');
        return paths.adminImport((await planImport(deps.db, actor, entered, file.bytes, deps.clock())).id);
      },
      again: (form, status) => send(req, res, form, status),
    });
  });
};

const addRunPage = (router: Router, deps: Deps): void => {
  const send = async (req: Request, res: Response, form: FormState, status: number): Promise<void> => {
    const language = languageOf(res);
    const asked = reportPage.safeParse({ after: req.query['after'], outcome: req.query['outcome'] });
    const page = asked.data ?? reportPage.parse({});
    const report = await importReport(deps.db, requireActor(res), runIdIn(req), page);
    const title = t(language, `imports.kinds.${report.run.kind}`);
    sendPage(req, res, 'imports/run', { form, ...runView(language, report, page) }, { title, status });
  };

  router.get(paths.adminImport(':run'), (req, res) => send(req, res, formState(languageOf(res), storingNames), 200));

  router.get(paths.adminImportStoring(':run'), (req, res) => res.redirect(303, paths.adminImport(runIdIn(req))));

  router.post(paths.adminImportStoring(':run'), async (req, res) => {
    const actor = requireActor(res);
    const runId = runIdIn(req);
    await submitForm(req, res, {
      schema: newStoring,
      names: storingNames,
      fieldWords,
      act: async (chosen) => {
        await storeSoon(deps, actor, runId, () => storeImport(deps.db, actor, runId, chosen, deps.clock()));
        return paths.adminImport(runId);
      },
      again: (form, status) => send(req, res, form, status),
    });
  });

  router.get(paths.adminImportReport(':run'), async (req, res) => {
    const language = languageOf(res);
    const { run, rows } = await wholeReport(deps.db, requireActor(res), runIdIn(req));
    res
      .type('text/csv; charset=utf-8')
      .attachment(`import-${run.kind}-${run.id}.csv`)
      .set('Cache-Control', 'no-store')
      .send(reportCsv(language, rows));
  });
};
