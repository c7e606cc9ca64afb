// createApp: the order of middleware, then one line per feature.
import { randomUUID } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import compression from 'compression';
import cookieParser from 'cookie-parser';
import type { RequestListener } from 'node:http';
import express from 'express';
import type { Express, Request, Response } from 'express';
import { pinoHttp } from 'pino-http';
import { readSignedIn, renewSession, signedInAgain } from './accounts/sessions.service.ts';
import { accountsPages } from './accounts/accounts.pages.ts';
import { addAccountsApi } from './accounts/accounts.routes.ts';
import { securityPages } from './accounts/security.pages.ts';
import { addSecurityApi } from './accounts/security.routes.ts';
import { factorsPages } from './accounts/factors.pages.ts';
import { addFactorsApi } from './accounts/factors.routes.ts';
import { proveSecondFactor } from './accounts/factors.service.ts';
import { resetsPages } from './accounts/resets.pages.ts';
import { addResetsApi } from './accounts/resets.routes.ts';
import { provePassword } from './accounts/passwords.service.ts';
import { addUnitsApi } from './units/units.routes.ts';
import { renewalsPages } from './renewals/renewals.pages.ts';
import { addRenewalsApi } from './renewals/renewals.routes.ts';
import { addScoreCardsApi, scoreCardsPages } from './scorecards/scorecards.routes.ts';
import { addProtocolsApi, protocolsPages } from './protocols/protocols.routes.ts';
import { addProducersApi, producersPages } from './producers/producers.routes.ts';
import { addMembersApi, membersPages } from './members/members.routes.ts';
import { addSitesApi, sitesPages } from './sites/sites.routes.ts';
import { addProductsApi, productsPages } from './products/products.routes.ts';
import { addCertificatesApi, certificatesPages } from './certificates/certificates.routes.ts';
import { materialsPages } from './materials/materials.pages.ts';
import { addMaterialsApi } from './materials/materials.routes.ts';
import { batchesPages } from './batches/batches.pages.ts';
import { addBatchesApi } from './batches/batches.routes.ts';
import { stepsPages } from './steps/steps.pages.ts';
import { addStepsApi } from './steps/steps.routes.ts';
import { addRecallsApi } from './recalls/recalls.routes.ts';
import { labelsPages } from './labels/labels.pages.ts';
import { addLabelsApi } from './labels/labels.routes.ts';
import { systemPages } from './system/system.routes.ts';
import { addScansApi, scansPages } from './scans/scans.routes.ts';
import { addTraceApi, tracePages } from './trace/trace.routes.ts';
import { reportsPages } from './reports/reports.pages.ts';
import { addReportsApi } from './reports/reports.routes.ts';
import { linksPages } from './links/links.routes.ts';
import { addCatalogApi, catalogPages } from './catalog/catalog.routes.ts';
import { openScanDesk } from './trace/trace.scan.routes.ts';
import type { ScanDesk } from './trace/trace.scan.routes.ts';
import { scanShortcut } from './trace/trace.shortcut.routes.ts';
import { addImportsApi, importsPages } from './imports/imports.routes.ts';
import { dashboardPages } from './dashboard/dashboard.routes.ts';
import { personalPages } from './personal/personal.pages.ts';
import { addPersonalApi } from './personal/personal.routes.ts';
import { operationGate, pageGate, passwordGate } from './access.ts';
import type { Deps } from './deps.ts';
import { prepareFiles } from './files/files.ts';
import { takeActing } from './http/acting.ts';
import { createApi } from './http/api.ts';
import type { Api } from './http/api.ts';
import { loadAssets } from './http/assets.ts';
import { answerError, answerNotFound } from './http/error-page.ts';
import { chooseLanguage } from './http/language.ts';
import { checkOrigin } from './http/origin-check.ts';
import { headersOf, securityHeaders } from './http/security-headers.ts';
import { takeProofs } from './http/prove-again.ts';
import type { Proofs } from './http/prove-again.ts';
import { withShortcut } from './http/shortcut.ts';
import { readActor } from './http/sign-in.ts';
import { loadViews } from './http/views.ts';
import { errorForLog } from './log.ts';
import { apiBase } from './paths.ts';
import { projectFolder } from './project-root.ts';

const bodyLimit = '100kb';

// body-parser writes a status on what is thrown here, which an AppError refuses: the error page knows this one by its type.
const requireUtf8 = (_req: unknown, _res: unknown, bytes: Buffer): void => {
  if (!isUtf8(bytes)) throw Object.assign(new Error('the body is not UTF-8'), { type: 'not-utf8' });
};

const requestLog = (deps: Deps) =>
  pinoHttp({
    logger: deps.log,
    genReqId: () => randomUUID(),
    customLogLevel: (_req, res, error) => (error !== undefined || res.statusCode >= 500 ? 'error' : 'debug'),
    wrapSerializers: false,
    // Addresses may hold one-time tokens, headers hold cookies: neither is written.
    serializers: {
      req: (req: { id: string; method: string }) => ({ id: req.id, method: req.method }),
      res: (res: { statusCode: number }) => ({ status: res.statusCode }),
      err: (error: unknown) => errorForLog(error),
    },
  });

const readBodies = [
  express.json({ limit: bodyLimit, verify: requireUtf8 }),
  express.urlencoded({ limit: bodyLimit, extended: false, parameterLimit: 200, verify: requireUtf8 }),
];

/** Registers the operations of every feature. */
export function addFeatureApis(api: Api, deps: Deps): void {
  addAccountsApi(api, deps);
  addSecurityApi(api, deps);
  addFactorsApi(api, deps);
  addResetsApi(api, deps);
  addUnitsApi(api, deps);
  addRenewalsApi(api, deps);
  addScoreCardsApi(api, deps);
  addProtocolsApi(api, deps);
  addProducersApi(api, deps);
  addMembersApi(api, deps);
  addSitesApi(api, deps);
  addProductsApi(api, deps);
  addCertificatesApi(api, deps);
  addMaterialsApi(api, deps);
  addBatchesApi(api, deps);
  addStepsApi(api, deps);
  addRecallsApi(api, deps);
  addLabelsApi(api, deps);
  addScansApi(api, deps);
  addTraceApi(api, deps);
  addCatalogApi(api, deps);
  addImportsApi(api, deps);
  addPersonalApi(api, deps);
  addReportsApi(api, deps);
}

const addFeatures = (app: Express, api: Api, deps: Deps, desk: ScanDesk): void => {
  prepareFiles(deps.db, deps.fileLimits);
  addFeatureApis(api, deps);
  app.use(apiBase, api.router);
  app.use(systemPages(deps, api.operations));
  app.use(accountsPages(deps));
  app.use(securityPages(deps));
  app.use(factorsPages(deps));
  app.use(resetsPages(deps));
  app.use(renewalsPages(deps));
  app.use(scoreCardsPages(deps));
  app.use(protocolsPages(deps));
  app.use(producersPages(deps));
  app.use(membersPages(deps));
  app.use(sitesPages(deps));
  app.use(productsPages(deps));
  app.use(certificatesPages(deps));
  app.use(materialsPages(deps));
  app.use(batchesPages(deps));
  app.use(stepsPages(deps));
  app.use(labelsPages(deps));
  app.use(reportsPages(deps));
  app.use(scansPages(deps));
  app.use(tracePages(deps, desk));
  app.use(linksPages(deps));
  app.use(catalogPages(deps));
  app.use(importsPages(deps));
  app.use(personalPages(deps));
  app.use(dashboardPages(deps));
};

const proofsOf = ({ db, keys, clock }: Deps): Proofs => ({
  password: async (signedIn, typed) => {
    await provePassword(db, keys.sessionKey, signedIn, typed, clock());
    return signedInAgain(db, signedIn.sessionId, clock());
  },
  code: async (signedIn, typed) => {
    await proveSecondFactor(db, keys, signedIn, typed, clock());
    return signedInAgain(db, signedIn.sessionId, clock());
  },
});

/** `handle` answers requests; `usual` is the same without the shortcut. `close` writes what is only in memory. */
export type App = { handle: RequestListener; usual: RequestListener; close(): Promise<void> };

/** The whole application over an open store. Listening is the caller's. */
export function createApp(deps: Deps): App {
  const app = express();
  const api = createApi({ clock: deps.clock, gate: operationGate(deps.db) });
  const assets = loadAssets({
    '': projectFolder('public'),
    'leaflet/': projectFolder('node_modules/leaflet/dist'),
    // Only what reads codes: the script and its WebAssembly.
    'zxing/iife/reader/': projectFolder('node_modules/zxing-wasm/dist/iife/reader'),
    'zxing/reader/': projectFolder('node_modules/zxing-wasm/dist/reader'),
  });
  const views = loadViews(projectFolder('views'), (name) => assets.url(name));
  app.locals['views'] = views;
  app.locals['operations'] = api.operations;
  app.locals['apiRouter'] = api.router;
  app.disable('x-powered-by');
  app.set('trust proxy', deps.trustedProxies);
  app.set('query parser', 'simple');
  const onEveryAnswer = securityHeaders({ styles: views.styles, baseUrl: deps.baseUrl });
  const desk = openScanDesk(deps, views);
  app.use(requestLog(deps), onEveryAnswer);
  app.use((req: Request, res: Response, next) => {
    res.set('X-Request-Id', typeof req.id === 'string' ? req.id : '');
    next();
  });
  app.use(compression(), assets.router);
  app.use(cookieParser(), chooseLanguage, checkOrigin);
  app.use(
    readActor({
      read: (accessToken) => readSignedIn(deps.db, deps.keys.sessionKey, accessToken, deps.clock()),
      renew: (refreshToken) => renewSession(deps.db, deps.keys.sessionKey, refreshToken, deps.clock()),
    }),
  );
  app.use(takeActing, pageGate(deps.db));
  app.use(...readBodies, takeProofs(proofsOf(deps)), passwordGate(deps.clock));
  addFeatures(app, api, deps, desk);
  app.use(answerNotFound);
  app.use(answerError(deps.log, deps.authority));
  const handle = withShortcut(app, scanShortcut(desk, deps.placeOf ?? (() => '')), {
    headers: headersOf(onEveryAnswer),
    log: deps.log,
  });
  return { handle, usual: app, close: () => desk.close() };
}
