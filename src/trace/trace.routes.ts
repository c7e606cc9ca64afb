// The public pages: URL, read the code, call one service function, answer.
import express from 'express';
import type { Request, Response, Router } from 'express';
import { looksLikeGtin } from '../codes/gtin.ts';
import { formatCode, readCode } from '../codes/trace-code.ts';
import { usualRetention } from '../retention.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { authorityCall } from '../http/authority.ts';
import { languageOf } from '../http/language.ts';
import { acceptedEncoding, isPersonsLook } from '../http/reader.ts';
import { throwShortcutFault } from '../http/shortcut.ts';
import { actorOf, sendPage } from '../http/pages.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { codeHelpView } from './trace.help.view.ts';
import type { NoPage } from './trace.help.view.ts';
import { codeOfPath, codeParams, shownAgain, typedCode } from './trace.input.ts';
import { traceShape } from './trace.json.shape.view.ts';
import { traceJson } from './trace.json.view.ts';
import { cameraView } from './trace.camera.view.ts';
import { addProductPage, addProductPageApi } from './trace.product.pages.ts';
import { addSharePages } from './trace.share.pages.ts';
import { traceMapView } from './trace.places.view.ts';
import { countFailedLookUp } from './trace.limit.service.ts';
import { lostWithRestore } from './trace.lost.service.ts';
import { scanVary } from './trace.scan.routes.ts';
import type { ScanDesk } from './trace.scan.routes.ts';
import { findTrace, tracePage } from './trace.service.ts';
import type { TraceFacts } from './trace.types.ts';
import { traceStepsView } from './trace.view.ts';

/** GET a code's facts as JSON. */
export function addTraceApi(api: Api, deps: Deps): void {
  addProductPageApi(api, deps);
  addOperation(
    api,
    {
      id: 'traceCode',
      method: 'get',
      path: '/codes/:code',
      tag: 'trace',
      summary: { vi: 'Tra một mã trên tem', en: 'Look up a code on a label' },
      access: 'public',
      params: codeParams,
      answers: { 200: traceShape },
      errors: ['code-malformed', 'code-unknown'],
    },
    async ({ params }) => {
      const code = requireCode(params.code);
      return { status: 200, json: traceJson(await tracePage(deps.db, deps.keys.codeKey, code, deps.clock())) };
    },
  );
}

const requireCode = (typed: string): string => {
  const read = readCode(typed);
  if (read.ok) return read.code;
  throw new AppError('code-malformed', read.groups === undefined ? {} : { groups: read.groups });
};

// An answer may be kept, but is asked for again each time: a recall or revocation shows at once.
const setCaching = (res: Response): void => {
  res.set('Cache-Control', 'no-cache');
  res.vary(scanVary);
};

const wantsJson = (req: Request): boolean => req.accepts(['html', 'json']) === 'json';

const statusOf = (fault: NoPage): number => {
  if (fault === 'limited') return 429;
  return fault === 'unknown' || 'lostOn' in fault ? 404 : 400;
};

/** The helpful page: what was typed stays, and what to do next is said. */
const sendHelp = (deps: Deps, req: Request, res: Response, typed: string, fault: NoPage): void => {
  const language = languageOf(res);
  const view = codeHelpView(language, shownAgain(typed), fault);
  const authority = authorityCall(language, deps.authority);
  sendPage(
    req,
    res,
    'trace/help',
    { ...view, authority },
    {
      title: view.title,
      layout: 'public',
      status: statusOf(fault),
    },
  );
};

type SendFacts = (req: Request, res: Response, language: Language, facts: TraceFacts) => void;

/** One way to all pages of a code: read it from the path, look it up, or help. Never looks up what is not a code. */
const codePage =
  (deps: Deps, send: SendFacts) =>
  async (req: Request, res: Response): Promise<void> => {
    setCaching(res);
    const typed = codeOfPath(req.path);
    const read = readCode(typed ?? '%');
    if (!read.ok) {
      if (wantsJson(req)) requireCode(typed ?? '%');
      sendHelp(deps, req, res, typed ?? '', read);
      return;
    }
    res.locals['askedCode'] = formatCode(read.code);
    const facts = await findTrace(deps.db, deps.keys.codeKey, read.code, deps.clock());
    if (facts !== undefined) {
      send(req, res, languageOf(res), facts);
      return;
    }
    const lostOn = await lostWithRestore(deps.db, deps.keys.codeKey, read.code);
    const waitSeconds = await countFailedLookUp(deps.db, deps.keys.sessionKey, req.ip ?? '', deps.clock());
    if (waitSeconds > 0) {
      if (wantsJson(req)) throw new AppError('too-many-lookups', { seconds: waitSeconds });
      res.set('Retry-After', String(waitSeconds));
      sendHelp(deps, req, res, typed ?? '', 'limited');
      return;
    }
    if (wantsJson(req))
      throw lostOn === undefined
        ? new AppError('code-unknown', { code: read.code })
        : new AppError('code-before-incident', { code: read.code, lostOn });
    sendHelp(deps, req, res, typed ?? '', lostOn === undefined ? 'unknown' : { lostOn });
  };

const sendJson: SendFacts = (_req, res, _language, facts) => {
  res.json(traceJson(facts));
};

/** The scan page: people get it from the desk, programs the facts. */
const openScan = (deps: Deps, desk: ScanDesk) => {
  const json = codePage(deps, sendJson);
  return async (req: Request, res: Response): Promise<void> => {
    const read = readCode(codeOfPath(req.path) ?? '%');
    if (wantsJson(req) || !read.ok) return json(req, res);
    res.locals['askedCode'] = formatCode(read.code);
    throwShortcutFault(req);
    const answer = await desk.answer({
      code: read.code,
      language: languageOf(res),
      saveData: req.get('save-data') === 'on',
      encoding: acceptedEncoding(req.headers),
      ifNoneMatch: req.get('if-none-match'),
      place: deps.placeOf?.(req) ?? '',
      actor: actorOf(res),
      counts: actorOf(res) === undefined && req.method === 'GET' && isPersonsLook(req.headers),
    });
    if (answer === undefined) return json(req, res);
    res.status(answer.status).set(answer.headers);
    res.end(req.method === 'HEAD' ? undefined : answer.body);
  };
};

const sendSteps: SendFacts = (req, res, language, facts) => {
  const title = t(language, 'trace.journal.titleAll', { lot: facts.batch.lotNumber });
  sendPage(req, res, 'trace/steps', traceStepsView(language, facts), { title, layout: 'scan' });
};

const sendMap: SendFacts = (req, res, language, facts) => {
  const view = traceMapView(language, facts);
  sendPage(req, res, 'trace/map', view, { title: view.heading, layout: 'scan' });
};

/** What is kept and how long, with the periods that are set here; after an erasure it confirms that. */
const privacy = (deps: Deps) => (req: Request, res: Response) => {
  setCaching(res);
  const view = { days: deps.retention ?? usualRetention, isErased: req.query['erased'] === '1' };
  sendPage(req, res, 'trace/privacy', view, { title: t(languageOf(res), 'trace.privacy.title'), layout: 'public' });
};

const sendText = (view: string, key: string) => (req: Request, res: Response) => {
  setCaching(res);
  sendPage(req, res, view, {}, { title: t(languageOf(res), key), layout: 'public' });
};

/** WebAssembly of our own may run on the page that reads codes, and on no other. */
const allowDecoder = (res: Response): void => {
  const policy = res.getHeader('Content-Security-Policy');
  if (typeof policy === 'string')
    res.set('Content-Security-Policy', policy.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"));
};

/** `/check?code=…`: a form without script, so a redirect to the page of the code, or of the product whose number was typed. */
const check =
  (deps: Deps) =>
  (req: Request, res: Response): void => {
    setCaching(res);
    const asked = req.query['code'];
    const typed = typedCode(Array.isArray(asked) ? asked[0] : asked);
    if (typed === '') {
      allowDecoder(res);
      const language = languageOf(res);
      const isSent = asked !== undefined;
      const view = { isSent, ...cameraView(language, deps.baseUrl) };
      const title = t(language, 'trace.check.title');
      sendPage(req, res, 'trace/check', view, { title, layout: 'public', status: isSent ? 400 : 200 });
      return;
    }
    const read = readCode(typed);
    if (read.ok) res.redirect(303, paths.scan(read.code));
    else if (looksLikeGtin(typed)) res.redirect(303, paths.digitalLink(typed.replace(/\D/g, '')));
    else sendHelp(deps, req, res, typed, read);
  };

/** Home, code entry, privacy, and everything below /T. Paths are matched without decoding, so that no junk in them becomes a fault. */
export function tracePages(deps: Deps, desk: ScanDesk): Router {
  const pages = express.Router();
  pages.get(paths.home, sendText('trace/home', 'trace.home.title'));
  pages.get(paths.privacy, privacy(deps));
  pages.get(paths.check, check(deps));
  addProductPage(pages, deps);
  addSharePages(pages, deps);
  pages.get(/^\/t\/?$/i, (_req, res) => res.redirect(303, paths.check));
  pages.get(/^\/t\/[^/]+\/map\/?$/i, codePage(deps, sendMap));
  pages.get(/^\/t\/[^/]+\/steps\/?$/i, codePage(deps, sendSteps));
  pages.get(/^\/t\/[^/]+\/?$/i, openScan(deps, desk));
  pages.get(/^\/t\/./i, (req, res) => {
    setCaching(res);
    sendHelp(deps, req, res, codeOfPath(req.path) ?? '', { ok: false, reason: 'length' });
  });
  return pages;
}
