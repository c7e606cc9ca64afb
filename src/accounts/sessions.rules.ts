// How long a session lives and what a person calls the device it is on. Pure.
import type { SessionStart } from '../proof.ts';
import type { Session } from './accounts.types.ts';

const dayMs = 86_400_000;

/**
 * Days without use and days in all, after which a session is over. A recorder's phone is joined once a season: from the first work on the
 * trees to the last sale is about eight months, and between two works a season may rest for months.
 */
export const sessionDays: Record<SessionStart, { idle: number; whole: number }> = {
  password: { idle: 30, whole: 180 },
  passkey: { idle: 30, whole: 180 },
  link: { idle: 30, whole: 180 },
  demo: { idle: 2, whole: 7 },
  device: { idle: 120, whole: 240 },
};

/** When a session that was renewed at this moment ends. */
export function sessionEnd({ createdAt, by }: Pick<Session, 'createdAt' | 'by'>, renewedAt: Date): Date {
  const { idle, whole } = sessionDays[by];
  return new Date(Math.min(renewedAt.getTime() + idle * dayMs, createdAt.getTime() + whole * dayMs));
}

const systems: [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Macintosh|Mac OS X/, 'Mac'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];
// Browsers that are built on another one name it too, so the more particular come first. Zalo and Facebook open links in their own.
const browsers: [RegExp, string][] = [
  [/Zalo/i, 'Zalo'],
  [/FBAN|FBAV/, 'Facebook'],
  [/coc_coc/i, 'Cốc Cốc'],
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser/, 'Samsung Internet'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
];

/** 'Android, Chrome': enough to know one's own device again, too coarse to tell two phones of one make apart; '' for what names neither. */
export function deviceLabel(userAgent: string): string {
  const named = [systems, browsers].map((names) => names.find(([pattern]) => pattern.test(userAgent))?.[1]);
  return named.filter((name) => name !== undefined).join(', ');
}
