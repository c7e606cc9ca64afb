// The pages of labels: which batch, what it still lacks, how many, and the sheet as PDF.
import express from 'express';
import type { Request, Response, Router } from 'express';
import { v7 as uuidv7 } from 'uuid';
import { formatCode, issueCode } from '../codes/trace-code.ts';
import { isLocalAddress } from '../config.ts';
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
import { labelForm, sheetOptions } from './labels.input.ts';
import { labelDesk, labelDesks, labelRunsOf, labelSheetPdf, makeLabelRun } from './labels.service.ts';
import { batchLabelsView, labelFormFields, labelsIndexView } from './labels.view.ts';

const sendDesk = async (deps: Deps, req: Request, res: Response, form: FormState, status = 200): Promise<void> => {
  const language = languageOf(res);
  const actor = requireActor(res);
  const batchId = String(req.params['batch']);
  const [desk, runs] = await Promise.all([labelDesk(deps.db, actor, batchId), labelRunsOf(deps.db, actor, batchId)]);
  const coded = runs.map((run) => ({
    run,
    code: formatCode(issueCode(deps.keys.codeKey, { run: run.runNumber, unit: 0 })),
  }));
  const view = batchLabelsView(language, { ...desk, isLocal: isLocalAddress(deps.baseUrl), runs: coded }, form.values);
  sendPage(
    req,
    res,
    'labels/batch-labels',
    { ...view, form },
    { title: t(language, 'labels.page.title', { lot: desk.batch.lotNumber }), sample: view.sample, status },
  );
};

const sendSheet = async (deps: Deps, req: Request, res: Response): Promise<void> => {
  const actor = requireActor(res);
  const runId = String(req.params['run']);
  if (!recordId.safeParse(runId).success) throw new AppError('label-run-not-found');
  const options = readInput(sheetOptions, { ...req.query });
  if (!options.ok) throw new AppError('fields-wrong', {}, { fields: options.errors });
  const pdf = await labelSheetPdf(deps.db, deps.keys.codeKey, actor, runId, options.value);
  res.type('application/pdf').set('Cache-Control', 'no-store');
  res.set('Content-Disposition', `inline; filename="tem-${runId}.pdf"`).send(pdf);
};

/** /app/labels, the labels of one batch, and a run's sheet. */
export function labelsPages(deps: Deps): Router {
  const router = express.Router();

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
    await sendDesk(
      deps,
      req,
      res,
      formState(languageOf(res), labelFormFields, { id: uuidv7(), quantity: '65', cutLines: '1' }),
    );
  });

  router.post(paths.appBatchLabels(':batch'), async (req, res) => {
    const actor = requireActor(res);
    await submitForm(req, res, {
      schema: labelForm,
      names: labelFormFields,
      fieldWords: 'labels.fields',
      act: async ({ startAt, offsetX, offsetY, cutLines, ...newRun }) => {
        const made = {
          baseUrl: deps.baseUrl,
          isLocal: isLocalAddress(deps.baseUrl),
          codeKey: deps.keys.codeKey,
          now: deps.clock(),
        };
        const run = await makeLabelRun(deps.db, actor, String(req.params['batch']), newRun, made);
        const paper = new URLSearchParams({
          startAt: String(startAt),
          offsetX: String(offsetX),
          offsetY: String(offsetY),
          cutLines,
        });
        return `${paths.appLabelRunSheet(run.id)}?${paper.toString()}`;
      },
      again: (form, status) => sendDesk(deps, req, res, form, status),
    });
  });

  router.get(paths.appLabelRunSheet(':run'), (req, res) => sendSheet(deps, req, res));

  return router;
}
