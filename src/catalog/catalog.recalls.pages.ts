// Recalls for everybody: the page, and the same as Atom and JSON Feed. Read again each time: a recall is never served from a stale copy.
import type { Request, Response, Router } from 'express';
import type { Deps } from '../deps.ts';
import { languageOf } from '../http/language.ts';
import { sendPage } from '../http/pages.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { publicRecalls } from '../recalls/recalls.public.service.ts';
import { recallQuery } from './catalog.input.ts';
import { recallsAtom, recallsJson, recallsView } from './catalog.recalls.view.ts';
import { setCaching } from './catalog.caching.ts';

const pageSize = 20;
const feedSize = 50;

const sendList =
  ({ db, clock, baseUrl }: Deps) =>
  async (req: Request, res: Response): Promise<void> => {
    setCaching(res);
    const language = languageOf(res);
    const query = recallQuery.parse({ ...req.query });
    const list = await publicRecalls(db, { ...query, limit: pageSize });
    const title = t(language, 'catalog.recalls.title');
    sendPage(req, res, 'catalog/recalls', recallsView(language, list, query, clock()), {
      title,
      layout: 'catalog',
      sample: list.items.length > 0 && list.items.every(({ sample }) => sample),
      meta: {
        url: `${baseUrl}${paths.recalls}`,
        hasLanguages: true,
        description: t(language, 'catalog.recalls.intro'),
        feeds: [
          { type: 'application/atom+xml', title, href: paths.recallsAtom },
          { type: 'application/feed+json', title, href: paths.recallsJson },
        ],
      },
    });
  };

const newest = async ({ db }: Deps) => (await publicRecalls(db, { limit: feedSize })).items;

/** Adds the page and its feeds. */
export function addRecallPages(pages: Router, deps: Deps): void {
  pages.get(paths.recalls, sendList(deps));
  pages.get(paths.recallsAtom, async (_req, res) => {
    setCaching(res);
    const atom = recallsAtom(languageOf(res), deps.baseUrl, await newest(deps));
    res.type('application/atom+xml').send(atom);
  });
  pages.get(paths.recallsJson, async (_req, res) => {
    setCaching(res);
    const feed = recallsJson(languageOf(res), deps.baseUrl, await newest(deps));
    res.type('application/feed+json').send(JSON.stringify(feed));
  });
}
