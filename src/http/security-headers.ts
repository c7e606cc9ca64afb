// Headers that tell a browser what a page of ours may do: run our scripts, show our styles and pictures, and nothing that was slipped in.
import { createHash } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';

/** How a policy names a style element by its content (CSP Level 3, 2.3.1). */
export function styleHash(css: string): string {
  return `'sha256-${createHash('sha256').update(css, 'utf8').digest('base64')}'`;
}

const oneYearSeconds = 365 * 24 * 3600;

// What a page may ask of the device: its place (a site's form) and its camera (reading a code). All else is off, also for whoever would frame us.
const permissions = [
  'accelerometer=()',
  'autoplay=()',
  'camera=(self)',
  'display-capture=()',
  'geolocation=(self)',
  'gyroscope=()',
  'magnetometer=()',
  'microphone=()',
  'payment=()',
  'usb=()',
].join(', ');

/**
 * `styles`: the contents of the style elements that our templates print; no other style element and no style attribute counts.
 * `baseUrl`: over https, browsers are told to come by https only from then on.
 */
export function securityHeaders({ styles, baseUrl }: { styles: readonly string[]; baseUrl: string }): RequestHandler[] {
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", ...styles.map(styleHash)],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    strictTransportSecurity: baseUrl.startsWith('https://')
      ? { maxAge: oneYearSeconds, includeSubDomains: false }
      : false,
    referrerPolicy: { policy: 'same-origin' },
  });
  const permissionsPolicy: RequestHandler = (_req, res, next) => {
    res.set('Permissions-Policy', permissions);
    next();
  };
  return [headers, permissionsPolicy];
}

/** What these handlers put on every answer, for those that are given before Express. They look at no request. */
export function headersOf(handlers: readonly RequestHandler[]): Record<string, string> {
  const headers: Record<string, string> = {};
  const set = (name: string, value: unknown): void => {
    headers[name] = String(value);
  };
  const res = { set, setHeader: set, removeHeader: () => undefined } as unknown as Response;
  for (const handle of handlers) {
    let passed: unknown = 'waiting';
    const result: unknown = handle({ headers: {} } as Request, res, (error?: unknown) => (passed = error));
    if (passed !== undefined || result instanceof Promise) throw new Error('a header depends on its request');
  }
  return headers;
}
