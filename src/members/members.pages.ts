// "Người ghi chép": who records for one's producer, on which phones; a code for a phone; the end of a right.
import type { Request, Response, Router } from 'express';
import { v7 as uuidv7 } from 'uuid';
import { provePassword } from '../accounts/passwords.service.ts';
import type { Deps } from '../deps.ts';
import { AppError, fieldError } from '../errors.ts';
import { recordId } from '../fields.ts';
import { languageOf } from '../http/language.ts';
import { formState, requireActor, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { readInput } from '../http/read-input.ts';
import { requireSignedIn } from '../http/sign-in.ts';
import { submitForm } from '../http/submit-form.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { ownProducer, workingProducer } from '../producers/producers.service.ts';
import { isPasswordFresh } from '../proof.ts';
import { memberName, newJoinCodeForm, newMemberForm } from './members.input.ts';
import {
  addMember,
  endDevice,
  listMembers,
  makeJoinCode,
  memberFor,
  renameMember,
  revokeMember,
} from './members.service.ts';
import type { MadeCode } from './members.types.ts';
import { codePage, memberCard, memberFields, memberPage } from './members.view.ts';

const idIn = (req: Request, name: string): string => {
  const read = readInput(recordId, req.params[name]);
  if (!read.ok) throw new AppError('member-not-found');
  return read.value;
};

/** Lets a phone in only after the owner's password of the last hours; what stands in the form is kept when it is missing. */
const proveOwner = async ({ db, keys, clock }: Deps, res: Response, password: string): Promise<void> => {
  const signedIn = requireSignedIn(res);
  if (isPasswordFresh(signedIn.proof, clock())) return;
  if (password === '') throw fieldError('password', 'required');
  await provePassword(db, keys.sessionKey, signedIn, password, clock());
};

const asksPassword = (deps: Deps, res: Response): boolean => !isPasswordFresh(requireSignedIn(res).proof, deps.clock());

// Answered without a redirect: the code is shown this once and stands in no address of ours.
const sendCode = (deps: Deps, req: Request, res: Response, memberId: string, made: MadeCode): void => {
  const language = languageOf(res);
  res.set('Cache-Control', 'no-store');
  sendPage(req, res, 'members/code', codePage(language, deps.baseUrl, memberId, made), {
    title: t(language, 'members.codeTitle'),
  });
};

export function addMemberPages(router: Router, deps: Deps): void {
  addList(router, deps);
  addNew(router, deps);
  addOne(router, deps);
}

const addList = (router: Router, deps: Deps): void => {
  router.get(paths.appMembers, async (req, res) => {
    const actor = requireActor(res);
    const language = languageOf(res);
    const producer = await workingProducer(deps.db, actor);
    const found = await listMembers(deps.db, actor, producer.id, deps.clock());
    const cards = found.map((facts) => memberCard(language, facts));
    const view = {
      back: paths.appMe,
      producerName: producer.legalName,
      members: cards.filter(({ isRevoked }) => !isRevoked),
      revoked: cards.filter(({ isRevoked }) => isRevoked),
      newHref: paths.appNewMember,
    };
    sendPage(req, res, 'members/list', view, { title: t(language, 'members.title'), sample: producer.sample });
  });
};

const addNew = (router: Router, deps: Deps): void => {
  const send = async (req: Request, res: Response, form: FormState, status: number): Promise<void> => {
    const language = languageOf(res);
    const { db } = deps;
    const actor = requireActor(res);
    const producer = await ownProducer(db, actor, (await workingProducer(db, actor)).id);
    const view = {
      back: paths.appMembers,
      action: paths.appMembers,
      form: { ...form, values: { ...form.values, password: '' } },
      producerName: producer.legalName,
      asksPassword: asksPassword(deps, res),
    };
    sendPage(req, res, 'members/new', view, { title: t(language, 'members.add'), status });
  };

  router.get(paths.appNewMember, (req, res) =>
    send(req, res, formState(languageOf(res), memberFields, { id: uuidv7() }), 200),
  );

  router.post(paths.appMembers, async (req, res) => {
    const actor = requireActor(res);
    const producer = await ownProducer(deps.db, actor, (await workingProducer(deps.db, actor)).id);
    await submitForm(req, res, {
      schema: newMemberForm,
      names: memberFields,
      fieldWords: 'members.fields',
      act: async ({ password, ...sent }) => {
        await proveOwner(deps, res, password);
        const { db, keys, clock } = deps;
        const { member } = await addMember(db, actor, producer.id, sent, clock());
        sendCode(deps, req, res, member.id, await makeJoinCode(db, keys.sessionKey, actor, member.id, false, clock()));
        return undefined;
      },
      again: (form, status) => send(req, res, form, status),
    });
  });
};

const addOne = (router: Router, deps: Deps): void => {
  const { db, keys, clock } = deps;
  const send = async (req: Request, res: Response, form: FormState, status: number): Promise<void> => {
    const language = languageOf(res);
    const facts = await memberFor(db, requireActor(res), idIn(req, 'member'), clock());
    const saved = req.query['saved'] === '1' && status === 200 ? 'members.saved' : '';
    const values = { ...form.values, name: form.values['name'] || facts.name, password: '' };
    const view = { ...memberPage(language, facts, asksPassword(deps, res)), saved, form: { ...form, values } };
    sendPage(req, res, 'members/member', view, { title: facts.name, status });
  };
  const again = (req: Request, res: Response) => (form: FormState, status: number) => send(req, res, form, status);
  const names = ['name', 'endsOthers', 'password'] as const;

  router.get(paths.appMember(':member'), (req, res) => send(req, res, formState(languageOf(res), names), 200));

  router.post(paths.appMemberCodes(':member'), async (req, res) => {
    const actor = requireActor(res);
    const { member } = await memberFor(db, actor, idIn(req, 'member'), clock());
    await submitForm(req, res, {
      schema: newJoinCodeForm,
      names,
      fieldWords: 'members.fields',
      act: async ({ endsOthers, password }) => {
        await proveOwner(deps, res, password);
        const made = await makeJoinCode(db, keys.sessionKey, actor, member.id, endsOthers, clock());
        sendCode(deps, req, res, member.id, made);
        return undefined;
      },
      again: again(req, res),
    });
  });

  router.post(paths.appMemberName(':member'), async (req, res) => {
    const actor = requireActor(res);
    const { member } = await memberFor(db, actor, idIn(req, 'member'), clock());
    await submitForm(req, res, {
      schema: memberName,
      names,
      fieldWords: 'members.fields',
      act: async ({ name }) => {
        await renameMember(db, actor, member.id, name, clock());
        return `${paths.appMember(member.id)}?saved=1`;
      },
      again: again(req, res),
    });
  });

  // Taking a right away asks for no password: a lost phone is put out at once.
  router.post(paths.appMemberRevocation(':member'), async (req, res) => {
    const { member } = await revokeMember(db, requireActor(res), idIn(req, 'member'), clock());
    res.redirect(303, `${paths.appMember(member.id)}?saved=1`);
  });

  router.post(paths.appMemberDeviceEnd(':member', ':device'), async (req, res) => {
    const memberId = idIn(req, 'member');
    await endDevice(db, requireActor(res), memberId, idIn(req, 'device'), clock());
    res.redirect(303, `${paths.appMember(memberId)}?saved=1`);
  });
};
