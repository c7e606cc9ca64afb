// What a person at the terminal needs after a start: where the pages are, and how to sign in.
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { makeSetUpLink, makeSignInLink } from '../accounts/accounts.service.ts';
import { traceUrl } from '../codes/digital-link.ts';
import { isLocalAddress } from '../config.ts';
import { formatCode } from '../codes/trace-code.ts';
import { AppError } from '../errors.ts';
import { lotCode } from '../labels/labels.printing.rules.ts';
import { pdfPieces } from '../labels/labels.files.ts';
import { wholePrinting } from '../labels/labels.prints.service.ts';
import { sizeOfLetters } from '../labels/labels.text.ts';
import type { LabelRun } from '../labels/labels.types.ts';
import { makeJoinCode } from '../members/members.service.ts';
import { apiBase, paths } from '../paths.ts';
import type { Running } from '../start.ts';
import { people, phoneRecorder } from './sample.records.ts';
import { loadSample, sampleRun } from './sample.service.ts';

type Print = (line: string) => void;

const linkMinutes = 12 * 60;
const setUpMinutes = 30;
const sheetPaper = { startAt: 1, offsetX: 0, offsetY: 0, cutLines: '1' } as const;

/** Writes the sheet of the sample's run. A lot that was recalled or is held since prints nothing, and the line says so. */
const writeSheet = async ({ deps }: Running, run: LabelRun, folder: string): Promise<string> => {
  try {
    const printing = await wholePrinting(deps.db, people.manager, run.id, deps.clock());
    const print = { paper: sheetPaper, minimumPt: sizeOfLetters(deps.smallestLetterMm) };
    const file = path.join(folder, `tem-${formatCode(lotCode(run, deps.keys.codeKey))}.pdf`);
    await mkdir(folder, { recursive: true });
    await pipeline(Readable.from(pdfPieces(printing, deps.keys.codeKey, print)), createWriteStream(file));
    return file;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return `none, the lot can't be printed now (${error.code})`;
  }
};

/** Loads the sample into an empty store, writes its label sheet, and prints where everything is with one fresh sign-in link a person. */
export async function printDemoLinks(running: Running, sheetFolder: string, print: Print): Promise<void> {
  const { deps } = running;
  await loadSample(deps);
  const run = await sampleRun(deps);
  if (run === undefined) {
    print('this store holds other records and no sample: nothing was added');
    return;
  }
  print(`scan page: ${traceUrl(deps.baseUrl, lotCode(run, deps.keys.codeKey))}`);
  print(`label sheet: ${await writeSheet(running, run, sheetFolder)}`);
  print(`producer pages: ${deps.baseUrl}${paths.app}`);
  print(`API: ${deps.baseUrl}${apiBase}`);
  print(`API guide: ${deps.baseUrl}${paths.apiDocs}`);
  // People of the sample have no password and no second factor: on a machine of one's own their links stand for both, in public for neither.
  const purpose = isLocalAddress(deps.baseUrl) ? 'demo' : 'sign-in';
  for (const [role, person] of Object.entries(people)) {
    const token = await makeSignInLink(deps.db, person.userId, purpose, deps.clock(), linkMinutes);
    print(`sign in as ${role} (${person.name}), once: ${deps.baseUrl}${paths.signInLink(token)}`);
  }
  const { code } = await makeJoinCode(
    deps.db,
    deps.keys.sessionKey,
    people.manager,
    phoneRecorder.id,
    false,
    deps.clock(),
  );
  print(`let a phone record (${phoneRecorder.name}), once, for 15 minutes: ${deps.baseUrl}${paths.joinWith(code)}`);
}

/** On a store without an administrator, prints the set-up link; else only where the server is. */
export async function printFirstSteps(running: Running, print: Print): Promise<void> {
  const { deps } = running;
  print(`serving: ${deps.baseUrl} (store: ${running.storeKind})`);
  const token = await makeSetUpLink(deps.db, deps.clock());
  if (token !== undefined)
    print(`set up the first administrator (${setUpMinutes} minutes, once): ${deps.baseUrl}${paths.setUp(token)}`);
}
