// The page on which a producer's people agree and take back, and the same page for the officer who has their word on paper.
import type { Request, Response, Router } from 'express';
import { v7 as uuidv7 } from 'uuid';
import type { Deps } from '../deps.ts';
import { languageOf } from '../http/language.ts';
import { formState, requireActor, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { submitForm } from '../http/submit-form.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { producerIdIn, requireOffice } from './producers.change.pages.ts';
import { sayConsent } from './producers.consents.service.ts';
import { consentsPage } from './producers.consents.view.ts';
import { newProducerConsent } from './producers.input.ts';
import { ownProducer, producerFor } from './producers.service.ts';
import type { Producer } from './producers.types.ts';

const fields = ['id', 'item', 'given', 'textVersion'] as const;

type Door = {
  layout: 'app' | 'office';
  address: (producerId: string) => string;
  back: (producerId: string) => string;
  producer: (req: Request, res: Response) => Promise<Producer>;
};

export function addConsentPages(router: Router, deps: Deps): void {
  addDoor(router, deps, {
    layout: 'app',
    address: paths.appConsents,
    back: paths.appOwnProducer,
    producer: (req, res) => ownProducer(deps.db, requireActor(res), producerIdIn(req)),
  });
  addDoor(router, deps, {
    layout: 'office',
    address: paths.officeConsents,
    back: paths.officeProducer,
    producer: (req, res) => producerFor(deps.db, requireOffice(res), producerIdIn(req)),
  });
}

const addDoor = (router: Router, deps: Deps, door: Door): void => {
  const send = async (req: Request, res: Response, form: FormState, status: number): Promise<void> => {
    const language = languageOf(res);
    const producer = await door.producer(req, res);
    const view = {
      back: door.back(producer.id),
      action: door.address(producer.id),
      saved: req.query['saved'] === '1' ? 'consents.saved' : '',
      form,
      isOffice: door.layout === 'office',
      ...consentsPage(language, producer, uuidv7),
    };
    const options = { title: t(language, 'consents.title'), layout: door.layout, sample: producer.sample, status };
    sendPage(req, res, 'producers/consents', view, options);
  };

  router.get(door.address(':producer'), (req, res) => send(req, res, formState(languageOf(res), fields), 200));

  router.post(door.address(':producer'), async (req, res) => {
    const { id } = await door.producer(req, res);
    await submitForm(req, res, {
      schema: newProducerConsent,
      names: fields,
      act: async (consent) => {
        await sayConsent(deps.db, requireActor(res), id, consent, deps.clock());
        return `${door.address(id)}?saved=1`;
      },
      again: (form, status) => send(req, res, form, status),
    });
  });
};
