// The officer's list of producers and the form to register one; the other pages of producers are beside this file.
import express from 'express';
import type { Request, Response, Router } from 'express';
import { v7 as uuidv7 } from 'uuid';
import { provinceCodesOf } from '../actor.ts';
import { dayOf } from '../days.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { languageOf } from '../http/language.ts';
import { formState, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { readInput } from '../http/read-input.ts';
import { submitForm } from '../http/submit-form.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { addChangePages, requireOffice } from './producers.change.pages.ts';
import { addConsentPages } from './producers.consents.pages.ts';
import { producerFields, withShopErrors } from './producers.form.ts';
import { communesFor, sentBody } from './producers.form.pages.ts';
import { producerForm } from './producers.form.view.ts';
import { newProducer, producerPage } from './producers.input.ts';
import { listFilters, listPage } from './producers.list.view.ts';
import { addOfficePages } from './producers.office.pages.ts';
import { addOwnPages } from './producers.own.pages.ts';
import { addSignUpPages } from './producers.sign-up.pages.ts';
import { approvalOf, communesOfProducers, createProducer, listProducers } from './producers.service.ts';

/** The province's list, registering one, the page of one at the office and for its own people. */
export function producersPages(deps: Deps): Router {
  const router = express.Router();
  addList(router, deps);
  addRegistering(router, deps);
  addOfficePages(router, deps);
  addOwnPages(router, deps);
  addChangePages(router, deps);
  addConsentPages(router, deps);
  addSignUpPages(router, deps);
  return router;
}

const asked = (req: Request) => {
  const given = [...listFilters, 'after'].map((name) => [name, req.query[name]] as const);
  const read = readInput(
    producerPage,
    Object.fromEntries(given.filter(([, value]) => value !== undefined && value !== '')),
  );
  if (!read.ok) throw new AppError('fields-wrong', {}, { fields: read.errors });
  return read.value;
};

const addList = (router: Router, deps: Deps): void => {
  router.get(paths.officeProducers, async (req, res) => {
    const actor = requireOffice(res);
    const language = languageOf(res);
    const page = asked(req);
    const found = { ...(await listProducers(deps.db, actor, page)), approvalOf };
    const communes = await communesOfProducers(deps.db, actor);
    const view = listPage(language, page, found, communes, dayOf(deps.clock()));
    sendPage(req, res, 'producers/office-list', view, { title: t(language, 'producers.title'), layout: 'office' });
  });
};

const addRegistering = (router: Router, deps: Deps): void => {
  const sendForm = async (req: Request, res: Response, typed: FormState, status: number): Promise<void> => {
    const language = languageOf(res);
    const form = withShopErrors(language, typed);
    const view = {
      back: paths.officeProducers,
      action: paths.officeProducers,
      form,
      ...producerForm(
        language,
        requireOffice(res),
        { asksConsents: true, communes: await communesFor(deps, form) },
        form,
      ),
    };
    const options = { title: t(language, 'producers.register'), layout: 'office', status };
    sendPage(req, res, 'producers/office-new', view, options);
  };

  router.get(paths.officeNewProducer, async (req, res) => {
    const [provinceCode] = provinceCodesOf(requireOffice(res));
    const values = { id: uuidv7(), address: { provinceCode } };
    await sendForm(req, res, formState(languageOf(res), producerFields, values), 200);
  });

  router.post(paths.officeProducers, async (req, res) => {
    const actor = requireOffice(res);
    await submitForm(req, res, {
      schema: newProducer,
      names: producerFields,
      fieldWords: 'producers.fields',
      body: await sentBody(deps, req),
      act: async (value) => paths.officeProducer((await createProducer(deps.db, actor, value, deps.clock())).id),
      again: (form, status) => sendForm(req, res, form, status),
    });
  });
};
