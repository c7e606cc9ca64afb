// Pages of certificates: entering one, the producer's own, and the officer's, who sees what waits, opens one and decides.
import express from 'express';
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
import { requireSignedIn } from '../http/sign-in.ts';
import { requireSecondFactor } from '../proof.ts';
import { submitForm } from '../http/submit-form.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { addEntering } from './certificates.entering.pages.ts';
import { decisionKind, newDecision, officeList } from './certificates.input.ts';
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
import { decideOnCertificate } from './certificates.service.ts';

const decisionNames = ['id', 'kind', 'decisionNumber', 'decidedOn', 'effectiveOn', 'reason', 'seen'];

const idIn = (req: Request): string => {
  const read = recordId.safeParse(req.params['certificate']);
  if (!read.success) throw new AppError('certificate-not-found');
  return read.data;
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
  dossierFor(deps.db, requireActor(res), idIn(req), deps.clock());

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
    const certificateId = idIn(req);
    await submitForm(req, res, {
      schema: newDecision,
      names: decisionNames,
      fieldWords: `certificates.decisionFields.${decisionKind.safeParse(kindIn(req)).data ?? ''}`,
      act: async (decided) => {
        requireSecondFactor(requireSignedIn(res), deps.clock());
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
