// Walks the site as a person would: from the first pages of each kind of caller along every link of ours.
import { lotCode } from '../../src/labels/labels.printing.rules.ts';
import type { Actor } from '../../src/actor.ts';
import { people } from '../../src/sample/sample.records.ts';
import { loadSample, sampleRun } from '../../src/sample/sample.service.ts';
import type { TestApp } from './app.ts';

export type Walked = { caller: string; path: string; status: number; text: string; headers: Headers };

const startPages = ['/', '/check', '/privacy', '/sign-in', '/score-cards', '/protocols', '/api/docs', '/nothing-here'];
const ownPages = ['/app', '/office', '/admin'];

/** What an address is about, whatever record it is of: two addresses of one shape are one page. */
const shapeOf = (path: string): string =>
  path
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')
    .replace(/\/T\/[^/?]+/, '/T/:code')
    .replace(/[?&]lang=\w+/, '')
    .replace(/=[^&]*/g, '=');

const linksIn = (html: string): string[] =>
  [...html.matchAll(/\shref="(\/[^"#]*)/g)]
    .map(([, href = '']) => href.replaceAll('&amp;', '&'))
    .filter((href) => !href.startsWith('/assets/') && !href.startsWith('//'));

const walkAs = async (app: TestApp, caller: string, actor: Actor | undefined, from: string[]): Promise<Walked[]> => {
  const client = app.as(actor);
  const queue = [...from];
  const seen = new Map<string, number>();
  const walked: Walked[] = [];
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const shape = shapeOf(path);
    const times = seen.get(shape) ?? 0;
    // Two records of each kind of page: a full one and one that lacks something, as often as not.
    if (times >= 2) continue;
    seen.set(shape, times + 1);
    const { status, text, headers } = await client.page(path);
    if (!(headers.get('content-type') ?? '').startsWith('text/html')) {
      if (status >= 300 && status < 400) queue.push(headers.get('location') ?? '/');
      continue;
    }
    walked.push({ caller, path, status, text, headers });
    const next = status >= 300 && status < 400 ? [headers.get('location') ?? '/'] : linksIn(text);
    queue.push(...next.filter((href) => href.startsWith('/')));
  }
  return walked;
};

/** Every page that a stranger and each person of the sample comes to along links, in Vietnamese. */
export async function walkEveryPage(app: TestApp): Promise<Walked[]> {
  await loadSample(app.deps);
  const run = await sampleRun(app.deps);
  const scan = run === undefined ? [] : [`/T/${lotCode(run, app.deps.keys.codeKey)}`];
  const walked = await walkAs(app, 'stranger', undefined, [...startPages, ...scan]);
  for (const [name, person] of Object.entries(people)) walked.push(...(await walkAs(app, name, person, ownPages)));
  return walked;
}
