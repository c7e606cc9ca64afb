// Handlebars, strict: every template is compiled at start, and a name that the view did not give throws instead of leaving a hole.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import Handlebars from 'handlebars';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { inlineCss } from './inline-css.ts';
import { scriptSafeJson } from './page-meta.ts';
import type { PageMeta } from './page-meta.ts';

/** What every page gets beside its own data. */
export type PageFrame = {
  language: Language;
  /** The same page in the other language. */
  otherLanguageUrl: string;
  title: string;
  /** Path of the layout under views/layouts, without ending. */
  layout: string;
  /** Signed-in person's shown name, or ''. */
  actorName: string;
  /** Where to choose for whom one records, or ''. */
  changeHref?: string;
  menu: 'producer' | 'office' | 'admin' | '';
  /** The item of the producers' or the office's menu that the page belongs to. */
  section: 'home' | 'record' | 'batches' | 'labels' | 'me' | 'certificates' | 'producers' | 'reports' | '';
  /** Sample strip on top of the page. */
  sample: boolean;
  /** True when the reader asked to save data: web fonts are left out. */
  saveData: boolean;
  /** What the page says of itself to search engines and to who shares it; undefined for pages that nobody shares. */
  meta?: PageMeta | undefined;
  /** The page comes again after so many seconds where scripts don't run; 0 for never. */
  refreshSeconds?: number;
};

export type Views = {
  render(view: string, data: object, frame: PageFrame): string;
  /** A piece of a page, without layout. */
  fragment(view: string, data: object, language: Language): string;
  /** The contents of every style element that a template may print, for the policy that allows these and no others. */
  styles: readonly string[];
};

type Template = (context: object, options: Handlebars.RuntimeOptions) => string;

const templateFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.hbs'))
    .sort();

const inlinedIn = (source: string): string[] =>
  [...source.matchAll(/\{\{inlineStyle '([^']+)'\}\}/g)].map(([, name = '']) => name);

const languageOf = (options: Handlebars.HelperOptions): Language =>
  (options.data as { root: { language: Language } }).root.language;

const registerHelpers = (engine: typeof Handlebars, assetUrl: (name: string) => string): void => {
  // {{t 'steps.saved' n=3}}: a text in the page's language.
  engine.registerHelper('t', (key: string, options: Handlebars.HelperOptions) =>
    t(languageOf(options), key, options.hash as Record<string, unknown>),
  );
  // {{asset 'css/app.css'}}: the address of a fixed file, with its content's fingerprint.
  engine.registerHelper('asset', (name: string) => assetUrl(name));
  // {{inlineStyle 'css/base.css'}}: a style element with the project's own style sheet, one element a file, so that the security policy can
  // name each by its hash.
  engine.registerHelper(
    'inlineStyle',
    (name: string) => new Handlebars.SafeString(`<style>${inlineCss(name)}</style>`),
  );
  // {{jsonLd data}} within a script element of data. With inlineStyle the only helper whose text is not escaped as HTML: it is escaped as JSON.
  engine.registerHelper('jsonLd', (data: unknown) => new Handlebars.SafeString(scriptSafeJson(data)));
  // {{#if (eq kind 'spray')}}
  engine.registerHelper('eq', (left: unknown, right: unknown) => left === right);
  // {{> icon name='check'}} draws from the sprite; missing values of optional fields print through {{or value ''}}.
  engine.registerHelper('or', (value: unknown, otherwise: unknown) =>
    value === undefined || value === null || value === '' ? otherwise : value,
  );
};

/**
 * Compiles all templates under `viewsDir`. Partials are `views/partials/<name>.hbs` (by name) and any other template whose file name begins
 * with `_` (by its path, `trace/_step`). A page is rendered into its layout, which prints it with {{{body}}}.
 */
export function loadViews(viewsDir: string, assetUrl: (name: string) => string): Views {
  const engine = Handlebars.create();
  registerHelpers(engine, assetUrl);
  const pages = new Map<string, Template>();
  const inlined = new Set<string>();
  for (const file of templateFiles(viewsDir)) {
    const name = file.slice(0, -'.hbs'.length).split(path.sep).join('/');
    const source = readFileSync(path.join(viewsDir, file), 'utf8');
    for (const style of inlinedIn(source)) inlined.add(style);
    const template = engine.compile(source, { strict: true, knownHelpersOnly: false, preventIndent: true });
    if (name.startsWith('partials/')) engine.registerPartial(name.slice('partials/'.length), template);
    else if (path.basename(name).startsWith('_')) engine.registerPartial(name, template);
    else pages.set(name, template);
  }
  const page = (name: string): Template => {
    const found = pages.get(name);
    if (found === undefined) throw new Error(`no view ${name}`);
    return found;
  };
  return {
    styles: [...inlined].sort().map(inlineCss),
    fragment(view, data, language) {
      const context = { language, ...data };
      return page(view)(context, { data: { root: context } });
    },
    render(view, data, frame) {
      const context = { meta: undefined, changeHref: '', ...frame, ...data };
      const body = page(view)(context, { data: { root: context } });
      const whole = { ...context, body };
      return page(`layouts/${frame.layout}`)(whole, { data: { root: whole } });
    },
  };
}
