// Where the project's own files (views, public, package.json) lie, for sources and for the build alike.
import { existsSync } from 'node:fs';
import path from 'node:path';

const findRoot = (from: string): string => {
  if (existsSync(path.join(from, 'package.json'))) return from;
  const parent = path.dirname(from);
  if (parent === from) throw new Error('package.json not found above the sources');
  return findRoot(parent);
};

const root = findRoot(import.meta.dirname);

/** Absolute path of a folder or file of the project. */
export function projectFolder(relativePath: string): string {
  return path.join(root, relativePath);
}
