// The list of an application's routes, as Express has them: what tests hold to the tables of route-rules.ts.
import type { Express } from 'express';

/** `path` as it was registered; a pattern as its source between slashes. */
export type Route = { method: string; path: string };

type Layer = {
  route?: { path: string | RegExp | (string | RegExp)[]; methods: Record<string, boolean> };
  handle?: { stack?: Layer[] };
};

const routesIn = (stack: readonly Layer[], leftOut?: unknown): Route[] =>
  stack.flatMap((layer) => {
    if (layer.handle === leftOut) return [];
    if (layer.route === undefined) return routesIn(layer.handle?.stack ?? [], leftOut);
    const { path, methods } = layer.route;
    return [path]
      .flat()
      .flatMap((one) => Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path: String(one) })));
  });

/** The routes outside the API: pages, forms, files, probes. */
export function pageRoutes(app: Express): Route[] {
  const { stack } = app.router as unknown as { stack: Layer[] };
  return routesIn(stack, app.locals['apiRouter']);
}

/** The routes of the API, below its base. */
export function apiRoutes(app: Express): Route[] {
  return routesIn((app.locals['apiRouter'] as { stack: Layer[] }).stack);
}
