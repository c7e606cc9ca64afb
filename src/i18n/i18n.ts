// The words of the product in Vietnamese and English. Vietnamese is the first language and the fallback.
import { createInstance } from 'i18next';
import { en } from './en.ts';
import { vi } from './vi.ts';

export const languages = ['vi', 'en'] as const;
export type Language = (typeof languages)[number];

export function isLanguage(value: unknown): value is Language {
  return value === 'vi' || value === 'en';
}

const texts = createInstance({
  lng: 'vi',
  fallbackLng: 'vi',
  resources: { vi: { translation: vi }, en: { translation: en } },
  interpolation: { escapeValue: false },
  returnNull: false,
  showSupportNotice: false,
});
void texts.init();

/** The text of a key (`steps.saved`) with `{{name}}` filled in. Throws when there is no such text: a missing word is a fault, never a blank. */
export function t(language: Language, key: string, values: Record<string, unknown> = {}): string {
  if (!texts.exists(key, { lng: language, ...values })) throw new Error(`no text for ${key}`);
  return texts.t(key, { lng: language, ...values });
}

/** Whether a text exists under this key. */
export function hasText(language: Language, key: string): boolean {
  return texts.exists(key, { lng: language });
}
