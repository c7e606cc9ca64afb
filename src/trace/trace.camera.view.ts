// What the script that reads codes needs: which host is ours, and its words, which templates alone could not hand over.
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';

const said = [
  'starting',
  'looking',
  'found',
  'foreign',
  'refused',
  'noCamera',
  'noTorch',
  'stopped',
  'reading',
  'nothing',
  'broken',
] as const;

/** For views/trace/check.hbs. */
export function cameraView(language: Language, baseUrl: string): { host: string; cameraWords: string } {
  const words = Object.fromEntries(said.map((name) => [name, t(language, `trace.camera.words.${name}`)]));
  return { host: new URL(baseUrl).host, cameraWords: JSON.stringify(words) };
}
