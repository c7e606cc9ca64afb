// /share/{key}-{version}.png: the picture of a product's shared address. Kept for long under the version that its address names.
import type { Router } from 'express';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { shareVersion } from './trace.meta.view.ts';
import { findProductPage } from './trace.product.service.ts';
import { drawShareImage } from './trace.share.image.ts';
import { placeWords, producerName } from './trace.words.view.ts';

/** Most pictures kept in memory; each is some ten kilobytes. */
const mostKept = 200;

export function addSharePages(pages: Router, deps: Deps): void {
  const kept = new Map<string, Promise<Buffer>>();
  pages.get(/^\/share\/[a-z0-9]{10}-[0-9-]{1,40}\.png$/, async (req, res) => {
    const [key = '', asked = ''] = /^\/share\/([a-z0-9]{10})-([0-9-]+)\.png$/.exec(req.path)?.slice(1) ?? [];
    const facts = await findProductPage(deps.db, key, deps.clock());
    if (facts === undefined) throw new AppError('product-not-found');
    const version = shareVersion(facts);
    if (asked !== version) {
      res.set('Cache-Control', 'no-cache').redirect(302, paths.shareImage(key, version));
      return;
    }
    const name = `${key}-${version}`;
    const drawn =
      kept.get(name) ??
      drawShareImage({
        name: facts.product.name,
        producer: producerName('vi', facts),
        place: placeWords('vi', facts.producer.address),
        sample: facts.sample ? t('vi', 'common.sample') : '',
      });
    kept.set(name, drawn);
    if (kept.size > mostKept) kept.delete([...kept.keys()][0] ?? '');
    drawn.catch(() => kept.delete(name));
    res
      .set('Cache-Control', 'public, max-age=604800')
      .type('png')
      .send(await drawn);
  });
}
