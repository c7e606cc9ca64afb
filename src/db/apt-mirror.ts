// The package mirror that this machine already uses, read from its apt sources (sources.list(5), both formats).
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

export type AptMirror = {
  uri: string;
  /** Keyring file; undefined where apt's trusted keys apply. */ signedBy: string | undefined;
};

type Entry = { uri: string; suite: string; isMain: boolean; signedBy: string | undefined };

/** The mirror of the main component of release `codename`, or undefined; `aptDir` is /etc/apt. */
export async function findAptMirror(codename: string, aptDir = '/etc/apt'): Promise<AptMirror | undefined> {
  const parts = await readdir(path.join(aptDir, 'sources.list.d')).catch(() => []);
  const files = ['sources.list', ...parts.sort().map((name) => path.join('sources.list.d', name))];
  for (const file of files) {
    const text = await readFile(path.join(aptDir, file), 'utf8').catch(() => '');
    const entries = file.endsWith('.sources') ? stanzaEntries(text) : file.endsWith('.list') ? lineEntries(text) : [];
    const found = entries.find((entry) => entry.suite === codename && entry.isMain && !entry.uri.startsWith('cdrom:'));
    if (found !== undefined) return { uri: found.uri, signedBy: found.signedBy };
  }
  return undefined;
}

function lineEntries(text: string): Entry[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s+([^#]*)/.exec(line);
    if (match === null) return [];
    const [, options = '', uri = '', suite = '', components = ''] = match;
    const signedBy = /(?:^|\s)signed-by=(\S+)/i.exec(options)?.[1];
    return [{ uri, suite, isMain: words(components).includes('main'), signedBy: keyring(signedBy) }];
  });
}

function stanzaEntries(text: string): Entry[] {
  return text.split(/\n\s*\n/).flatMap((stanza) => {
    const fields = stanzaFields(stanza);
    if (fields.get('enabled') === 'no' || !words(fields.get('types')).includes('deb')) return [];
    const isMain = words(fields.get('components')).includes('main');
    const signedBy = keyring(fields.get('signed-by'));
    return words(fields.get('uris')).flatMap((uri) =>
      words(fields.get('suites')).map((suite) => ({ uri, suite, isMain, signedBy })),
    );
  });
}

function stanzaFields(stanza: string): Map<string, string> {
  const fields = new Map<string, string>();
  let name = '';
  for (const line of stanza.split('\n')) {
    if (line.startsWith('#')) continue;
    const start = /^([A-Za-z-]+):(.*)$/.exec(line);
    if (start !== null) name = (start[1] ?? '').toLowerCase();
    const value = start === null ? line : (start[2] ?? '');
    fields.set(name, `${fields.get(name) ?? ''} ${value}`.trim());
  }
  return fields;
}

// A key may also be a fingerprint or stand in the file itself; then apt's own trusted keys have to do.
function keyring(signedBy: string | undefined): string | undefined {
  return words(signedBy)
    .find((word) => word.startsWith('/'))
    ?.replace(/,.*$/, '');
}

function words(text: string | undefined): string[] {
  return (text ?? '').split(/\s+/).filter((word) => word !== '');
}
