// The pages of the second factor: forced on officials at sign-in, open to everybody else.
import express from 'express';
import type { Request, Response, Router } from 'express';
import QRCode from 'qrcode';
import { v7 as uuidv7 } from 'uuid';
import { isOfficial } from '../actor.ts';
import type { Deps } from '../deps.ts';
import { languageOf } from '../http/language.ts';
import { formState, requireActor, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { requireSignedIn } from '../http/sign-in.ts';
import { submitForm } from '../http/submit-form.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { codeForm, ownPath } from './accounts.input.ts';
import { homeOf } from './accounts.view.ts';
import {
  beginTotp,
  confirmTotp,
  ownFactors,
  pendingTotp,
  proveSecondFactor,
  renewRecoveryCodes,
} from './factors.service.ts';
import { securityOf } from './security.service.ts';
import { renewalWords } from './security.view.ts';
import type { TotpOffer } from './factors.service.ts';

const names = ['code', 'next'] as const;
const fieldWords = 'security.fields';
const spaced = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ');

// A picture with its own address would stay in caches and histories; a data: address is part of the page alone.
const qrPicture = (address: string): Promise<string> =>
  QRCode.toDataURL(address, { errorCorrectionLevel: 'M', margin: 4, scale: 6 });

const send = (req: Request, res: Response, view: string, data: object, status = 200): void => {
  res.set('Cache-Control', 'no-store');
  const title = t(languageOf(res), 'security.factor.title');
  sendPage(req, res, view, { noMenu: true, ...data }, { title, status });
};

const sendOffer = async (
  req: Request,
  res: Response,
  offer: TotpOffer,
  form: FormState,
  status = 200,
): Promise<void> => {
  const picture = await qrPicture(offer.address);
  const data = { form: withoutCode(form), picture, secret: spaced(offer.secret), address: offer.address };
  send(req, res, 'accounts/factor-new', { ...data, action: paths.secondFactorConfirmation }, status);
};

const withoutCode = (form: FormState): FormState => ({ ...form, values: { ...form.values, code: '' } });

const sendCodes = (req: Request, res: Response, codes: readonly string[], next: string): void =>
  send(req, res, 'accounts/factor-codes', { codes, next });

/** GET and POST below /second-factor. */
export function factorsPages(deps: Deps): Router {
  const router = express.Router();
  addAsking(router, deps);
  addEnrolment(router, deps);
  return router;
}

// Officials alone: whoever else lost the phone may do without a second factor, or has the recovery codes.
const renewalOf = (req: Request, res: Response) => ({
  saved: req.query['asked'] === '1' ? 'security.renewal.ownSent' : '',
  renewal: isOfficial(requireSignedIn(res).actor) ? { action: paths.secondFactorRenewal, id: uuidv7() } : undefined,
});

const addAsking = (router: Router, { db, keys, clock }: Deps): void => {
  const sendAsking = (req: Request, res: Response, form: FormState, status = 200): void =>
    send(
      req,
      res,
      'accounts/factor-ask',
      { form: withoutCode(form), action: paths.secondFactor, signOut: paths.signOut, ...renewalOf(req, res) },
      status,
    );

  router.get(paths.secondFactor, async (req, res) => {
    const signedIn = requireSignedIn(res);
    const next = ownPath.safeParse(req.query['next']).data ?? '';
    const { hasTotp } = await ownFactors(db, signedIn.actor.userId);
    const form = formState(languageOf(res), names, { next });
    if (hasTotp) sendAsking(req, res, form);
    else {
      const { renewal } = await securityOf(db, signedIn, clock());
      const data = {
        renewalWords: renewalWords(languageOf(res), renewal),
        action: paths.secondFactorTotp,
        mustHave: signedIn.mustProve,
        signOut: paths.signOut,
        next,
      };
      send(req, res, 'accounts/factor-none', data);
    }
  });

  router.post(paths.secondFactor, (req, res) => {
    const signedIn = requireSignedIn(res);
    return submitForm(req, res, {
      schema: codeForm,
      names,
      fieldWords,
      act: async ({ code, next }) => {
        await proveSecondFactor(db, keys, signedIn, code, clock());
        return next ?? homeOf(signedIn.actor);
      },
      again: (form, status) => sendAsking(req, res, form, status),
    });
  });
};

const addEnrolment = (router: Router, { db, keys, clock }: Deps): void => {
  router.post(paths.secondFactorTotp, async (req, res) => {
    const offer = await beginTotp(db, keys, requireSignedIn(res), clock());
    const next = ownPath.safeParse((req.body as { next?: unknown } | undefined)?.next).data ?? '';
    await sendOffer(req, res, offer, formState(languageOf(res), names, { next }));
  });

  router.post(paths.secondFactorConfirmation, (req, res) => {
    const signedIn = requireSignedIn(res);
    return submitForm(req, res, {
      schema: codeForm,
      names,
      fieldWords,
      act: async ({ code, next }) => {
        const codes = await confirmTotp(db, keys, signedIn, code, clock());
        sendCodes(req, res, codes, next ?? homeOf(signedIn.actor));
        return undefined;
      },
      again: async (form, status) => sendOffer(req, res, await pendingTotp(db, keys, signedIn), form, status),
    });
  });

  router.post(paths.secondFactorRecovery, async (req, res) => {
    requireActor(res);
    sendCodes(req, res, await renewRecoveryCodes(db, requireSignedIn(res), clock()), paths.security);
  });
};
