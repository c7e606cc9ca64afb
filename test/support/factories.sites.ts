// A site through the service, as a person of the producer marks it.
import type { Actor } from '../../src/actor.ts';
import { newSite } from '../../src/sites/sites.input.ts';
import { createSite } from '../../src/sites/sites.service.ts';
import type { Site } from '../../src/sites/sites.types.ts';
import type { TestApp } from './app.ts';
import { aProducerUser, uuidv7 } from './factories.ts';

/** A square of about 100 m near La Hiên, Thái Nguyên; longitude first, counterclockwise, closed. */
export const squareNearLaHien = [
  [105.93, 21.72],
  [105.931, 21.72],
  [105.931, 21.721],
  [105.93, 21.721],
  [105.93, 21.72],
];

/** What the API is sent to mark an orchard. */
export function newSiteJson(parts: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: uuidv7(),
    name: 'Vườn na đầu xóm',
    kind: 'orchard',
    geometry: { type: 'Polygon', coordinates: [squareNearLaHien] },
    communeCode: '05740',
    communeName: 'Xã La Hiên',
    ...parts,
  };
}

/** An orchard of the producer. */
export async function aSite(
  app: TestApp,
  options: { producerId: string; owner?: Actor; parts?: Record<string, unknown> },
): Promise<Site> {
  const owner = options.owner ?? aProducerUser(options.producerId);
  return createSite(app.db, owner, options.producerId, newSite.parse(newSiteJson(options.parts)), app.deps.clock());
}
