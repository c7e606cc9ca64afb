// The page where an organisation registers itself, the word on an application that came with one's own login, and giving a record at the office.
import type { Request, Response, Router } from 'express';
import { v7 as uuidv7 } from 'uuid';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { languageOf } from '../http/language.ts';
import { formState, requireActor, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { formInput } from '../http/read-form.ts';
import { readInput } from '../http/read-input.ts';
import { submitForm } from '../http/submit-form.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { producerIdIn, requireOffice } from './producers.change.pages.ts';
import { communesFor, sentBody } from './producers.form.pages.ts';
import { producerFor } from './producers.service.ts';
import { givenRecord, newSignUp, signUpAnswer } from './producers.sign-up.input.ts';
import { answerSignUp, giveRecord, signUp, signUpsToTake } from './producers.sign-up.service.ts';
import { signUpCards, signUpFields, signUpForm } from './producers.sign-up.view.ts';

export function addSignUpPages(router: Router, deps: Deps): void {
  addForm(router, deps);
  addTaking(router, deps);
  addGiving(router, deps);
}

// A page never sends a password back.
const withoutPassword = (form: FormState): FormState => ({ ...form, values: { ...form.values, password: '' } });

const addForm = (router: Router, deps: Deps): void => {
  const send = async (req: Request, res: Response, typed: FormState, status: number): Promise<void> => {
    const language = languageOf(res);
    const form = withoutPassword(typed);
    const view = { noMenu: true, form, ...signUpForm(language, await communesFor(deps, form), form) };
    res.set('Cache-Control', 'no-store');
    sendPage(req, res, 'producers/sign-up', view, { title: t(language, 'producers.signUp.title'), status });
  };

  router.get(paths.signUp, async (req, res) => {
    await send(req, res, formState(languageOf(res), signUpFields, { id: uuidv7() }), 200);
  });

  router.post(paths.signUp, async (req, res) => {
    await submitForm(req, res, {
      schema: newSignUp,
      names: signUpFields,
      fieldWords: 'producers.signUp.fields',
      body: await sentBody(deps, req),
      act: async (value) => {
        await signUp(deps.db, deps.keys.sessionKey, value, req.ip ?? '', deps.clock());
        return paths.signUpSent;
      },
      again: (form, status) => send(req, res, form, status),
    });
  });

  // The same page whether the login had an account or not.
  router.get(paths.signUpSent, (req, res) => {
    const title = t(languageOf(res), 'producers.signUp.sentTitle');
    sendPage(req, res, 'producers/sign-up-sent', { noMenu: true, signInHref: paths.signIn }, { title });
  });
};

const addTaking = (router: Router, deps: Deps): void => {
  router.get(paths.signUpsToTake, async (req, res) => {
    const language = languageOf(res);
    const cards = signUpCards(language, await signUpsToTake(deps.db, requireActor(res)));
    const title = t(language, 'producers.signUp.takeTitle');
    sendPage(req, res, 'producers/sign-ups', { back: paths.appMe, cards }, { title });
  });

  router.post(paths.signUpAnswer(':producer'), async (req, res) => {
    const actor = requireActor(res);
    const read = readInput(signUpAnswer, formInput(signUpAnswer, req.body));
    if (!read.ok) throw new AppError('fields-wrong', {}, { fields: read.errors });
    const { id } = await answerSignUp(deps.db, actor, producerIdIn(req), read.value.isMine, deps.clock());
    res.redirect(303, read.value.isMine ? paths.appOwnProducer(id) : paths.signUpsToTake);
  });
};

const addGiving = (router: Router, deps: Deps): void => {
  router.post(paths.officeGivenRecord(':producer'), async (req, res) => {
    const actor = requireOffice(res);
    const { id } = await producerFor(deps.db, actor, producerIdIn(req));
    const language = languageOf(res);
    const raw = { ...(req.body as object), reason: t(language, 'producers.signUp.givenReason') };
    const read = readInput(givenRecord, formInput(givenRecord, raw));
    if (!read.ok) throw new AppError('fields-wrong', {}, { fields: read.errors });
    const record = await giveRecord(deps.db, actor, id, read.value, deps.clock());
    res.redirect(303, `${paths.officeProducer(record.id)}?saved=1`);
  });
};
