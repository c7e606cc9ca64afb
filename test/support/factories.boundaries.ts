// The real outlines of the reference folder, stored as an administrator imports them.
import { readFile } from 'node:fs/promises';
import { outlinesImporter, unitsImporter } from '../../src/units/units.service.ts';
import type { TestApp } from './app.ts';
import { anAdmin } from './factories.ts';

const importFile = async (app: TestApp, importer: typeof outlinesImporter | typeof unitsImporter, file: string) => {
  const { rows } = await importer.read({ name: 'danh-muc.json', bytes: await readFile(file) });
  const values = rows.flatMap(({ value }) => value ?? []);
  await importer.store(app.db, anAdmin(), values as never, app.deps.clock());
};

/** Units and outlines from these files, as they lie in the reference folder. */
export async function realBoundaries(
  app: TestApp,
  files: { units: string; outlines: readonly string[] },
): Promise<void> {
  await importFile(app, unitsImporter, files.units);
  for (const file of files.outlines) await importFile(app, outlinesImporter, file);
}
