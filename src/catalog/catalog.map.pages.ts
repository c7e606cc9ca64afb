// /map: where products come from, as a drawing and a list; /map.geojson: the same for a map that moves.
import type { Router } from 'express';
import type { Deps } from '../deps.ts';
import { languageOf } from '../http/language.ts';
import { allowTiles } from '../http/map-tiles.ts';
import { sendPage } from '../http/pages.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { setNames } from '../products/products.sets.service.ts';
import { setCaching } from './catalog.caching.ts';
import { mapQuery } from './catalog.input.ts';
import { openCensus } from './catalog.map.census.service.ts';
import { mapFacts } from './catalog.map.service.ts';
import { mapGeoJson, mapTitle, mapView } from './catalog.map.view.ts';

export function addMapPages(pages: Router, deps: Deps): void {
  const book = openCensus(deps);

  pages.get(paths.map, async (req, res) => {
    setCaching(res);
    const language = languageOf(res);
    const query = mapQuery.parse({ ...req.query });
    const [facts, sets] = await Promise.all([mapFacts(deps.db, book, query, deps.clock()), setNames(deps.db)]);
    const view = { ...mapView(language, facts, query, sets), tiles: allowTiles(res, deps.mapTiles) };
    sendPage(req, res, 'catalog/map', view, {
      title: mapTitle(language, facts),
      layout: 'map',
      meta: { url: `${deps.baseUrl}${paths.map}`, hasLanguages: true, description: t(language, 'catalog.map.intro') },
    });
  });

  pages.get(paths.mapGeoJson, async (req, res) => {
    setCaching(res);
    const query = mapQuery.parse({ ...req.query });
    const facts = await mapFacts(deps.db, book, { ...query, commune: undefined }, deps.clock());
    res.type('application/geo+json').send(JSON.stringify(mapGeoJson(languageOf(res), facts, query)));
  });
}
