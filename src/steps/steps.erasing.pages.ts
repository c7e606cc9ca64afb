// The form that erases a photo or the note of a step on request, for the organisation's people and the officers of its province.
import type { Request, Response, Router } from 'express';
import { v7 as uuidv7 } from 'uuid';
import { dayOf } from '../days.ts';
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
import { erasingFields, erasingPage } from './steps.erasing.view.ts';
import { newStepErasure } from './steps.input.ts';
import { eraseFromStep, historyOf } from './steps.service.ts';
import type { JournalEntry } from './steps.types.ts';

const fieldWords = 'steps.erasing.fields';

/** The entry as it stands; one that was replaced or taken back meanwhile is refused. */
const entryOf = async (deps: Deps, req: Request, res: Response): Promise<JournalEntry> => {
  const read = readInput(recordId, req.params['step']);
  if (!read.ok) throw new AppError('step-not-found');
  const { entry } = await historyOf(deps.db, requireActor(res), read.value);
  if (entry === undefined) throw new AppError('step-already-corrected');
  return entry;
};

/** The form chooses the note, or a photo by its hash; the operation names both. */
const erasureBody = (body: unknown): Record<string, unknown> => {
  const { id, what, reason } = (body ?? {}) as Record<string, unknown>;
  const isHash = typeof what === 'string' && /^[0-9a-f]{64}$/.test(what);
  return isHash ? { id, what: 'photo', sha256: what, reason } : { id, what, reason };
};

/** GET and POST of a step's erasure. */
export function addErasingPages(router: Router, deps: Deps): void {
  const send = (req: Request, res: Response, entry: JournalEntry, form: FormState, status: number): void => {
    const language = languageOf(res);
    const view = { form, ...erasingPage(language, entry, form.values, dayOf(deps.clock())) };
    sendPage(req, res, 'steps/erasing', view, { title: t(language, 'steps.erasing.title'), status });
  };

  router.get(paths.appStepErasure(':step'), async (req, res) => {
    const entry = await entryOf(deps, req, res);
    send(req, res, entry, formState(languageOf(res), erasingFields, { id: uuidv7() }), 200);
  });

  router.post(paths.appStepErasure(':step'), async (req, res) => {
    const entry = await entryOf(deps, req, res);
    await submitForm(req, res, {
      schema: newStepErasure,
      names: erasingFields,
      fieldWords,
      body: erasureBody(req.body),
      act: async (asked) => {
        await eraseFromStep(deps.db, requireActor(res), entry.step.id, asked, deps.clock());
        return `${paths.appBatch(entry.step.batchId)}?saved=erasure`;
      },
      again: (form, status) => send(req, res, entry, form, status),
    });
  });
}
