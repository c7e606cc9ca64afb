// The paper of a certificate as JSON, and its type and size in words.
import { z } from 'zod';
import { formatBytes } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { CurrentDocument } from './certificates.types.ts';

export const documentAnswer = z.object({
  fileId: z.string(),
  kind: z.enum(['picture', 'document']),
  bytes: z.number().int(),
  /** Whether anybody may see it. */
  shown: z.boolean(),
  sentAt: z.iso.datetime(),
  /** Where people look at it page by page, and where the whole is. */
  page: z.string(),
  whole: z.string(),
});

export function documentJson({
  fileId,
  shown,
  sentAt,
  file,
}: CurrentDocument & { file: DocumentFile }): z.output<typeof documentAnswer> {
  const { kind, bytes } = file;
  const addresses = { page: paths.file(fileId), whole: paths.document(fileId) };
  return { fileId, kind, bytes, shown, sentAt: sentAt.toISOString(), ...addresses };
}

/** What a file is: anything that could be read as a picture, or a PDF; its size in bytes. */
export type DocumentFile = { kind: 'picture' | 'document'; bytes: number };

/** "PDF, 1,2 MB". */
export function documentSize(language: Language, { kind, bytes }: DocumentFile): string {
  return t(language, `certificates.document.${kind}`, { size: formatBytes(language, bytes) });
}
