// Answers that are pages: the frame around a view, forms that come back with what was typed, and who is signed in.
import type { Request, Response } from 'express';
import { isAdmin } from '../actor.ts';
import type { Actor } from '../actor.ts';
import { AppError } from '../errors.ts';
import type { FieldErrors } from '../errors.ts';
import { formatDay } from '../i18n/format.ts';
import { hasText, t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { mayAnywhere } from '../powers.ts';
import { paths } from '../paths.ts';
import { languageOf, otherLanguageUrl } from './language.ts';
import type { PageMeta } from './page-meta.ts';
import type { PageFrame, Views } from './views.ts';

/** The signed-in person, or undefined. */
export function actorOf(res: Response): Actor | undefined {
  return res.locals['actor'] as Actor | undefined;
}

/**
 * The signed-in person. Throws 'not-signed-in' (the error page sends a browser to the sign-in page and back), and 'second-factor-needed' to
 * whoever has still to show it: an official with a password alone.
 */
export function requireActor(res: Response): Actor {
  const actor = actorOf(res);
  if (actor === undefined)
    throw new AppError(res.locals['signedIn'] === undefined ? 'not-signed-in' : 'second-factor-needed');
  return actor;
}

/** Which menu the person has: the producers' bottom bar, the officers' or the administrator's. */
const menuOf = (actor: Actor | undefined): PageFrame['menu'] => {
  if (actor === undefined) return '';
  if (mayAnywhere(actor, 'record-step')) return 'producer';
  if (mayAnywhere(actor, 'work-in-office')) return 'office';
  return isAdmin(actor) ? 'admin' : '';
};

/** The item of the menu that an address belongs to: the bottom bar's five, the office's three, or ''. */
const sectionOf = (path: string): PageFrame['section'] => {
  if (/^\/office\/reports/.test(path)) return 'reports';
  if (/^\/office(\/|$)/.test(path))
    return /^\/office\/(producers|sites|products)/.test(path) ? 'producers' : 'certificates';
  if (!/^\/app(\/|$)/.test(path)) return '';
  if (/^\/app\/?$/.test(path)) return 'home';
  if (/^\/app\/(record|steps)|\/steps(\/|$)/.test(path)) return 'record';
  if (/^\/app\/label|\/labels(\/|$)/.test(path)) return 'labels';
  return path.startsWith('/app/batches') ? 'batches' : 'me';
};

export type PageOptions = {
  title: string;
  layout?: string;
  sample?: boolean;
  status?: number;
  meta?: PageMeta;
  refreshSeconds?: number;
};

/** Renders `views/<view>.hbs` in its layout ('app' unless said otherwise) and sends it. */
export function sendPage(req: Request, res: Response, view: string, data: object, options: PageOptions): void {
  const language = languageOf(res);
  const frame: PageFrame = {
    language,
    otherLanguageUrl: otherLanguageUrl(req, language),
    title: options.title,
    layout: options.layout ?? 'app',
    actorName: actorOf(res)?.name ?? '',
    changeHref: actorOf(res)?.actingFor === undefined ? '' : paths.appHouseholds,
    menu: menuOf(actorOf(res)),
    section: sectionOf(req.path),
    sample: options.sample ?? false,
    saveData: req.get('save-data') === 'on',
    meta: options.meta,
    refreshSeconds: options.refreshSeconds ?? 0,
  };
  const views = req.app.locals['views'] as Views;
  res
    .status(options.status ?? 200)
    .type('html')
    .send(views.render(view, data, frame));
}

/** A form as a template shows it: what was typed, one sentence per faulty field, and what the summary on top says. */
export type FormState = {
  values: Record<string, string>;
  errors: Record<string, string>;
  /** Every faulty field with its name ('' when it has none) and what is wrong. */
  summary: { field: string; label: string; message: string }[];
  /** What is wrong with the whole, or ''. */
  alert: string;
};

const flatten = (prefix: string, value: unknown, into: Record<string, string>): void => {
  if (value === null || value === undefined) return;
  if (typeof value === 'object' && !Array.isArray(value)) {
    for (const [name, inner] of Object.entries(value)) flatten(prefix === '' ? name : `${prefix}.${name}`, inner, into);
  } else {
    const texts = [value].flat().map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
    into[prefix] = texts.join(',');
  }
};

/** The sentence for one faulty field. */
export function fieldMessage(
  language: Language,
  error: { code: string; facts?: Record<string, string | number> },
): string {
  return t(language, `fields.${error.code}`, error.facts);
}

const isDay = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);

/** The sentence of an error in one language; days among its facts are written as people write them. */
export function errorMessage(language: Language, error: AppError): string {
  const facts = Object.fromEntries(
    Object.entries(error.facts).map(([name, value]) => [name, isDay(value) ? formatDay(language, value) : value]),
  );
  return t(language, `errors.${error.code}`, facts);
}

/**
 * Form state from what was typed (a body, or prefilled values) and what is wrong with it. `names` are all fields of the form, so that strict
 * templates find each. `fieldWords` is the i18n key under which the fields' names are (`batches.fields`), for the summary on top.
 */
export function formState(
  language: Language,
  names: readonly string[],
  typed: unknown = {},
  errors: FieldErrors = {},
  fieldWords = '',
): FormState {
  const values: Record<string, string> = Object.fromEntries(names.map((name) => [name, '']));
  flatten('', typed, values);
  const messages: Record<string, string> = Object.fromEntries(names.map((name) => [name, '']));
  const summary: FormState['summary'] = [];
  for (const [field, error] of Object.entries(errors)) {
    const message = fieldMessage(language, error);
    const words = `${fieldWords}.${field}`;
    messages[field] = message;
    summary.push({ field, label: fieldWords !== '' && hasText(language, words) ? t(language, words) : '', message });
  }
  return { values, errors: messages, summary, alert: '' };
}
