// The import as a command: its arguments, and what it does and prints. Whoever sits at the machine acts as its operator.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../actor.ts';
import type { Db } from '../db/connect.ts';
import { importKinds } from '../importing/importing.types.ts';
import type { ImportKind } from '../importing/importing.types.ts';
import { importers } from './imports.kinds.service.ts';
import { lookAt, planImport } from './imports.service.ts';
import { storeImport } from './imports.storing.service.ts';
import { dryText, foundText, refusedText, storedText } from './imports.text.view.ts';

/** The person at the machine, as the audit log names them. */
export const operator: Actor = {
  userId: '00000000-0000-7000-8000-000000000001',
  name: '',
  roles: [{ kind: 'admin' }],
};

export type ImportCommand = { kind: ImportKind; file: string; dryRun: boolean; skipFaulty: boolean };

const isKind = (word: string | undefined): word is ImportKind => importKinds.some((kind) => kind === word);

const options = { 'dry-run': { type: 'boolean' }, 'skip-faulty': { type: 'boolean' } } as const;

/** The command of `KIND FILE [--dry-run] [--skip-faulty]`; undefined when it is written in another way. */
export function readCommand(args: readonly string[]): ImportCommand | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    const [kind, file, ...more] = positionals;
    if (!isKind(kind) || file === undefined || more.length > 0) return undefined;
    return { kind, file, dryRun: values['dry-run'] ?? false, skipFaulty: values['skip-faulty'] ?? false };
  } catch {
    // An option that does not exist.
    return undefined;
  }
}

/**
 * Looks at the file and, unless told otherwise, stores it as a run of the operator's. Prints the report. Returns the exit code: 1 when the file
 * can't be read or has wrong rows that were not left out by choice.
 */
export async function runCommand(
  db: Db,
  { kind, file, dryRun, skipFaulty }: ImportCommand,
  bytes: Buffer,
  clock: () => Date,
  print: (text: string) => void,
): Promise<0 | 1> {
  const name = path.basename(file).normalize('NFC').slice(0, 200);
  const plan = await lookAt(db, importers[kind], { name, bytes });
  print(foundText(plan));
  if (plan.faults.length > 0) return 1;
  const { faulty } = plan.counts;
  const mayStore = faulty === 0 || skipFaulty;
  if (dryRun) print(dryText());
  else if (!mayStore) print(refusedText(faulty));
  else {
    const run = await planImport(db, operator, { id: uuidv7(), kind, name }, bytes, clock());
    print(storedText((await storeImport(db, operator, run.id, { skipFaulty }, clock())).stored));
  }
  return mayStore ? 0 : 1;
}
