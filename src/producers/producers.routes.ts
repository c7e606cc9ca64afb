// Producers: URL, signed in?, read input, call one service function, answer.
import express from 'express';
import type { Request, Response, Router } from 'express';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { provinceCodesOf } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { recordId } from '../fields.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { languageOf } from '../http/language.ts';
import { formState, requireActor, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { readInput } from '../http/read-input.ts';
import { submitForm } from '../http/submit-form.ts';
import { t } from '../i18n/i18n.ts';
import { apiBase, paths } from '../paths.ts';
import { newApproval, newProducer, producerPage } from './producers.input.ts';
import {
  approvalOf,
  createProducer,
  decideApproval,
  listProducers,
  prepareProducers,
  producerFor,
} from './producers.service.ts';
import type { Producer } from './producers.types.ts';
import {
  kindChoices,
  producerAnswer,
  producerCard,
  producerFacts,
  producerJson,
  producerListAnswer,
  provinceChoices,
} from './producers.view.ts';

const params = z.object({ producer: recordId });
const json = (producer: Producer) => producerJson(producer, approvalOf(producer));
const location = (producer: Producer) => `${apiBase}/producers/${producer.id}`;

/** POST and GET producers, GET one, POST a decision on it. */
export function addProducersApi(api: Api, deps: Deps): void {
  prepareProducers(deps.db);

  addOperation(
    api,
    {
      id: 'createProducer',
      method: 'post',
      path: '/producers',
      tag: 'producers',
      summary: { vi: 'Ghi một chủ thể của tỉnh mình', en: 'Register a producer of one’s own province' },
      access: 'signed-in',
      body: newProducer,
      answers: { 201: producerAnswer },
      errors: ['not-allowed', 'id-with-other-content', 'fields-wrong'],
    },
    async ({ actor, body }) => {
      const producer = await createProducer(deps.db, actor, body, deps.clock());
      return { status: 201, json: json(producer), location: location(producer) };
    },
  );

  addOperation(
    api,
    {
      id: 'listProducers',
      method: 'get',
      path: '/producers',
      tag: 'producers',
      summary: { vi: 'Các chủ thể trong phạm vi của mình', en: 'Producers within one’s scope' },
      access: 'signed-in',
      query: producerPage,
      answers: { 200: producerListAnswer },
      errors: ['fields-wrong'],
    },
    async ({ actor, query }) => {
      const { items, next } = await listProducers(deps.db, actor, query);
      return { status: 200, json: { items: items.map(json), next } };
    },
  );

  addOperation(
    api,
    {
      id: 'readProducer',
      method: 'get',
      path: '/producers/:producer',
      tag: 'producers',
      summary: { vi: 'Đọc một chủ thể', en: 'Read a producer' },
      access: 'signed-in',
      params,
      answers: { 200: producerAnswer },
      errors: ['producer-not-found'],
    },
    async ({ actor, params: { producer } }) => ({
      status: 200,
      json: json(await producerFor(deps.db, actor, producer)),
    }),
  );

  addOperation(
    api,
    {
      id: 'decideApproval',
      method: 'post',
      path: '/producers/:producer/approvals',
      tag: 'producers',
      summary: { vi: 'Duyệt hoặc không duyệt một chủ thể', en: 'Approve or refuse a producer' },
      access: 'signed-in',
      params,
      body: newApproval,
      answers: { 201: producerAnswer },
      errors: ['producer-not-found', 'not-allowed', 'already-decided', 'id-with-other-content', 'fields-wrong'],
    },
    async ({ actor, params: { producer: id }, body }) => {
      const producer = await decideApproval(deps.db, actor, id, body, deps.clock());
      return { status: 201, json: json(producer), location: location(producer) };
    },
  );
}

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

const requireOffice = (res: Response) => {
  const actor = requireActor(res);
  if (provinceCodesOf(actor).length === 0) throw new AppError('not-allowed');
  return actor;
};

/** The province's list with the form to register, and the page on which one producer is decided. */
export function producersPages(deps: Deps): Router {
  const router = express.Router();

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
    sendPage(req, res, 'producers/office-list', view, { title: t(language, 'producers.title'), status });
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

  const sendDecision = async (req: Request, res: Response, form: FormState, status: number): Promise<void> => {
    const language = languageOf(res);
    const producer = await producerOf(req, res);
    const view = {
      back: paths.officeProducers,
      form,
      action: paths.officeApprovals(producer.id),
      ...producerFacts(language, producer, approvalOf(producer)),
    };
    sendPage(req, res, 'producers/office-decision', view, {
      title: producer.legalName,
      sample: producer.sample,
      status,
    });
  };

  const producerOf = async (req: Request, res: Response): Promise<Producer> => {
    const read = readInput(params, { producer: req.params['producer'] });
    if (!read.ok) throw new AppError('producer-not-found');
    return producerFor(deps.db, requireOffice(res), read.value.producer);
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

  return router;
}
