// A stored file as people look at it.
import type { PdfLook, StoredFile } from '../files/files.types.ts';

export type { StoredFile } from '../files/files.types.ts';

/** What of a file is looked at: `pageCount` pages can be seen; `isDrawn` says whether the one at hand could be made a picture. */
export type FileFacts = {
  file: StoredFile;
  look: PdfLook | undefined;
  page: number;
  pageCount: number;
  isDrawn: boolean;
};
