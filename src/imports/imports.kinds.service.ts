// The importers of all kinds of lists, by kind.
import type { Importer, ImportKind } from '../importing/importing.types.ts';
import { scoreCardsImporter } from '../scorecards/scorecards.service.ts';
import { outlinesImporter, unitsImporter } from '../units/units.import.service.ts';
import { recognitionsImporter } from './imports.recognitions.service.ts';

export type Importers = Readonly<Record<ImportKind, Importer<unknown>>>;

const protocolsImporter: Importer<never> = {
  kind: 'protocols',
  read: () => Promise.resolve({ rows: [], faults: [{ column: '', code: 'other', facts: { code: 'protocols' } }] }),
  compare: () => Promise.resolve([]),
  store: () => Promise.resolve(),
};

/** Each kind of list and who reads, compares and stores it. */
export const importers: Importers = {
  recognitions: recognitionsImporter,
  units: unitsImporter,
  outlines: outlinesImporter,
  'score-cards': scoreCardsImporter,
  protocols: protocolsImporter,
};
