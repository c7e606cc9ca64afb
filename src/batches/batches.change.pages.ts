// Pages that change a batch: its form, closing and reopening, and the history.
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
import { hasText, t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { sitesByIds } from '../sites/sites.service.ts';
import { batchHistory, changeBatch, closeBatch, reopenBatch } from './batches.change.service.ts';
import { batchBody, batchValues, rowNames, rowValues, sentRows, storedRows } from './batches.form.ts';
import type { InputRow } from './batches.form.ts';
import { choicesOf } from './batches.form.service.ts';
import { editBatchPage } from './batches.form.view.ts';
import { historyRows, latestRows } from './batches.history.view.ts';
import type { Names } from './batches.history.view.ts';
import { changedBatch, newClosing, newReopening } from './batches.input.ts';
import { lineageOf } from './batches.lineage.service.ts';
import { closingPage } from './batches.page.view.ts';
import { keptBatchFor, batchFor } from './batches.service.ts';
import type { Batch } from './batches.types.ts';

const fieldWords = 'batches.fields';
const changeForm = changedBatch.extend({ unitsMade: changedBatch.shape.unitsMade.default(0) });
const changeFields = [
  'version',
  'siteIds',
  'startedOn',
  'harvestedOn',
  'packedOn',
  'useBy',
  'quantity.amount',
  'quantity.unit',
  'unitsMade',
  'inputs',
  'madeFrom',
];

/** The rows that were sent stand where they come back, without the empty ones between; their faults are named in the summary. */
export function withRows(language: Language, form: FormState, rows: readonly InputRow[]): FormState {
  const others = Object.entries(form.values).filter(([name]) => !name.startsWith('inputs.'));
  const blank = Object.fromEntries(rowNames(rows).map((name) => [name, '']));
  const summary = form.summary.map((fault) => {
    const [, place, part = ''] = /^inputs\.(\d+)\.(\w+)$/.exec(fault.field) ?? [];
    const words = `batches.fields.input.${part}`;
    if (place === undefined || !hasText(language, words)) return fault;
    const row = t(language, 'batches.inputs.row', { n: Number(place) + 1 });
    return { ...fault, label: `${t(language, words)}, ${row}` };
  });
  return { ...form, values: { ...Object.fromEntries(others), ...blank, ...rowValues(rows) }, summary };
}

const batchOf = (deps: Deps, req: Request, res: Response): Promise<Batch> => {
  const read = readInput(recordId, req.params['batch']);
  if (!read.ok) throw new AppError('batch-not-found');
  return batchFor(deps.db, requireActor(res), read.value);
};

const ownBatchOf = async (deps: Deps, req: Request, res: Response): Promise<Batch> => {
  return keptBatchFor(deps.db, requireActor(res), (await batchOf(deps, req, res)).id);
};

const namesOf = async (deps: Deps, batch: Batch, siteIds: readonly string[]): Promise<Names> => {
  const sites = await sitesByIds(deps.db, [...new Set([...batch.siteIds, ...siteIds])]);
  const { parents } = await lineageOf(deps.db, batch);
  return {
    sites: new Map(sites.map(({ id, name }) => [id, name])),
    lots: new Map(parents.map(({ id, lotNumber }) => [id, lotNumber])),
  };
};

const addEditing = (router: Router, deps: Deps): void => {
  type Sent = { batch: Batch; rows: InputRow[]; form: FormState; status: number };

  const send = async (req: Request, res: Response, { batch, rows, form, status }: Sent): Promise<void> => {
    const language = languageOf(res);
    const choices = await choicesOf(deps.db, requireActor(res), batch);
    const facts = { ...choices, batch, rows, today: dayOf(deps.clock()) };
    const names = await namesOf(deps, batch, []);
    const view = {
      // Saving again goes on from what is stored now.
      form: { ...form, values: { ...form.values, version: String(batch.version) } },
      latest: status === 409 ? latestRows(language, batch, { values: form.values, rows }, names) : [],
      ...editBatchPage(language, facts, form.values),
    };
    const title = t(language, 'batches.edit.title');
    sendPage(req, res, 'batches/edit', view, { title, sample: batch.sample, status });
  };

  router.get(paths.appBatchEdit(':batch'), async (req, res) => {
    const batch = await ownBatchOf(deps, req, res);
    if (batch.closed !== undefined) throw new AppError('batch-closed');
    const rows = storedRows(batch);
    const form = formState(languageOf(res), [...changeFields, ...rowNames(rows)], batchValues(batch));
    await send(req, res, { batch, rows, form, status: 200 });
  });

  router.post(paths.appBatchEdit(':batch'), async (req, res) => {
    const { id } = await ownBatchOf(deps, req, res);
    const rows = sentRows(req.body);
    await submitForm(req, res, {
      schema: changeForm,
      names: [...changeFields, ...rowNames(rows)],
      fieldWords,
      body: batchBody(req.body),
      act: async (value) => {
        await changeBatch(deps.db, requireActor(res), id, value, deps.clock());
        return `${paths.appBatch(id)}?saved=change`;
      },
      again: async (form, status) => {
        const batch = await batchOf(deps, req, res);
        await send(req, res, { batch, rows, form: withRows(languageOf(res), form, rows), status });
      },
    });
  });
};

const addClosing = (router: Router, deps: Deps): void => {
  const names = ['id', 'reason'];
  const send = (req: Request, res: Response, batch: Batch, form: FormState, status: number): void => {
    const language = languageOf(res);
    const title = t(language, batch.closed === undefined ? 'batches.closing.title' : 'batches.reopening.title');
    const view = { form, ...closingPage(language, batch) };
    sendPage(req, res, 'batches/closing', view, { title, sample: batch.sample, status });
  };

  router.get(paths.appBatchClosing(':batch'), async (req, res) => {
    send(req, res, await ownBatchOf(deps, req, res), formState(languageOf(res), names, { id: uuidv7() }), 200);
  });

  const turns = [
    { path: paths.appBatchClosing, schema: newClosing, act: closeBatch, saved: 'closing' },
    { path: paths.appBatchReopening, schema: newReopening, act: reopenBatch, saved: 'reopening' },
  ] as const;
  for (const { path, schema, act, saved } of turns)
    router.post(path(':batch'), async (req, res) => {
      const { id } = await ownBatchOf(deps, req, res);
      await submitForm(req, res, {
        schema,
        names,
        fieldWords,
        act: async (value) => {
          await act(deps.db, requireActor(res), id, value, deps.clock());
          return `${paths.appBatch(id)}?saved=${saved}`;
        },
        again: async (form, status) => send(req, res, await batchOf(deps, req, res), form, status),
      });
    });
};

const idsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

/** The form that changes a batch, closing and reopening, and its history. */
export function addChangePages(router: Router, deps: Deps): void {
  addEditing(router, deps);
  addClosing(router, deps);

  router.get(paths.appBatchHistory(':batch'), async (req, res) => {
    const batch = await batchOf(deps, req, res);
    const language = languageOf(res);
    const { notes, names: people } = await batchHistory(deps.db, requireActor(res), batch.id);
    const siteIds = notes.flatMap(({ before, after }) => [...idsIn(before?.['siteIds']), ...idsIn(after?.['siteIds'])]);
    const names = await namesOf(deps, batch, siteIds);
    const view = {
      back: paths.appBatch(batch.id),
      lot: t(language, 'batches.lot', { lot: batch.lotNumber }),
      history: historyRows(language, notes, people, names),
    };
    sendPage(req, res, 'batches/history', view, { title: t(language, 'batches.history.title'), sample: batch.sample });
  });
}
