// Pages of certificates: a producer enters one; the officer sees what waits, opens one and decides.
import express from 'express';
import type { Request, Response, Router } from 'express';
import { v7 as uuidv7 } from 'uuid';
import { dayOf } from '../days.ts';
import type { Deps } from '../deps.ts';
import { AppError, fieldError } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import { recordId } from '../fields.ts';
import { languageOf } from '../http/language.ts';
import { formState, requireActor, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { readInput } from '../http/read-input.ts';
import { submitForm } from '../http/submit-form.ts';
import { isPictureTooLarge, readPictures, sentFiles, sentPictures } from '../http/upload.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { listProducts } from '../products/products.service.ts';
import { enteringView, otherChoices } from './certificates.entering.view.ts';
import { certificateForm, decisionKind, newDecision, officeList } from './certificates.input.ts';
import type { NewDecision, OfficeList } from './certificates.input.ts';
import { countWaitingCertificates, dossierFor, listOfficeCertificates } from './certificates.office.service.ts';
import type { Dossier } from './certificates.office.types.ts';
import {
  decisionChoices,
  decisionForm,
  dossierView,
  keptView,
  listView,
  queueView,
} from './certificates.office.view.ts';
import { addOwnCertificates } from './certificates.own.pages.ts';
import { enterForSeveral } from './certificates.several.service.ts';
import { decideOnCertificate, enterCertificate, enteringFor, listCertificates } from './certificates.service.ts';

const enteredNames = [
  'id',
  'type',
  'number',
  'decisionNumber',
  'issuerLevel',
  'issuerName',
  'issuedOn',
  'lastDayPrinted',
  'stars',
  'scopeText',
  'document',
  'others',
];
const decisionNames = ['id', 'kind', 'decisionNumber', 'decidedOn', 'effectiveOn', 'reason', 'seen'];
const fieldWords = 'certificates.fields';
const knownAtOnce = 100;

const idIn = (req: Request, name: string, notFound: ErrorCode): string => {
  const read = recordId.safeParse(req.params[name]);
  if (!read.success) throw new AppError(notFound);
  return read.data;
};

const sendEntering = async (deps: Deps, req: Request, res: Response, form: FormState, status: number) => {
  const language = languageOf(res);
  const actor = requireActor(res);
  const productId = idIn(req, 'product', 'product-not-found');
  const entering = await enteringFor(deps.db, actor, productId);
  const known = await listCertificates(deps.db, actor, productId, { limit: knownAtOnce });
  const saved = req.query['saved'] === '1' && status === 200 ? 'certificates.enter.saved' : '';
  const range = entering.byOfficer ? [] : await listProducts(deps.db, actor, entering.producer.id);
  const others = otherChoices(range, productId, form.values['others'] ?? '', uuidv7);
  const view = { ...enteringView(language, entering, known.items, form, dayOf(deps.clock())), others, saved };
  const title = t(language, 'certificates.enter.title');
  sendPage(req, res, 'certificates/new', view, { title, sample: entering.producer.sample, status });
};

/** A file can't be kept in a form that comes back: it says so. */
const withDocumentHint = (req: Request, res: Response, form: FormState): FormState => {
  if (sentPictures(req).length === 0 || form.errors['document'] !== '') return form;
  const again = t(languageOf(res), 'certificates.enter.documentAgain');
  return { ...form, errors: { ...form.errors, document: again } };
};

const readOther = (chosen: string): { product: string; id: string } => {
  const [product = '', id = ''] = chosen.split('.');
  return { product, id };
};

const addEntering = (router: Router, deps: Deps): void => {
  router.get(paths.appNewCertificate(':product'), async (req, res) => {
    const form = formState(languageOf(res), enteredNames, { id: uuidv7() });
    await sendEntering(deps, req, res, form, 200);
  });

  router.post(paths.appNewCertificate(':product'), readPictures('document', 1), async (req, res) => {
    const actor = requireActor(res);
    const productId = idIn(req, 'product', 'product-not-found');
    await submitForm(req, res, {
      schema: certificateForm,
      names: enteredNames,
      fieldWords,
      act: async ({ others, ...entered }) => {
        if (isPictureTooLarge(res)) throw fieldError('document', 'picture-too-large', { maximum: 25 });
        const [document] = sentFiles(req);
        const own = `${paths.appNewCertificate(productId)}?saved=1`;
        if (others.length > 0) {
          const { id, ...paper } = entered;
          const products = [{ product: productId, id }, ...others.map(readOther)];
          const { producer } = await enteringFor(deps.db, actor, productId);
          await enterForSeveral(deps.db, actor, producer.id, { ...paper, products }, deps.clock(), document);
          return own;
        }
        const stored = await enterCertificate(deps.db, actor, productId, entered, deps.clock(), document);
        return stored.enteredByOfficer ? paths.officeCertificate(stored.id) : own;
      },
      again: (form, status) => sendEntering(deps, req, res, withDocumentHint(req, res, form), status),
    });
  });
};

const waitingPage = { state: 'waiting', limit: 20 } as const;

const sendQueue = async (deps: Deps, req: Request, res: Response, list: OfficeList) => {
  const language = languageOf(res);
  const actor = requireActor(res);
  const now = deps.clock();
  const [waiting, waitingCount, listed] = await Promise.all([
    listOfficeCertificates(deps.db, actor, waitingPage, now),
    countWaitingCertificates(deps.db, actor),
    listOfficeCertificates(deps.db, actor, list, now),
  ]);
  const sample = [...waiting.items, ...listed.items].some((one) => one.producer.sample);
  const view = {
    ...queueView(language, waiting, waitingCount),
    ...listView(language, listed, list.state),
    panes: true,
  };
  const title = t(language, 'certificates.office.title');
  sendPage(req, res, 'certificates/office', view, { title, layout: 'office', sample });
};

/** What the officer had chosen, and with how many decisions before the eyes. */
type Deciding = { form: FormState; kind: NewDecision['kind'] | undefined; seen: number; status: number };

const sendDossier = async (deps: Deps, req: Request, res: Response, dossier: Dossier, deciding: Deciding) => {
  const language = languageOf(res);
  const actor = requireActor(res);
  const now = deps.clock();
  const [waiting, waitingCount] = await Promise.all([
    listOfficeCertificates(deps.db, actor, waitingPage, now),
    countWaitingCertificates(deps.db, actor),
  ]);
  const { form, kind, seen, status } = deciding;
  const values = { ...form.values, seen: String(dossier.decisions.length) };
  const view = {
    ...queueView(language, waiting, waitingCount, dossier.certificate.id),
    dossier: dossierView(language, dossier, seen),
    choices: decisionChoices(language, dossier, kind),
    deciding: decisionForm(language, dossier, kind, { ...form, values }),
    kept: keptView(language, dossier, kind, form),
    today: dayOf(now),
    saved: req.query['saved'] === '1' ? 'certificates.office.saved' : '',
    panes: true,
  };
  const title = dossier.product.name;
  sendPage(req, res, 'certificates/dossier', view, {
    title,
    layout: 'office',
    sample: dossier.producer.sample,
    status,
  });
};

const openDossier = (deps: Deps, req: Request, res: Response): Promise<Dossier> =>
  dossierFor(deps.db, requireActor(res), idIn(req, 'certificate', 'certificate-not-found'), deps.clock());

const addOffice = (router: Router, deps: Deps): void => {
  router.get(paths.office, async (req, res) => {
    const read = readInput(officeList, { state: 'all', ...pick(req.query, ['state', 'after']) });
    if (!read.ok) throw new AppError('fields-wrong', {}, { fields: read.errors });
    await sendQueue(deps, req, res, read.value);
  });

  router.get(paths.officeCertificate(':certificate'), async (req, res) => {
    const dossier = await openDossier(deps, req, res);
    const kind = decisionKind.safeParse(req.query['decide']).data;
    const today = dayOf(deps.clock());
    const form = formState(languageOf(res), decisionNames, {
      id: uuidv7(),
      decidedOn: kind === 'verified' ? today : '',
    });
    await sendDossier(deps, req, res, dossier, { form, kind, seen: dossier.decisions.length, status: 200 });
  });

  router.post(paths.officeDecisions(':certificate'), async (req, res) => {
    const actor = requireActor(res);
    const certificateId = idIn(req, 'certificate', 'certificate-not-found');
    await submitForm(req, res, {
      schema: newDecision,
      names: decisionNames,
      fieldWords: `certificates.decisionFields.${decisionKind.safeParse(kindIn(req)).data ?? ''}`,
      act: async (decided) => {
        await decideOnCertificate(deps.db, actor, certificateId, decided, deps.clock());
        return `${paths.officeCertificate(certificateId)}?saved=1`;
      },
      again: async (form, status) => {
        const dossier = await openDossier(deps, req, res);
        const kind = decisionKind.safeParse(form.values['kind']).data;
        const seen = Number(form.values['seen']);
        const deciding = { form, kind, seen: Number.isNaN(seen) ? dossier.decisions.length : seen, status };
        await sendDossier(deps, req, res, dossier, deciding);
      },
    });
  });
};

const kindIn = (req: Request): unknown => (req.body as { kind?: unknown } | undefined)?.kind;

const pick = (query: Request['query'], names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(names.filter((name) => query[name] !== undefined).map((name) => [name, query[name]]));

export function certificatesPages(deps: Deps): Router {
  const router = express.Router();
  addEntering(router, deps);
  addOffice(router, deps);
  addOwnCertificates(router, deps);
  return router;
}
