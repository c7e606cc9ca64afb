// The importers of all kinds of lists, by kind.
import type { Importer, ImportKind } from '../importing/importing.types.ts';
import { protocolsImporter } from '../protocols/protocols.service.ts';
import { scoreCardsImporter } from '../scorecards/scorecards.service.ts';
import { outlinesImporter, unitsImporter } from '../units/units.import.service.ts';
import { recognitionsImporter } from './imports.recognitions.service.ts';

export type Importers = Readonly<Record<ImportKind, Importer<unknown>>>;

/** Each kind of list and who reads, compares and stores it. */
export const importers: Importers = {
  recognitions: recognitionsImporter,
  units: unitsImporter,
  outlines: outlinesImporter,
  'score-cards': scoreCardsImporter,
  protocols: protocolsImporter,
};
