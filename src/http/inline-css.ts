// Styles that a page carries in its head, so that nothing waits for a second request. The project's own files only; never text of a user.
import { readFileSync } from 'node:fs';
import { projectFolder } from '../project-root.ts';

/** Takes comments and idle white space out of a style sheet. */
export function shortenCss(source: string): string {
  return source
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .replaceAll(';}', '}')
    .trim();
}

const known = new Map<string, string>();

/** The shortened content of a fixed file (`css/base.css`), read once. */
export function inlineCss(name: string): string {
  const found = known.get(name) ?? shortenCss(readFileSync(projectFolder(`public/${name}`), 'utf8'));
  known.set(name, found);
  return found;
}
