// One producer at the office: its record, the decision on it, its history; and the form that completes an imported one.
import type { Request, Response, Router } from 'express';
import { v7 as uuidv7 } from 'uuid';
import type { Deps } from '../deps.ts';
import { languageOf } from '../http/language.ts';
import { formState, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { requireSignedIn } from '../http/sign-in.ts';
import { requireSecondFactor } from '../proof.ts';
import { submitForm } from '../http/submit-form.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { producerIdIn, requireOffice } from './producers.change.pages.ts';
import { claimProducer, producerHistory } from './producers.change.service.ts';
import { producerFields, producerValues, withShopErrors } from './producers.form.ts';
import { communesFor, sentBody } from './producers.form.pages.ts';
import { producerForm } from './producers.form.view.ts';
import { newApproval, newClaim } from './producers.input.ts';
import { decisionRows, historyRows, lacksWords, recordRows, shopLinks } from './producers.page.view.ts';
import { approvalOf, decideApproval, producerFor } from './producers.service.ts';
import { applicationOf } from './producers.sign-up.service.ts';
import { applicationView } from './producers.sign-up.view.ts';
import type { Producer } from './producers.types.ts';
import { addressLine, stateOf } from './producers.view.ts';

const approvalNames = ['id', 'version', 'outcome', 'reason'];

export function addOfficePages(router: Router, deps: Deps): void {
  const producerOf = (req: Request, res: Response): Promise<Producer> =>
    producerFor(deps.db, requireOffice(res), producerIdIn(req));
  addProducerPage(router, deps, producerOf);
  addClaim(router, deps, producerOf);
}

type ProducerOf = (req: Request, res: Response) => Promise<Producer>;

const addProducerPage = (router: Router, deps: Deps, producerOf: ProducerOf): void => {
  const send = async (req: Request, res: Response, typed: FormState, status: number): Promise<void> => {
    const language = languageOf(res);
    const producer = await producerOf(req, res);
    const { notes, names } = await producerHistory(deps.db, requireOffice(res), producer.id);
    const isClaimed = producer.claim === 'claimed';
    const view = {
      back: paths.officeProducers,
      saved: req.query['saved'] === '1' && status === 200 ? 'producers.saved' : '',
      form: { ...typed, values: { ...typed.values, version: String(producer.version) } },
      action: paths.officeApprovals(producer.id),
      ...stateOf(language, producer, approvalOf(producer)),
      ...applicationView(language, producer, await applicationOf(deps.db, requireOffice(res), producer.id), approvalOf),
      giveId: uuidv7(),
      isOwn: false,
      rows: recordRows(language, producer),
      story: producer.story,
      shops: shopLinks(producer),
      lacks: isClaimed ? lacksWords(language, producer) : '',
      consentsHref: paths.officeConsents(producer.id),
      sitesHref: paths.officeProducerSites(producer.id),
      productsHref: `${paths.officeProducts}?producer=${producer.id}`,
      editHref: isClaimed ? paths.officeProducerEdit(producer.id) : '',
      claimHref: isClaimed ? '' : paths.officeProducerClaim(producer.id),
      decisions: decisionRows(language, producer),
      history: historyRows(language, notes, names),
    };
    const options = { title: producer.legalName, layout: 'office', sample: producer.sample, status };
    sendPage(req, res, 'producers/office-producer', view, options);
  };

  router.get(paths.officeProducer(':producer'), async (req, res) => {
    await send(req, res, formState(languageOf(res), approvalNames, { id: uuidv7() }), 200);
  });

  router.get(paths.officeApprovals(':producer'), async (req, res) => {
    res.redirect(303, paths.officeProducer((await producerOf(req, res)).id));
  });

  router.post(paths.officeApprovals(':producer'), async (req, res) => {
    const actor = requireOffice(res);
    const { id } = await producerOf(req, res);
    await submitForm(req, res, {
      schema: newApproval,
      names: approvalNames,
      fieldWords: 'producers.approvalFields',
      act: async (value) => {
        requireSecondFactor(requireSignedIn(res), deps.clock());
        await decideApproval(deps.db, actor, id, value, deps.clock());
        return `${paths.officeProducer(id)}?saved=1`;
      },
      again: (form, status) => send(req, res, form, status),
    });
  });
};

const addClaim = (router: Router, deps: Deps, producerOf: ProducerOf): void => {
  const send = async (
    req: Request,
    res: Response,
    producer: Producer,
    typed: FormState,
    status: number,
  ): Promise<void> => {
    const language = languageOf(res);
    const form = withShopErrors(language, typed);
    const { legalName: name, source } = producer;
    const view = {
      back: paths.officeProducer(producer.id),
      action: paths.officeProducerClaim(producer.id),
      form,
      from: t(language, 'producers.claiming.from', { name, place: addressLine(producer.address), source }),
      ...producerForm(
        language,
        requireOffice(res),
        { asksConsents: true, communes: await communesFor(deps, form) },
        form,
      ),
    };
    const options = {
      title: t(language, 'producers.claiming.title'),
      layout: 'office',
      sample: producer.sample,
      status,
    };
    sendPage(req, res, 'producers/office-claim', view, options);
  };

  router.get(paths.officeProducerClaim(':producer'), async (req, res) => {
    const producer = await producerOf(req, res);
    if (producer.claim === 'claimed') {
      res.redirect(303, paths.officeProducer(producer.id));
      return;
    }
    const { version: _version, ...values } = producerValues(producer);
    await send(req, res, producer, formState(languageOf(res), producerFields, { ...values, id: uuidv7() }), 200);
  });

  router.post(paths.officeProducerClaim(':producer'), async (req, res) => {
    const actor = requireOffice(res);
    const { id } = await producerOf(req, res);
    await submitForm(req, res, {
      schema: newClaim,
      names: producerFields,
      fieldWords: 'producers.fields',
      body: await sentBody(deps, req),
      act: async (value) => {
        await claimProducer(deps.db, actor, id, value, deps.clock());
        return `${paths.officeProducer(id)}?saved=1`;
      },
      again: async (form, status) => {
        await send(req, res, await producerOf(req, res), form, status);
      },
    });
  });
};
