// How a script of this folder is started as a process of its own: from compiled sources, or from TypeScript.
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export type Command = { file: string; args: string[] };

/** The command that runs `<name>.js` (compiled) or `<name>.ts` beside this file with the Node that is running now. */
export function childCommand(name: string): Command {
  const here = fileURLToPath(import.meta.url);
  const extension = path.extname(here);
  const script = path.join(path.dirname(here), `${name}${extension}`);
  const loader =
    extension === '.ts' && !runsTypeScript()
      ? ['--import', pathToFileURL(createRequire(here).resolve('tsx')).href]
      : [];
  return { file: process.execPath, args: [...loader, script] };
}

function runsTypeScript(): boolean {
  return 'typescript' in process.features && process.features.typescript !== false;
}
