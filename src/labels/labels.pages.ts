// The pages of labels: which batch, what it still lacks, how many; then one run: reading back, approval, printing, what is taken out of use.
import express from 'express';
import type { Request, Response, Router } from 'express';
import { v7 as uuidv7 } from 'uuid';
import { isLocalAddress } from '../config.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { recordId } from '../fields.ts';
import { languageOf } from '../http/language.ts';
import { formState, requireActor, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { submitForm } from '../http/submit-form.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { labelForm, newPrint, newRunApproval, newVoiding, newWaste } from './labels.input.ts';
import { modulesOfAddress } from './labels.preview.service.ts';
import { addLabelFiles } from './labels.files.pages.ts';
import { notePrint } from './labels.prints.service.ts';
import { readBackSoon } from './labels.readback.ts';
import { approveRun, runRecord } from './labels.run.service.ts';
import { voidLabels, wasteLabels } from './labels.voiding.service.ts';
import { labelDesk, labelDesks, labelRunsOf, makeLabelRun } from './labels.service.ts';
import { runForms, runPageView, voidingView, wasteView } from './labels.runs.view.ts';
import { sizeOfLetters } from './labels.text.ts';
import { batchLabelsView, labelFormFields, labelsIndexView } from './labels.view.ts';

const sendDesk = async (deps: Deps, req: Request, res: Response, form: FormState, status = 200): Promise<void> => {
  const language = languageOf(res);
  const actor = requireActor(res);
  const batchId = String(req.params['batch']);
  const [desk, { runs }] = await Promise.all([
    labelDesk(deps.db, actor, batchId),
    labelRunsOf(deps.db, actor, batchId),
  ]);
  const facts = { ...desk, isLocal: isLocalAddress(deps.baseUrl), modules: modulesOfAddress(deps.baseUrl), runs };
  const view = batchLabelsView(language, facts, form.values);
  sendPage(
    req,
    res,
    'labels/batch-labels',
    { ...view, form },
    { title: t(language, 'labels.page.title', { lot: desk.batch.lotNumber }), sample: view.sample, status },
  );
};

/** /app/labels, the labels of one batch, one run and its files. */
export function labelsPages(deps: Deps): Router {
  const router = express.Router();
  addLabelFiles(router, deps);
  addDesks(router, deps);
  addRun(router, deps);
  return router;
}

const addDesks = (router: Router, deps: Deps): void => {
  router.get(paths.appLabels, async (req, res) => {
    const language = languageOf(res);
    const desks = await labelDesks(deps.db, requireActor(res));
    const sample = desks.length > 0 && desks.every(({ batch }) => batch.sample);
    sendPage(req, res, 'labels/index', labelsIndexView(language, desks), {
      title: t(language, 'labels.index.title'),
      sample,
    });
  });

  router.get(paths.appBatchLabels(':batch'), async (req, res) => {
    const first = { id: uuidv7(), quantity: '65', layout: 'a4-65', kind: 'lot', link: 'trace' };
    await sendDesk(deps, req, res, formState(languageOf(res), labelFormFields, { ...first, ...shown(req) }));
  });

  router.post(paths.appBatchLabels(':batch'), async (req, res) => {
    const actor = requireActor(res);
    await submitForm(req, res, {
      schema: labelForm,
      names: labelFormFields,
      fieldWords: 'labels.fields',
      act: async (newRun) => {
        const run = await makeLabelRun(deps.db, actor, String(req.params['batch']), newRun, {
          baseUrl: deps.baseUrl,
          isLocal: isLocalAddress(deps.baseUrl),
          codeKey: deps.keys.codeKey,
          minimumPt: sizeOfLetters(deps.smallestLetterMm),
          now: deps.clock(),
        });
        void readBackSoon(deps, run.id);
        return paths.appLabelRun(run.id);
      },
      again: (form, status) => sendDesk(deps, req, res, form, status),
    });
  });
};

// What a form shows again when another layout or place on the paper was looked at: the page works without script, so looking is a GET.
const typedIn = (req: Request, names: readonly string[], longest = 20): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = req.query[name];
      return typeof value === 'string' && value.length <= longest ? [[name, value]] : [];
    }),
  );

const shown = (req: Request): Record<string, string> => typedIn(req, ['quantity', 'layout', 'kind', 'link']);
const shownPaper = (req: Request): Record<string, string> =>
  typedIn(req, ['first', 'last', 'format', 'reason', 'startAt', 'offsetX', 'offsetY', 'cutLines'], 300);

const runIdOf = (req: Request): string => {
  const runId = String(req.params['run']);
  if (!recordId.safeParse(runId).success) throw new AppError('label-run-not-found');
  return runId;
};

type Sent = { name: 'approval' | 'print'; form: FormState; status: number };

const addRun = (router: Router, deps: Deps): void => {
  const recordOf = (req: Request, res: Response) => runRecord(deps.db, requireActor(res), runIdOf(req));
  const firstState = (res: Response, name: keyof typeof runForms, shown: Record<string, string> = {}): FormState =>
    formState(languageOf(res), runForms[name].fields, { id: uuidv7(), ...runForms[name].prefilled, ...shown });

  const sendRun = async (req: Request, res: Response, sent?: Sent): Promise<void> => {
    const language = languageOf(res);
    const record = await recordOf(req, res);
    const forms = {
      approval: sent?.name === 'approval' ? sent.form : firstState(res, 'approval'),
      print: sent?.name === 'print' ? sent.form : firstState(res, 'print', shownPaper(req)),
    };
    const isLooking = req.query['startAt'] !== undefined;
    const made = { codeKey: deps.keys.codeKey, forms, voidingId: uuidv7(), isLooking };
    const view = runPageView(language, record, made);
    // Without script the page comes again by itself while the symbols are being read.
    if (record.state === 'checking') {
      // A reading whose process has died goes on in the one that is asked.
      void readBackSoon(deps, record.run.id);
    }
    sendPage(req, res, 'labels/run', view, {
      title: t(language, 'labels.run.title', { lot: record.lotNumber }),
      sample: record.run.sample,
      status: sent?.status ?? 200,
      // Where scripts run, one asks and moves the bar; elsewhere the page comes again.
      refreshSeconds: record.state === 'checking' && sent === undefined ? 2 : 0,
    });
  };

  const sendForm = async (
    req: Request,
    res: Response,
    name: 'voiding' | 'waste',
    form: FormState,
    status = 200,
  ): Promise<void> => {
    const language = languageOf(res);
    const record = await recordOf(req, res);
    const view = name === 'voiding' ? voidingView(language, record, form) : wasteView(record, form);
    const title = t(language, name === 'voiding' ? 'labels.run.void' : 'labels.run.waste');
    sendPage(req, res, `labels/${name}`, view, { title, sample: record.run.sample, status });
  };

  router.get(paths.appLabelRun(':run'), (req, res) => sendRun(req, res));
  router.get(paths.appLabelRunVoiding(':run'), (req, res) => sendForm(req, res, 'voiding', firstState(res, 'voiding')));
  router.get(paths.appLabelRunWaste(':run'), (req, res) => sendForm(req, res, 'waste', firstState(res, 'waste')));

  router.post(paths.appLabelRunApproval(':run'), async (req, res) => {
    await submitForm(req, res, {
      schema: newRunApproval,
      names: runForms.approval.fields,
      act: async (value) => {
        await approveRun(deps.db, requireActor(res), runIdOf(req), value, deps.clock());
        return paths.appLabelRun(runIdOf(req));
      },
      again: (form, status) => sendRun(req, res, { name: 'approval', form, status }),
    });
  });

  router.post(paths.appLabelRunPrints(':run'), async (req, res) => {
    await submitForm(req, res, {
      schema: newPrint,
      names: runForms.print.fields,
      fieldWords: 'labels.fields',
      act: async ({ startAt, offsetX, offsetY, cutLines, ...asked }) => {
        const event = await notePrint(deps.db, requireActor(res), runIdOf(req), asked, deps.clock());
        const paper = { startAt: String(startAt), offsetX: String(offsetX), offsetY: String(offsetY), cutLines };
        return `${paths.appLabelRunFile(runIdOf(req), event.id)}?${new URLSearchParams(paper).toString()}`;
      },
      again: (form, status) => sendRun(req, res, { name: 'print', form, status }),
    });
  });

  router.post(paths.appLabelRunVoiding(':run'), async (req, res) => {
    await submitForm(req, res, {
      schema: newVoiding,
      names: runForms.voiding.fields,
      fieldWords: 'labels.fields',
      act: async (value) => {
        await voidLabels(deps.db, requireActor(res), runIdOf(req), value, deps.clock());
        return paths.appLabelRun(runIdOf(req));
      },
      again: (form, status) => sendForm(req, res, 'voiding', form, status),
    });
  });

  router.post(paths.appLabelRunWaste(':run'), async (req, res) => {
    await submitForm(req, res, {
      schema: newWaste,
      names: runForms.waste.fields,
      fieldWords: 'labels.fields',
      act: async (value) => {
        await wasteLabels(deps.db, requireActor(res), runIdOf(req), value, deps.clock());
        return paths.appLabelRun(runIdOf(req));
      },
      again: (form, status) => sendForm(req, res, 'waste', form, status),
    });
  });
};
