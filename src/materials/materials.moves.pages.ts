// Pages of the stock book: a new line, and one that takes the place of a mistaken one.
import type { NextFunction, Request, Response, Router } from 'express';
import { v7 as uuidv7 } from 'uuid';
import { dayOf } from '../days.ts';
import type { Deps } from '../deps.ts';
import { AppError, fieldError } from '../errors.ts';
import { recordId } from '../fields.ts';
import { languageOf } from '../http/language.ts';
import { formState, requireActor, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { readInput } from '../http/read-input.ts';
import { submitForm } from '../http/submit-form.ts';
import { isPictureTooLarge, readPictures, sentFiles } from '../http/upload.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { requireProducer } from '../producers/producers.service.ts';
import { mendingValues, moveFields } from './materials.form.ts';
import { moveFormPage, moveFormTitle } from './materials.form.view.ts';
import { newMove } from './materials.input.ts';
import { ownMaterial } from './materials.service.ts';
import { moveToMend, recordMove, storeReceipt } from './materials.stock.service.ts';
import type { Material } from './materials.types.ts';

const idIn = (req: Request, name: string): string => {
  const read = readInput(recordId, req.params[name]);
  if (!read.ok) throw new AppError(name === 'material' ? 'material-not-found' : 'page-not-found');
  return read.value;
};

/** A receipt can't be kept in a form that comes back: it says so. */
const withReceiptHint = (req: Request, res: Response, form: FormState): FormState => {
  const isLost = sentFiles(req).length > 0 && form.errors['receipt'] === '';
  if (!isLost) return form;
  return { ...form, errors: { ...form.errors, receipt: t(languageOf(res), 'steps.form.photosAgain') } };
};

/** What was wrong with the file itself is said beside its field. */
const receiptIdOf = async (deps: Deps, req: Request, res: Response): Promise<string | undefined> => {
  const [receipt] = sentFiles(req);
  if (isPictureTooLarge(res)) throw fieldError('receipt', 'picture-too-large', { maximum: 25 });
  if (receipt === undefined) return undefined;
  return (await storeReceipt(deps.db, requireActor(res), idIn(req, 'material'), receipt, deps.clock())).id;
};

/** Forms for lines of the stock book. */
export function addMovePages(router: Router, deps: Deps): void {
  const send = async (
    req: Request,
    res: Response,
    material: Material,
    form: FormState,
    status: number,
  ): Promise<void> => {
    const language = languageOf(res);
    const { sample } = await requireProducer(deps.db, material.producerId);
    const view = { form, ...moveFormPage(language, material, form, dayOf(deps.clock())) };
    sendPage(req, res, 'materials/move', view, { title: moveFormTitle(language, form), sample, status });
  };

  router.get(`${paths.appMaterialMoves(':material')}/new`, async (req, res) => {
    const material = await ownMaterial(deps.db, requireActor(res), idIn(req, 'material'));
    const kind = typeof req.query['kind'] === 'string' ? req.query['kind'] : '';
    const values = { id: uuidv7(), kind, on: dayOf(deps.clock()) };
    await send(req, res, material, formState(languageOf(res), moveFields, values), 200);
  });

  router.get(paths.appMaterialMend(':material', ':move'), async (req, res) => {
    const actor = requireActor(res);
    const material = await ownMaterial(deps.db, actor, idIn(req, 'material'));
    const move = await moveToMend(deps.db, actor, material.id, idIn(req, 'move'));
    await send(req, res, material, formState(languageOf(res), moveFields, mendingValues(move, uuidv7())), 200);
  });

  const requireOwn = async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    // Who may send is asked before 25 MB are read.
    await ownMaterial(deps.db, requireActor(res), idIn(req, 'material'));
    next();
  };
  router.post(paths.appMaterialMoves(':material'), requireOwn, readPictures('receipt', 1), async (req, res) => {
    const actor = requireActor(res);
    const material = await ownMaterial(deps.db, actor, idIn(req, 'material'));
    await submitForm(req, res, {
      schema: newMove,
      names: moveFields,
      fieldWords: 'materials.fields',
      act: async (value) => {
        const receiptFileId = (await receiptIdOf(deps, req, res)) ?? value.receiptFileId;
        const line = receiptFileId === undefined ? value : { ...value, receiptFileId };
        await recordMove(deps.db, actor, material.id, line, deps.clock());
        return `${paths.appMaterial(material.id)}?saved=move`;
      },
      again: (form, status) => send(req, res, material, withReceiptHint(req, res, form), status),
    });
  });
}
