// A deed that asks for a proof again: the page that asks carries everything that was sent, and sends it once more with the password or code.
import type { Request, RequestHandler, Response } from 'express';
import { AppError } from '../errors.ts';
import type { SignedIn } from '../proof.ts';
import { paths } from '../paths.ts';
import { languageOf } from './language.ts';
import { errorMessage, fieldMessage, sendPage } from './pages.ts';
import { noteSignedIn } from './sign-in.ts';
import { t } from '../i18n/i18n.ts';

/** What checks a proof; each throws what is wrong and returns the session as it is then. */
export type Proofs = {
  password(signedIn: SignedIn, typed: string): Promise<SignedIn>;
  code(signedIn: SignedIn, typed: string): Promise<SignedIn>;
};

type Kind = 'password' | 'code';

const fieldOf: Record<Kind, string> = { password: 'proof.password', code: 'proof.code' };

type Sent = Record<string, unknown>;

const sentIn = (req: Request): Sent | undefined =>
  req.method === 'POST' && req.is('urlencoded') !== false && typeof req.body === 'object' && req.body !== null
    ? (req.body as Sent)
    : undefined;

/** The page that asks. Files are not carried along: where some were sent, the proof is given by itself and the form sent again. */
export function sendProveAgain(req: Request, res: Response, kind: Kind, alert: string): void {
  const language = languageOf(res);
  const sent = sentIn(req);
  const hidden =
    sent === undefined
      ? []
      : Object.entries(sent).flatMap(([name, value]) =>
          [value].flat().flatMap((one) => (typeof one === 'string' ? [{ name, value: one }] : [])),
        );
  const data = {
    kind,
    alert,
    hidden,
    isWhole: sent !== undefined,
    action: sent === undefined ? paths.proof : req.originalUrl,
    field: fieldOf[kind],
    setUp: kind === 'code' ? paths.secondFactor : paths.security,
    noMenu: true,
  };
  res.set('Cache-Control', 'no-store');
  sendPage(req, res, 'errors/prove-again', data, { title: t(language, `security.again.${kind}`), status: 403 });
}

const alertOf = (res: Response, error: AppError): string => {
  const [fault] = Object.values(error.fields);
  return fault === undefined ? errorMessage(languageOf(res), error) : fieldMessage(languageOf(res), fault);
};

/**
 * Takes the proof out of a sent form, checks it, and lets the rest go on to where it was meant for. A wrong one is asked for again, with
 * everything that was sent.
 */
export function takeProofs(proofs: Proofs): RequestHandler {
  return async (req, res, next) => {
    const sent = sentIn(req);
    const kind = (['password', 'code'] as const).find((one) => typeof sent?.[fieldOf[one]] === 'string');
    const signedIn = res.locals['signedIn'] as SignedIn | undefined;
    if (sent === undefined || kind === undefined || signedIn === undefined) {
      next();
      return;
    }
    const { [fieldOf.password]: _password, [fieldOf.code]: _code, ...rest } = sent;
    // The one place that writes to a request: the deed behind must not see the proof, whose fields its strict schema would refuse.
    req.body = rest;
    try {
      noteSignedIn(res, await proofs[kind](signedIn, String(sent[fieldOf[kind]]).slice(0, 200)));
    } catch (error) {
      if (!(error instanceof AppError) || (error.status !== 422 && error.status !== 429)) throw error;
      sendProveAgain(req, res, kind, alertOf(res, error));
      return;
    }
    next();
  };
}
