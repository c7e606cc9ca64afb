// How a script of this folder is started as a process of its own: from compiled sources, or from TypeScript.
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export type Command = { file: string; args: string[] };

/** The command that runs `<name>.js` (compiled) or `<name>.ts` beside this file with the Node that is running now. */
export function childCommand(name: string): Command {
  const here = fileURLToPath(import.meta.url);
  const script = path.join(path.dirname(here), `${name}${path.extname(here)}`);
  const loader = needsLoader(script) ? ['--import', pathToFileURL(createRequire(here).resolve('tsx')).href] : [];
  return { file: process.execPath, args: [...loader, script] };
}

/** What `new Worker` takes to run this script as a thread: the script, or a line that makes Node read TypeScript first. */
export function threadEntry(script: string): URL {
  const address = pathToFileURL(script);
  if (!needsLoader(script)) return address;
  // The loader that a process takes by --import stays out of threads.
  const tsx = path.dirname(createRequire(import.meta.url).resolve('tsx/package.json'));
  const api = pathToFileURL(path.join(tsx, 'dist/esm/api/index.mjs')).href;
  const code = `import { register } from ${JSON.stringify(api)}; register(); await import(${JSON.stringify(address.href)});`;
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}

const needsLoader = (script: string): boolean => path.extname(script) === '.ts' && !runsTypeScript();

function runsTypeScript(): boolean {
  return 'typescript' in process.features && process.features.typescript !== false;
}
