// The reference folder: real input that lies beside the project and is never copied into it. Named here only.
import { existsSync } from 'node:fs';
import path from 'node:path';

const projectRoot = path.resolve(import.meta.dirname, '../..');
const referenceDir = path.resolve(projectRoot, process.env['REFERENCE_DIR'] ?? '../shared');

/** Titles of tests that were skipped because the reference folder is absent; any other pending test fails the run. */
export const skippedForReference = new Set<string>();

/** Absolute path of a file of the reference folder, or undefined where it is absent. */
export function referenceFile(relativePath: string): string | undefined {
  const file = path.join(referenceDir, relativePath);
  return existsSync(file) ? file : undefined;
}

/** Same, but skips the running test with one printed line when the file is absent. */
export function skipWithoutReference(context: Mocha.Context, relativePath: string): string {
  const file = referenceFile(relativePath);
  if (file !== undefined) return file;
  const title = context.test?.fullTitle() ?? 'a test';
  skippedForReference.add(title);
  console.log(`skipped without the reference folder (${relativePath}): ${title}`);
  return context.skip();
}
