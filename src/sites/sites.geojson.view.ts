// Sites and communes as GeoJSON (RFC 7946): WGS 84, longitude first.
import type { Feature, FeatureCollection } from 'geojson';
import type { Producer } from '../producers/producers.types.ts';
import type { Site } from './sites.types.ts';

/** A site with its facts. Sample data says so, so that no file of it is taken for a true one. */
export function siteFeature(site: Site, producer: Pick<Producer, 'sample'>): Feature {
  const { id, geometry, closedOn, createdAt, ...facts } = site;
  return {
    type: 'Feature',
    id,
    properties: {
      ...facts,
      closedOn: closedOn ?? null,
      createdAt: createdAt.toISOString(),
      ...(producer.sample ? { note: 'DỮ LIỆU MẪU' } : {}),
    },
    geometry: { type: geometry.type, coordinates: geometry.coordinates } as Feature['geometry'],
  };
}

type Outlined = { code: string; name: string; polygons: number[][][][] };

export function backgroundJson(communes: readonly Outlined[]): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: communes.map(({ code, name, polygons }) => ({
      type: 'Feature',
      properties: { code, name },
      geometry: { type: 'MultiPolygon', coordinates: polygons },
    })),
  };
}
