// Names of uploaded files: shown and sent back, never used as a path. Pure.

const longestBytes = 200;

// Control characters, direction overrides and the signs that some system takes for a path or a header.
// eslint-disable-next-line no-control-regex
const unwanted = /[\u0000-\u001F\u007F\u202A-\u202E\u2066-\u2069\uFFFD<>:"|?*\\/]/g;

const cutToBytes = (text: string, limit: number): string => {
  let kept = '';
  for (const character of text) {
    if (Buffer.byteLength(kept + character) > limit) break;
    kept += character;
  }
  return kept;
};

/**
 * The name to keep: the last part of whatever path was sent, composed (NFC), without control or path characters, at most 200 bytes with its
 * ending kept. '' when nothing is left.
 */
export function cleanFileName(sent: string): string {
  if (!sent.isWellFormed()) return '';
  const last = sent.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  const clean = last
    .replace(unwanted, '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  if (Buffer.byteLength(clean) <= longestBytes) return clean;
  const ending = /\.[a-z0-9]{1,8}$/i.exec(clean)?.[0] ?? '';
  return cutToBytes(clean, longestBytes - ending.length).trim() + ending;
}

const toAscii = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, (letter) => (letter === 'đ' ? 'd' : 'D'))
    .replace(/[–—]/g, '-')
    .replace(/[^ -~]/g, '_')
    .replace(/["\\%]/g, '_');

// RFC 8187: everything but attr-char is percent-encoded; encodeURIComponent leaves four signs more.
const extended = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** Content-Disposition with the name in UTF-8 and a plain one for old programs (RFC 6266). `fallback` names a file that had no name. */
export function contentDisposition(type: 'inline' | 'attachment', name: string, fallback: string): string {
  const shown = name === '' ? fallback : name;
  return `${type}; filename="${toAscii(shown)}"; filename*=UTF-8''${extended(shown)}`;
}
