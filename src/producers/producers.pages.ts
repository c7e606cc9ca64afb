// The officer's pages: the province's producers, the form to register one, the page on which one is decided.
import express from 'express';
import type { Request, Response, Router } from 'express';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../actor.ts';
import { provinceCodesOf } from '../actor.ts';
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
import { newApproval, newProducer, producerPage } from './producers.input.ts';
import { approvalOf, createProducer, decideApproval, listProducers, producerFor } from './producers.service.ts';
import type { Producer } from './producers.types.ts';
import { kindChoices, producerCard, producerFacts, provinceChoices } from './producers.view.ts';

const registerNames = [
  'id',
  'legalName',
  'kind',
  'registrationNumber',
  'address.communeCode',
  'address.communeName',
  'address.provinceCode',
  'address.street',
  'formerAddress',
  'hotline',
  'gln',
  'story',
  'publicName',
  'publicPhone',
];
const approvalNames = ['id', 'outcome', 'reason'];

const requireOffice = (res: Response): Actor => {
  const actor = requireActor(res);
  if (provinceCodesOf(actor).length === 0) throw new AppError('not-allowed');
  return actor;
};

/** The province's list with the form to register, and the page on which one producer is decided. */
export function producersPages(deps: Deps): Router {
  const router = express.Router();
  addList(router, deps);
  addDecision(router, deps);
  return router;
}

const addList = (router: Router, deps: Deps): void => {
  const sendList = async (req: Request, res: Response, form: FormState, status: number): Promise<void> => {
    const actor = requireOffice(res);
    const language = languageOf(res);
    const page = readInput(producerPage, { after: req.query['after'] });
    if (!page.ok) throw new AppError('page-not-found');
    const { items, next } = await listProducers(deps.db, actor, page.value);
    const view = {
      form,
      isOpen: status !== 200,
      kinds: kindChoices(language, form.values['kind'] ?? ''),
      provinces: provinceChoices(actor, form.values['address.provinceCode'] ?? ''),
      producers: items.map((producer) => producerCard(language, producer, approvalOf(producer))),
      nextHref: next === null ? '' : `${paths.officeProducers}?after=${next}`,
    };
    sendPage(req, res, 'producers/office-list', view, {
      title: t(language, 'producers.title'),
      layout: 'office',
      status,
    });
  };

  router.get(paths.officeProducers, async (req, res) => {
    await sendList(req, res, formState(languageOf(res), registerNames, { id: uuidv7() }), 200);
  });

  router.post(paths.officeProducers, async (req, res) => {
    const actor = requireOffice(res);
    await submitForm(req, res, {
      schema: newProducer,
      names: registerNames,
      fieldWords: 'producers.fields',
      act: async (value) => paths.officeApprovals((await createProducer(deps.db, actor, value, deps.clock())).id),
      again: (form, status) => sendList(req, res, form, status),
    });
  });
};

const addDecision = (router: Router, deps: Deps): void => {
  const producerOf = async (req: Request, res: Response): Promise<Producer> => {
    const read = readInput(recordId, req.params['producer']);
    if (!read.ok) throw new AppError('producer-not-found');
    return producerFor(deps.db, requireOffice(res), read.value);
  };

  const sendDecision = async (req: Request, res: Response, form: FormState, status: number): Promise<void> => {
    const language = languageOf(res);
    const producer = await producerOf(req, res);
    const view = {
      back: paths.officeProducers,
      form,
      action: paths.officeApprovals(producer.id),
      ...producerFacts(language, producer, approvalOf(producer)),
    };
    const options = { title: producer.legalName, layout: 'office', sample: producer.sample, status };
    sendPage(req, res, 'producers/office-decision', view, options);
  };

  router.get(paths.officeApprovals(':producer'), async (req, res) => {
    await sendDecision(req, res, formState(languageOf(res), approvalNames, { id: uuidv7() }), 200);
  });

  router.post(paths.officeApprovals(':producer'), async (req, res) => {
    const actor = requireOffice(res);
    const producer = await producerOf(req, res);
    await submitForm(req, res, {
      schema: newApproval,
      names: approvalNames,
      fieldWords: 'producers.approvalFields',
      act: async (value) => {
        await decideApproval(deps.db, actor, producer.id, value, deps.clock());
        return paths.officeApprovals(producer.id);
      },
      again: (form, status) => sendDecision(req, res, form, status),
    });
  });
};
