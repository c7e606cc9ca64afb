// The form that changes a producer, for its own people and for the officers of its province.
import type { Request, Response, Router } from 'express';
import type { Actor } from '../actor.ts';
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
import { changeProducer, mayChangeApproved } from './producers.change.service.ts';
import { producerFields, producerValues, withShopErrors } from './producers.form.ts';
import { communesFor, sentBody } from './producers.form.pages.ts';
import { latestRows, producerForm } from './producers.form.view.ts';
import { changedProducer } from './producers.input.ts';
import { approvalOf, ownProducer, producerFor } from './producers.service.ts';
import type { Producer } from './producers.types.ts';
import { requirePower } from '../powers.ts';

/** An officer. Throws 'not-allowed' for anyone else. */
export function requireOffice(res: Response): Actor {
  const actor = requireActor(res);
  requirePower(actor, 'work-in-office');
  return actor;
}

/** The id in the address. Throws 'producer-not-found' for what is no id. */
export function producerIdIn(req: Request): string {
  const read = readInput(recordId, req.params['producer']);
  if (!read.ok) throw new AppError('producer-not-found');
  return read.value;
}

// The same form behind two doors, each with its frame and its way back.
type Door = {
  layout: 'app' | 'office';
  form: (producerId: string) => string;
  page: (producerId: string) => string;
  producer: (req: Request, res: Response) => Promise<Producer>;
};

export function addChangePages(router: Router, deps: Deps): void {
  addDoor(router, deps, {
    layout: 'app',
    form: paths.appProducerEdit,
    page: paths.appOwnProducer,
    producer: (req, res) => ownProducer(deps.db, requireActor(res), producerIdIn(req)),
  });
  addDoor(router, deps, {
    layout: 'office',
    form: paths.officeProducerEdit,
    page: paths.officeProducer,
    producer: (req, res) => producerFor(deps.db, requireOffice(res), producerIdIn(req)),
  });
}

// What is locked is not typed, and saving again goes on from what is stored now.
const overtaken = (typed: FormState, producer: Producer, isLocked: boolean): FormState => {
  const { version = '', ...stored } = producerValues(producer);
  const { story: _s, shops: _h, formerAddress: _f, hotline: _p, gln: _g, consents: _c, ...approved } = stored;
  const { 'address.street': _street, ...locked } = approved;
  return { ...typed, values: { ...typed.values, ...(isLocked ? locked : {}), version } };
};

const addDoor = (router: Router, deps: Deps, door: Door): void => {
  const send = async (
    req: Request,
    res: Response,
    producer: Producer,
    typed: FormState,
    status: number,
  ): Promise<void> => {
    const language = languageOf(res);
    const actor = requireActor(res);
    const isLocked = !mayChangeApproved(actor, producer);
    const form = withShopErrors(language, overtaken(typed, producer, isLocked));
    const view = {
      back: door.page(producer.id),
      action: door.form(producer.id),
      form,
      ...producerForm(
        language,
        actor,
        { producer, isLocked, communes: isLocked ? [] : await communesFor(deps, form) },
        form,
      ),
      latest: status === 409 ? latestRows(language, producer, form) : [],
      asksAgain: door.layout === 'app' && approvalOf(producer) === 'refused',
      isOffice: door.layout === 'office',
    };
    const options = {
      title: t(language, 'producers.edit.title'),
      layout: door.layout,
      sample: producer.sample,
      status,
    };
    sendPage(req, res, 'producers/edit', view, options);
  };

  router.get(door.form(':producer'), async (req, res) => {
    const producer = await door.producer(req, res);
    if (producer.claim === 'unclaimed') throw new AppError('producer-unclaimed');
    await send(req, res, producer, formState(languageOf(res), producerFields, producerValues(producer)), 200);
  });

  router.post(door.form(':producer'), async (req, res) => {
    const { id } = await door.producer(req, res);
    await submitForm(req, res, {
      schema: changedProducer,
      names: producerFields,
      fieldWords: 'producers.fields',
      body: await sentBody(deps, req),
      act: async (value) => {
        await changeProducer(deps.db, requireActor(res), id, value, deps.clock());
        return `${door.page(id)}?saved=1`;
      },
      again: async (form, status) => {
        await send(req, res, await door.producer(req, res), form, status);
      },
    });
  });
};
