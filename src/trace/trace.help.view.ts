// The page for a code that is not right, not in the register, or printed before an incident.
import type { CodeFault } from '../codes/trace-code.ts';
import type { Day } from '../days.ts';
import { formatDay } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';

/** Why there is no page: the code itself, the register, or too many failed look-ups from one address. `lostOn` is the day of the incident in whose gap its number lies. */
export type NoPage = CodeFault | 'unknown' | 'limited' | { lostOn: Day };

const groupWords = (language: Language, groups: readonly number[] | undefined): string => {
  if (groups === undefined || groups.length === 0) return '';
  return t(language, groups.length === 1 ? 'trace.unknown.group' : 'trace.unknown.groups', { n: groups.join(', ') });
};

/** The page for a code that is not right or not in the register: a group is named only when the code itself shows it. */
export function codeHelpView(language: Language, typed: string, fault: NoPage) {
  const say = (key: string) => t(language, `trace.unknown.${key}`);
  if (fault === 'unknown') return { typed, title: say('title'), why: say('why'), whatNow: say('whatNow'), group: '' };
  if (fault === 'limited')
    return { typed, title: say('limitedTitle'), why: say('limitedWhy'), whatNow: say('limitedWhatNow'), group: '' };
  if ('lostOn' in fault) {
    const why = t(language, 'trace.unknown.lostWhy', { day: formatDay(language, fault.lostOn) });
    return { typed, title: say('lostTitle'), why, whatNow: say('lostWhatNow'), group: '' };
  }
  return {
    typed,
    title: say('malformedTitle'),
    why: say('malformedWhy'),
    whatNow: say('alphabet'),
    group: groupWords(language, fault.groups),
  };
}
