// A stored file as people look at it: what it is, what is in it, one page at a time, and the original to keep.
import { formatAmount, formatDay } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { FileFacts, StoredFile } from './products.files.types.ts';

const sizeWords = (language: Language, bytes: number): string =>
  bytes >= 1_000_000
    ? formatAmount(language, Math.round(bytes / 100_000) / 10, 'MB')
    : formatAmount(language, Math.max(1, Math.round(bytes / 1000)), 'KB');

/** The name that the person gave it, or what it is. */
export function fileTitle(language: Language, file: StoredFile): string {
  return file.name === '' ? t(language, `files.noName.${file.kind}`) : file.name;
}

const kindWords = (language: Language, { file, look }: FileFacts): string => {
  if (file.kind === 'picture') return t(language, 'files.kind.picture', { width: file.widthPx, height: file.heightPx });
  const kind = t(language, 'files.kind.document', { size: sizeWords(language, file.bytes) });
  return look?.state === 'ok' ? `${kind}, ${t(language, 'files.pages', { count: look.pageCount })}` : kind;
};

const stateWords = (language: Language, { look, isDrawn }: FileFacts): string => {
  if (look !== undefined && look.state !== 'ok') return t(language, `files.states.${look.state}`);
  return isDrawn ? '' : t(language, 'files.notDrawn');
};

const turningTo = ({ file, pageCount }: FileFacts, page: number): string =>
  page < 1 || page > pageCount ? '' : page === 1 ? paths.file(file.id) : `${paths.file(file.id)}?page=${page}`;

/** Data of views/files/file.hbs. */
export function filePage(language: Language, facts: FileFacts) {
  const { file, look, page, pageCount, isDrawn } = facts;
  const name = fileTitle(language, file);
  const hasMore = look?.state === 'ok' && look.pageCount > pageCount;
  return {
    name,
    kind: kindWords(language, facts),
    state: stateWords(language, facts),
    active: (look?.active ?? []).map((part) => t(language, `files.active.${part}`)),
    activeAdvice: t(language, isDrawn ? 'files.activeSafe' : 'files.activeUnseen'),
    more: hasMore ? t(language, 'files.onlyFirst', { count: look.pageCount, shown: pageCount }) : '',
    image: isDrawn ? paths.filePage(file.id, page) : '',
    alt: pageCount > 1 ? t(language, 'files.pageAlt', { page, name }) : name,
    pageWords: pageCount > 1 ? t(language, 'files.page', { page, count: pageCount }) : '',
    previous: turningTo(facts, page - 1),
    next: turningTo(facts, page + 1),
    download: paths.document(file.id),
    downloadWords: t(language, 'files.download', { size: sizeWords(language, file.bytes) }),
  };
}

/** What stands where a picture was that has been erased: its day, in words, as a drawing of the same kind as a picture's place. */
export function erasedPicture(language: Language, on: string): string {
  const words = t(language, 'files.erased', { day: formatDay(language, on) });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 240" role="img" aria-label="${words}">` +
    `<rect width="360" height="240" fill="#E6EBF5"/><path d="M180 74 206 100 180 126 154 100z" fill="none" stroke="#4E5A66" stroke-width="3"/>` +
    `<text x="180" y="168" text-anchor="middle" font-family="sans-serif" font-size="17" fill="#17213B">${words}</text></svg>`
  );
}
