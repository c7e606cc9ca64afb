// Sites as maps for other programs (GeoJSON, longitude first), and the communes that are drawn behind them.
import type { Response } from 'express';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { recordId } from '../fields.ts';
import { addOperation } from '../http/api.ts';
import type { Api } from '../http/api.ts';
import { producerFor } from '../producers/producers.service.ts';
import { backgroundFor } from './sites.place.service.ts';
import { everySite, siteAndProducer } from './sites.service.ts';
import { backgroundJson, siteFeature } from './sites.geojson.view.ts';

const tag = 'sites';
const geoJson = 'application/geo+json';
const ofProducer = z.object({ producer: recordId });

const start = (res: Response, fileName: string): void => {
  res.type(geoJson).set('Cache-Control', 'no-store');
  res.set('Content-Disposition', `attachment; filename="${fileName}.geojson"`);
};

/** The exports come before what reads `/sites/:site`, which would take the ending for a part of the id. */
export function addSiteMaps(api: Api, { db }: Deps): void {
  addOperation(
    api,
    {
      id: 'readSiteMap',
      method: 'get',
      path: '/sites/:site.geojson',
      tag,
      summary: { vi: 'Một vùng sản xuất dạng GeoJSON', en: 'A production site as GeoJSON' },
      access: 'signed-in',
      params: z.object({ site: recordId }),
      answers: { 200: geoJson },
      errors: ['site-not-found'],
    },
    async ({ actor, params, res }) => {
      const { site, producer } = await siteAndProducer(db, actor, params.site);
      start(res, site.id);
      res.send(JSON.stringify(siteFeature(site, producer)));
      return undefined;
    },
  );

  addOperation(
    api,
    {
      id: 'readSitesMap',
      method: 'get',
      path: '/producers/:producer/sites.geojson',
      tag,
      summary: {
        vi: 'Mọi vùng sản xuất của một chủ thể dạng GeoJSON',
        en: 'All production sites of a producer as GeoJSON',
      },
      access: 'signed-in',
      params: ofProducer,
      answers: { 200: geoJson },
      errors: ['producer-not-found'],
    },
    async ({ actor, params, res }) => {
      const producer = await producerFor(db, actor, params.producer);
      start(res, producer.id);
      let before = '{"type":"FeatureCollection","features":[';
      for await (const sites of everySite(db, actor, producer.id)) {
        res.write(before + sites.map((site) => JSON.stringify(siteFeature(site, producer))).join(','));
        before = ',';
      }
      res.end(']}');
      return undefined;
    },
  );

  addOperation(
    api,
    {
      id: 'readSitesBackground',
      method: 'get',
      path: '/producers/:producer/communes.geojson',
      tag,
      summary: {
        vi: 'Ranh các xã trong tỉnh của chủ thể, giản lược, để vẽ nền',
        en: 'Outlines of the communes of the producer’s province, thinned, to draw behind its sites',
      },
      access: 'signed-in',
      params: ofProducer,
      answers: { 200: geoJson },
      errors: ['producer-not-found'],
    },
    async ({ actor, params, res }) => {
      const background = await backgroundFor(db, actor, params.producer);
      res.type(geoJson).set('Cache-Control', 'private, max-age=3600');
      res.send(JSON.stringify(backgroundJson(background)));
      return undefined;
    },
  );
}
