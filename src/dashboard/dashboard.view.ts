// What the home page, the choice of a batch and "Của tôi" show.
import type { Actor } from '../actor.ts';
import type { Batch } from '../batches/batches.types.ts';
import { addDays } from '../days.ts';
import type { Day } from '../days.ts';
import { formatDay, formatShortDay } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { dayWords, sentenceMiddle, sentenceStart, workWords } from '../i18n/work.ts';
import { labelItems } from '../labels/labels.types.ts';
import { paths } from '../paths.ts';
import { may } from '../powers.ts';
import type { Producer } from '../producers/producers.types.ts';
import type { Waiting } from '../steps/steps.overview.types.ts';
import type { JournalEntry } from '../steps/steps.types.ts';
import type { BatchInProgress, Home, Stitch } from './dashboard.types.ts';

const shownCards = 4;
const shownEntries = 5;

const placeOf = ({ address }: Producer): string => (address.street === '' ? address.communeName : address.street);

const newestFirst = (one: { entry: JournalEntry }, other: { entry: JournalEntry }): number =>
  other.entry.step.recordedAt.getTime() - one.entry.step.recordedAt.getTime();

// What still grows is worked on; the rest wants labels.
const growingFirst = (one: BatchInProgress, other: BatchInProgress): number =>
  Number(one.batch.packedOn !== undefined) - Number(other.batch.packedOn !== undefined);

const entriesOf = (inProgress: readonly BatchInProgress[]) =>
  inProgress
    .flatMap(({ batch, product, entries }) => entries.map((entry) => ({ batch, product, entry })))
    .sort(newestFirst);

/** "Hôm qua: Bao quả, 200 quả" */
const lastWords = (language: Language, entry: JournalEntry, today: Day): string => {
  const day = dayWords(language, entry.step.doneUntil ?? entry.step.doneOn, today);
  return t(language, 'app.home.last', {
    day: sentenceStart(day),
    work: sentenceMiddle(workWords(language, entry.step)),
  });
};

const waitingWords = (language: Language, waiting: Waiting | undefined, today: Day): string => {
  if (waiting === undefined) return '';
  const short = (day: Day): string =>
    day.slice(0, 4) === today.slice(0, 4) ? formatShortDay(language, day) : formatDay(language, day);
  return waiting.allowedFrom === undefined
    ? t(language, 'steps.waiting.unknown', { day: short(waiting.sprayedOn) })
    : t(language, 'steps.waiting.until', { day: short(waiting.allowedFrom) });
};

const stitches = (language: Language, thread: readonly Stitch[]) =>
  thread.map(({ kind, state }) => ({
    words: t(language, `steps.short.${kind}`),
    css: { done: '', now: 'b', coming: 'c' }[state],
    stateWords: t(language, `app.home.stitch.${state}`),
  }));

const isWaitingShown = ({ batch }: BatchInProgress): boolean => batch.packedOn === undefined;

const card = (language: Language, one: BatchInProgress, today: Day) => ({
  href: paths.appBatch(one.batch.id),
  title: one.product.name,
  detail: t(language, 'batches.lot', { lot: one.batch.lotNumber }),
  thread: stitches(language, one.thread),
  waiting: isWaitingShown(one) ? waitingWords(language, one.waiting, today) : '',
  isRecalled: one.isRecalled,
  isHeld: one.batch.held && !one.isRecalled,
});

/** The question about a silent batch; `id` is of the step that records that nothing was done. */
const question = (
  language: Language,
  one: BatchInProgress,
  silence: { since: Day; days: number },
  today: Day,
  id: string,
) => ({
  title: t(language, 'app.home.silent', { lot: one.batch.lotNumber, days: silence.days }),
  words: t(language, 'app.home.silentAsk', { day: formatDay(language, silence.since) }),
  recordHref: paths.appNewStep(one.batch.id),
  action: paths.appBatchSteps(one.batch.id),
  id,
  doneOn: one.entries.length === 0 ? silence.since : addDays(silence.since, 1),
  doneUntil: today,
});

const labelWords = (language: Language, { one, missing }: Home['labels'][number]): string => {
  const { batch, isRecalled } = one;
  if (isRecalled) return t(language, 'labels.index.recalled');
  if (batch.held) return t(language, 'labels.index.held');
  if (missing.length === 0) return t(language, 'app.home.labelsReady');
  const items = missing.map((item) => t(language, `labels.items.${item}`));
  const list = new Intl.ListFormat(language, { type: 'conjunction' }).format(items);
  return t(language, 'labels.index.missing', { items: list });
};

const labelCard = (language: Language, { one, missing }: Home['labels'][number]) => ({
  href: paths.appBatchLabels(one.batch.id),
  title: labelWords(language, { one, missing }),
  product: one.product.name,
  lot: t(language, 'batches.lot', { lot: one.batch.lotNumber }),
  completeness: { done: labelItems.length - missing.length, total: labelItems.length },
});

/** What a new producer does first, in order; the first that is not done leads. */
const firstSteps = (language: Language, home: Home) => {
  const step = (name: string, done: boolean, href: string) => ({
    title: t(language, `app.first.${name}`),
    detail: t(language, `app.first.${name}Detail`),
    done,
    href,
  });
  const steps = [
    step('site', home.siteCount > 0, paths.appNewSite),
    step('product', home.productCount > 0, paths.appNewProduct),
    step('batch', home.batchCount > 0, paths.appNewBatch),
  ];
  const next = steps.findIndex(({ done }) => !done);
  return next === -1 ? [] : steps.map((one, place) => ({ ...one, number: place + 1, isNext: place === next }));
};

const recentRow = (language: Language, { batch, entry }: { batch: Batch; entry: JournalEntry }, today: Day) => ({
  title: workWords(language, entry.step),
  day: dayWords(language, entry.step.doneUntil ?? entry.step.doneOn, today),
  lot: t(language, 'batches.lot', { lot: batch.lotNumber }),
  photos: entry.photos.length === 0 ? '' : t(language, 'app.home.photos', { count: entry.photos.length }),
  marks: entry.marks.map((mark) => t(language, `steps.marks.${mark}`)).join('. '),
  href: paths.appStepCorrection(entry.step.id),
});

/** How the application stands, until it is approved; of a refusal the reason and where to mend it. */
const approvalCard = (language: Language, { producer, approval }: Home) => {
  const last = producer.approvals.at(-1);
  const isRefused = approval === 'refused';
  return {
    state: approval,
    words: approval === 'pending' ? t(language, 'app.home.pending') : '',
    refused: isRefused ? t(language, 'app.home.refused') : '',
    reason: isRefused ? (last?.reason ?? '') : '',
    href: isRefused ? paths.appProducerEdit(producer.id) : paths.appOwnProducer(producer.id),
  };
};

const toTakeWords = (language: Language, count: number): string =>
  count === 0 ? '' : t(language, 'producers.signUp.takeLink', { count });

/** Data of views/dashboard/home.hbs. `newIds` gives an id for each form of the page. */
export function homePage(
  language: Language,
  home: Home,
  options: { actorName: string; today: Day; newId: () => string },
) {
  const { inProgress, producer } = home;
  const { today } = options;
  const first = firstSteps(language, home);
  const next = first.find(({ isNext }) => isNext);
  const recent = entriesOf(inProgress);
  const [last] = recent;
  const silent = inProgress.flatMap((one) => (one.silence === undefined ? [] : [{ one, silence: one.silence }]));
  return {
    ownHeader: true,
    greeting: t(language, 'app.home.greeting', { name: options.actorName }),
    producerName: producer.legalName,
    place: placeOf(producer),
    canRecord: inProgress.length > 0,
    recordHref: paths.appRecord,
    lastWords: last === undefined ? t(language, 'app.home.noneYet') : lastWords(language, last.entry, today),
    first,
    firstHref: next?.href ?? '',
    firstWords: next?.title ?? '',
    approval: approvalCard(language, home),
    toTake: toTakeWords(language, home.signUpsToTake),
    toTakeHref: paths.signUpsToTake,
    cards: [...inProgress]
      .sort(growingFirst)
      .slice(0, shownCards)
      .map((one) => card(language, one, today)),
    allHref: paths.appBatches,
    allWords: home.hasMore
      ? t(language, 'app.home.allMore')
      : t(language, 'app.home.all', { batches: home.batchCount }),
    questions: silent.map(({ one, silence }) => question(language, one, silence, today, options.newId())),
    recent: recent.slice(0, shownEntries).map((one) => recentRow(language, one, today)),
    labels: home.labels.map((one) => labelCard(language, one)),
  };
}

/** Data of views/dashboard/record.hbs: the batches to record in. */
export function recordPage(language: Language, home: Home, today: Day) {
  return {
    back: paths.app,
    batches: home.inProgress.map((one) => {
      const [last] = one.entries;
      return {
        href: paths.appNewStep(one.batch.id),
        title: one.product.name,
        detail: t(language, 'batches.lot', { lot: one.batch.lotNumber }),
        last: last === undefined ? t(language, 'app.home.noneYet') : lastWords(language, last, today),
      };
    }),
    newBatchHref: paths.appNewBatch,
  };
}

/** Data of views/dashboard/me.hbs. */
export function mePage(language: Language, actor: Actor, producers: readonly Producer[], toTake: number) {
  return {
    name: actor.name,
    producers: producers.map((producer) => ({
      name: producer.legalName,
      place: placeOf(producer),
      href: may(actor, 'keep-members', { producerId: producer.id, ...producer.address })
        ? paths.appOwnProducer(producer.id)
        : '',
    })),
    toTake: toTakeWords(language, toTake),
    toTakeHref: paths.signUpsToTake,
    links: [
      ...(producers.some((producer) => may(actor, 'keep-members', { producerId: producer.id, ...producer.address }))
        ? [{ href: paths.appMembers, words: t(language, 'members.title') }]
        : []),
      { href: paths.appSites, words: t(language, 'app.me.sites') },
      { href: paths.appProducts, words: t(language, 'app.me.products') },
      { href: paths.appCertificates, words: t(language, 'app.me.papers') },
      { href: paths.appMaterials, words: t(language, 'app.me.materials') },
      { href: paths.appReports, words: t(language, 'app.me.reports') },
      { href: paths.appDoubtfulCodes, words: t(language, 'scans.title') },
      { href: paths.security, words: t(language, 'security.title') },
    ],
    signOut: paths.signOut,
  };
}
