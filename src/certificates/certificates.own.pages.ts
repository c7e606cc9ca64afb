// The producer's own certificates: the list, one with its paper and decisions, and what can be done there.
import type { Request, Response, Router } from 'express';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
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
import { workingProducer } from '../producers/producers.service.ts';
import { certificateSearch, withdrawal } from './certificates.input.ts';
import { certificateRow, listProducerCertificates } from './certificates.lists.service.ts';
import { certificateListView, rowCard } from './certificates.lists.view.ts';
import { certificateView } from './certificates.own.view.ts';
import { documentFor, sendDocument, showDocument } from './certificates.papers.service.ts';
import { withdrawCertificate } from './certificates.withdrawal.service.ts';

const names = ['id', 'reason', 'document', 'shown'];
const fieldWords = 'certificates.fields';
const savedWords: Record<string, string> = {
  document: 'certificates.document.saved',
  shown: 'certificates.document.savedShown',
  hidden: 'certificates.document.savedHidden',
  withdrawn: 'certificates.list.withdrawn',
};

const idIn = (req: Request): string => {
  const read = recordId.safeParse(req.params['certificate']);
  if (!read.success) throw new AppError('certificate-not-found');
  return read.data;
};

const addList = (router: Router, deps: Deps): void => {
  router.get(paths.appCertificates, async (req, res) => {
    const actor = requireActor(res);
    const language = languageOf(res);
    const producer = await workingProducer(deps.db, actor);
    const { q, after } = req.query;
    const typed = { ...(typeof q === 'string' ? { q } : {}), ...(typeof after === 'string' ? { after } : {}) };
    const read = readInput(certificateSearch, typed);
    if (!read.ok) throw new AppError('page-not-found');
    const now = deps.clock();
    const page = await listProducerCertificates(deps.db, actor, producer.id, read.value, now);
    const view = {
      back: paths.app,
      certificates: page.items.map((row) => rowCard(language, row, dayOf(now))),
      ...certificateListView(language, read.value.q ?? '', page.next),
    };
    const title = t(language, 'certificates.list.title');
    sendPage(req, res, 'certificates/list', view, { title, sample: producer.sample });
  });
};

const sendCertificate = async (deps: Deps, req: Request, res: Response, form: FormState, status: number) => {
  const actor = requireActor(res);
  const language = languageOf(res);
  const now = deps.clock();
  const row = await certificateRow(deps.db, actor, idIn(req), now);
  const document = row.document === undefined ? undefined : await documentFor(deps.db, actor, row.certificate.id);
  const saved =
    status === 200 ? (savedWords[typeof req.query['saved'] === 'string' ? req.query['saved'] : ''] ?? '') : '';
  const view = { ...certificateView(language, row, document, dayOf(now)), form, saved };
  const title = view.card.paper;
  sendPage(req, res, 'certificates/certificate', view, { title, sample: row.producer.sample, status });
};

const addOne = (router: Router, deps: Deps): void => {
  const again = (req: Request, res: Response) => (form: FormState, status: number) =>
    sendCertificate(deps, req, res, form, status);
  const backTo = (req: Request, saved: string): string => `${paths.appCertificate(idIn(req))}?saved=${saved}`;

  router.get(paths.appCertificate(':certificate'), async (req, res) => {
    await sendCertificate(deps, req, res, formState(languageOf(res), names, { id: uuidv7() }), 200);
  });

  router.post(paths.appCertificateDocument(':certificate'), readPictures('document', 1), async (req, res) => {
    const actor = requireActor(res);
    await submitForm(req, res, {
      schema: z.strictObject({}),
      names,
      fieldWords,
      act: async () => {
        if (isPictureTooLarge(res)) throw fieldError('document', 'picture-too-large', { maximum: 25 });
        const [document] = sentFiles(req);
        if (document === undefined) throw fieldError('document', 'required');
        await sendDocument(deps.db, actor, idIn(req), document, deps.clock());
        return backTo(req, 'document');
      },
      again: again(req, res),
    });
  });

  router.post(paths.appCertificateShown(':certificate'), async (req, res) => {
    const actor = requireActor(res);
    await submitForm(req, res, {
      schema: z.strictObject({ shown: z.enum(['yes', 'no']) }),
      names,
      fieldWords,
      act: async ({ shown }) => {
        await showDocument(deps.db, actor, idIn(req), shown === 'yes', deps.clock());
        return backTo(req, shown === 'yes' ? 'shown' : 'hidden');
      },
      again: again(req, res),
    });
  });

  router.post(paths.appCertificateWithdrawal(':certificate'), async (req, res) => {
    const actor = requireActor(res);
    await submitForm(req, res, {
      schema: withdrawal,
      names,
      fieldWords: 'certificates.withdrawalFields',
      act: async (given) => {
        await withdrawCertificate(deps.db, actor, idIn(req), given, deps.clock());
        return backTo(req, 'withdrawn');
      },
      again: again(req, res),
    });
  });
};

export function addOwnCertificates(router: Router, deps: Deps): void {
  addList(router, deps);
  addOne(router, deps);
}
