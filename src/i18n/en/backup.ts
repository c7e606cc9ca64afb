// Backup and restore, at the terminal.
import type { backup as vi } from '../vi/backup.ts';

export const backup: typeof vi = {
  usage: 'Usage: npm run backup -- FILE   or: npm run backup -- --erasures FILE (the list of erasures alone)',
  listed: 'Wrote the list of {{count}} erasures to {{file}}.',
  restoreUsage: 'Usage: npm run restore -- FILE [--check] [--erasures FILE]   (--check: only checks the backup, writes nothing)',
  made: 'Backed up {{documents}} records of {{collections}} collections and {{files}} photos and papers ({{megabytes}} MB) to {{file}}.',
  plain:
    'Note: the backup holds the code key and personal data and is not encrypted (BACKUP_KEY is not set). Only its owner can read the file; keep it safe.',
  encrypted: 'Encrypted with BACKUP_KEY. Without that key the backup cannot be opened.',
  checked: 'The backup is whole: {{documents}} records, {{files}} files, made at {{madeAt}}.',
  restored: 'Restored and compared {{documents}} records, {{files}} files.',
  gap: 'Label runs go on at number {{next}}; labels printed after this backup say "printed before an incident, no data yet".',
  erasures: 'Erased again {{count}} items of the list of erasures.',
  signIn: 'Everybody signs in anew; the phones of recorders scan a QR code again.',
};
