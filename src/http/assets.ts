// Fixed files: served under an address that holds the fingerprint of their content, so that browsers may keep them for ever.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import express from 'express';
import type { Router } from 'express';

export type Assets = { url(name: string): string; router: Router };

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    statSync(path.join(folder, file)).isFile(),
  );

/**
 * Reads every file below the folders once (`mounts`: name prefix -> folder) and answers `/assets/<fingerprint>/<name>`.
 * `url('css/app.css')` throws for a file that is not there: a page that asks for a missing file is a fault.
 */
export function loadAssets(mounts: Readonly<Record<string, string>>): Assets {
  const files = new Map<string, string>();
  for (const [prefix, folder] of Object.entries(mounts)) {
    for (const file of filesUnder(folder))
      files.set(`${prefix}${file.split(path.sep).join('/')}`, path.join(folder, file));
  }
  const all = createHash('sha256');
  for (const [name, file] of [...files].sort(([left], [right]) => left.localeCompare(right)))
    all.update(name).update(readFileSync(file));
  // One fingerprint for all: relative addresses between fixed files (Leaflet's stylesheet and its pictures) keep working.
  const fingerprint = all.digest('base64url').slice(0, 10);
  const router = express.Router();
  for (const [prefix, folder] of Object.entries(mounts)) {
    router.use(
      `/assets/${fingerprint}/${prefix}`,
      express.static(folder, { immutable: true, maxAge: '365d', index: false, redirect: false }),
    );
  }
  return {
    router,
    url(name) {
      if (!files.has(name)) throw new Error(`no fixed file ${name}`);
      return `/assets/${fingerprint}/${name}`;
    },
  };
}
