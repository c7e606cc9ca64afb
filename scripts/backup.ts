// npm run backup -- FILE, or --erasures FILE: writes everything that lasts, or the list of erasures, also while a server serves from the store.
import { readFileSync } from 'node:fs';
import pino from 'pino';
import { BackupError } from '../src/backup/backup.error.ts';
import { readBackupCommand, runBackup } from '../src/backup/backup.command.ts';
import { usageText } from '../src/backup/backup.text.view.ts';
import { readConfig } from '../src/config.ts';
import { StoreError, reasonOf } from '../src/db/store-error.ts';
import { projectFolder } from '../src/project-root.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const explain = (error: unknown): string =>
  error instanceof StoreError || error instanceof BackupError
    ? `${error.messages.vi}\n${error.messages.en}`
    : reasonOf(error);

try {
  const command = readBackupCommand(process.argv.slice(2));
  if (command === undefined) throw new Error(usageText());
  const log = pino({ level: 'warn' }, pino.destination({ dest: 2, sync: true }));
  const { version } = JSON.parse(readFileSync(projectFolder('package.json'), 'utf8')) as { version: string };
  await runBackup(command, {
    config: readConfig(process.env),
    log,
    productVersion: version,
    clock: () => new Date(),
    print,
  });
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
