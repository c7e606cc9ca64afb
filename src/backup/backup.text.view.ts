// What the commands say, Vietnamese first.
import { languages, t } from '../i18n/i18n.ts';
import type { Manifest } from './backup.types.ts';

const both = (key: string, values: Record<string, unknown> = {}): string =>
  languages.map((language) => t(language, `backup.${key}`, values)).join('\n');

const sumsOf = ({ collections, files, madeAt }: Manifest) => ({
  documents: collections.reduce((sum, { documents }) => sum + documents, 0),
  collections: collections.length,
  files: files.count,
  megabytes: Math.ceil(files.bytes / 1_000_000),
  madeAt,
});

export const usageText = (): string => both('usage');
export const restoreUsageText = (): string => both('restoreUsage');

export const madeText = (manifest: Manifest, file: string, isEncrypted: boolean): string =>
  `${both('made', { ...sumsOf(manifest), file })}\n${both(isEncrypted ? 'encrypted' : 'plain')}`;

export const listedText = (count: number, file: string): string => both('listed', { count, file });

export const checkedText = (manifest: Manifest): string => both('checked', sumsOf(manifest));

/** `next`: the next run's number; `erased`: how many erasures were carried out again. */
export const restoredText = (manifest: Manifest, { next, erased }: { next: number; erased: number }): string =>
  [both('restored', sumsOf(manifest)), both('gap', { next }), both('erasures', { count: erased }), both('signIn')].join(
    '\n',
  );
