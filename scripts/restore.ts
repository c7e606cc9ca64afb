// npm run restore -- FILE [--check] [--erasures FILE]: checks a backup, or brings it into the empty store of the settings and compares.
import { readFileSync } from 'node:fs';
import pino from 'pino';
import { finishRestore } from '../src/after-restore.ts';
import { BackupError } from '../src/backup/backup.error.ts';
import { readRestoreCommand, runRestore } from '../src/backup/backup.command.ts';
import { restoreUsageText } from '../src/backup/backup.text.view.ts';
import { readConfig } from '../src/config.ts';
import { StoreError, reasonOf } from '../src/db/store-error.ts';
import { projectFolder } from '../src/project-root.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const explain = (error: unknown): string =>
  error instanceof StoreError || error instanceof BackupError
    ? `${error.messages.vi}\n${error.messages.en}`
    : reasonOf(error);

try {
  const command = readRestoreCommand(process.argv.slice(2));
  if (command === undefined) throw new Error(restoreUsageText());
  const log = pino({ level: 'warn' }, pino.destination({ dest: 2, sync: true }));
  const { version } = JSON.parse(readFileSync(projectFolder('package.json'), 'utf8')) as { version: string };
  const config = readConfig(process.env);
  const context = { config, log, productVersion: version, clock: () => new Date(), print };
  await runRestore(command, context, (db, now, erasures) => finishRestore(db, config, log, now, erasures));
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
