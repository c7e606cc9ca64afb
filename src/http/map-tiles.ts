// Background tiles of another host, only where the operator names one, and only on pages with a map.
import type { Response } from 'express';

/** `url` has {z}, {x} and {y}; `attribution` is what its owner wants to be read beside it, or ''. */
export type MapTiles = { url: string; attribution: string };

/** What a template needs of them; all '' where there are none. */
export type ShownTiles = { url: string; host: string; attribution: string };

/** Lets this page show pictures of the host of the tiles, and tells the template of them. */
export function allowTiles(res: Response, tiles: MapTiles | undefined): ShownTiles {
  if (tiles === undefined) return { url: '', host: '', attribution: '' };
  const { origin, host } = new URL(tiles.url);
  const policy = res.getHeader('Content-Security-Policy');
  if (typeof policy === 'string')
    res.set('Content-Security-Policy', policy.replace("img-src 'self'", `img-src 'self' ${origin}`));
  return { ...tiles, host };
}
