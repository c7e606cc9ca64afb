// What the pages of an application show: the form, the applications that wait for a person's word, and the application at the office.
import { z } from 'zod';
import { dayOf } from '../days.ts';
import type { Day } from '../days.ts';
import { formatDay, formatPhone } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { Application, Producer } from './producers.types.ts';
import { addressLine, kindChoices, kindWords, provinceChoices } from './producers.view.ts';
import { provinces } from '../units/provinces.types.ts';

export const signUpFields = [
  'id',
  'kind',
  'legalName',
  'registrationNumber',
  'address.provinceCode',
  'address.communeCode',
  'address.communeName',
  'address.street',
  'representative',
  'login',
  'hotline',
  'password',
  'agreesToTerms',
  'agreesToData',
] as const;

type Typed = { values: Record<string, string> };

/** Data of views/producers/sign-up.hbs beside the form. */
export function signUpForm(language: Language, communes: readonly { value: string; label: string }[], form: Typed) {
  return {
    action: paths.signUp,
    kinds: kindChoices(language, form.values['kind'] ?? ''),
    provinces: provinceChoices(
      provinces.map(({ code }) => code),
      form.values['address.provinceCode'] ?? '',
    ),
    communes,
    signInHref: paths.signIn,
    privacyHref: paths.privacy,
  };
}

/** Applications that wait for this person to say whether they are theirs. */
export function signUpCards(language: Language, producers: readonly Producer[]) {
  return producers.map((producer) => ({
    name: producer.legalName,
    detail: `${kindWords(language, producer.kind)}. ${addressLine(producer.address)}`,
    sent: t(language, 'producers.signUp.sentOn', { day: formatDay(language, dayOf(producer.createdAt)) }),
    action: paths.signUpAnswer(producer.id),
  }));
}

const lines = (language: Language, { signUp, person }: Application) => {
  const word = (name: string): string => t(language, `producers.signUp.${name}`);
  if (signUp === undefined) return [];
  const login = person?.login ?? '';
  return [
    { label: word('representative'), value: signUp.representative },
    { label: word('login'), value: login.includes('@') ? login : formatPhone(login) },
    { label: word('sentAt'), value: formatDay(language, dayOf(signUp.at)) },
  ].filter(({ value }) => value !== '');
};

const stateWords = (language: Language, { signUp, isTaken }: Application): string => {
  if (signUp === undefined || isTaken) return '';
  return t(language, `producers.signUp.${signUp.declinedAt === undefined ? 'notTaken' : 'declined'}`);
};

/** Data of views/producers/_application.hbs: who applied, and records that may be of the same organisation. */
export function applicationView(
  language: Language,
  producer: Producer,
  application: Application,
  approvalOf: (producer: Producer) => 'pending' | 'approved' | 'refused',
) {
  const isGivable = application.signUp !== undefined && application.isTaken;
  return {
    applicationRows: lines(language, application),
    applicationState: stateWords(language, application),
    twins: application.twins.map((twin) => ({
      name: twin.legalName,
      detail: `${addressLine(twin.address)}. ${t(
        language,
        twin.claim === 'unclaimed' ? 'producers.claim.unclaimed' : `producers.approval.${approvalOf(twin)}`,
      )}`,
      href: paths.officeProducer(twin.id),
      recordId: isGivable && twin.claim === 'unclaimed' ? twin.id : '',
    })),
    twinsElsewhere:
      application.twinsElsewhere === 0
        ? ''
        : t(language, 'producers.signUp.twinsElsewhere', { count: application.twinsElsewhere }),
    giveAction: paths.officeGivenRecord(producer.id),
  };
}

/** "Chờ 3 ngày": how long a producer has waited for a decision; '' when it does not wait. */
export function waitWords(language: Language, producer: Producer, isPending: boolean, today: Day): string {
  if (!isPending || producer.claim === 'unclaimed') return '';
  const since = dayOf(producer.askedAgainAt ?? producer.createdAt);
  const days = Math.round((Date.parse(today) - Date.parse(since)) / 86_400_000);
  return days < 1 ? t(language, 'producers.waitsToday') : t(language, 'producers.waits', { days });
}

export const signUpAnswered = z.object({ id: z.string() });

export const applicationAnswer = z.object({
  signUp: z
    .object({
      representative: z.string(),
      login: z.string(),
      at: z.iso.datetime(),
      termsVersion: z.string(),
      consentVersion: z.string(),
      isTaken: z.boolean(),
      isDeclined: z.boolean(),
    })
    .nullable(),
  twins: z.array(z.object({ id: z.string(), legalName: z.string(), isUnclaimed: z.boolean() })),
  twinsElsewhere: z.number().int(),
});

export function applicationJson({ signUp, person, isTaken, twins, twinsElsewhere }: Application) {
  return {
    signUp:
      signUp === undefined
        ? null
        : {
            representative: signUp.representative,
            login: person?.login ?? '',
            at: signUp.at.toISOString(),
            termsVersion: signUp.termsVersion,
            consentVersion: signUp.consentVersion,
            isTaken,
            isDeclined: signUp.declinedAt !== undefined,
          },
    twins: twins.map(({ id, legalName, claim }) => ({ id, legalName, isUnclaimed: claim === 'unclaimed' })),
    twinsElsewhere,
  };
}
