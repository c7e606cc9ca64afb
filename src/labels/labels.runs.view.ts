// The page of one run: how far it is, what may be done now, what was done and by whom.
import { formatCode } from '../codes/trace-code.ts';
import type { CodeKey } from '../codes/trace-code.ts';
import { formatMoment, formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { sheetLayouts } from './labels.layout.ts';
import { cssPixels } from './labels.view.ts';
import { lotCode } from './labels.printing.rules.ts';
import { printFormats } from './labels.types.ts';
import type { LabelRun, LabelRunEvent, RunState } from './labels.types.ts';

type Form = { values: Record<string, string>; errors: Record<string, string> };

/** The forms of the page: their fields, and what stands in them at first. */
export const runForms = {
  approval: { fields: ['id'], prefilled: {} },
  print: {
    fields: ['id', 'first', 'last', 'format', 'reason', 'startAt', 'offsetX', 'offsetY', 'cutLines'],
    prefilled: { format: 'pdf', startAt: '1', offsetX: '0', offsetY: '0' },
  },
  voiding: { fields: ['id', 'first', 'last', 'reason', 'goods'], prefilled: { goods: 'remain' } },
  waste: { fields: ['id', 'labels', 'reason'], prefilled: {} },
} as const;

type Option = { value: string; label: string; detail: string; selected: boolean };

export type RunPage = {
  run: LabelRun;
  state: RunState;
  events: readonly LabelRunEvent[];
  names: Map<string, string>;
  check: { pages: number; done: number } | undefined;
  lotNumber: string;
};

const offsetsMm = [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2];

const offsetOptions = (language: Language, plus: string, minus: string, chosen: string): Option[] =>
  offsetsMm.map((offset) => ({
    value: String(offset),
    label:
      offset === 0
        ? t(language, 'labels.page.offsetNone')
        : t(language, `labels.page.${offset > 0 ? plus : minus}`, { mm: formatNumber(language, Math.abs(offset)) }),
    detail: '',
    selected: String(offset) === (chosen === '' ? '0' : chosen),
  }));

const choicesOf = (language: Language, key: string, values: readonly string[], chosen: string): Option[] =>
  values.map((value) => ({
    value,
    label: t(language, `labels.${key}.${value}`),
    detail: '',
    selected: value === chosen,
  }));

const eventWords = (language: Language, event: LabelRunEvent): string[] => {
  const number = (value: number): string => formatNumber(language, value);
  const words = t(language, `labels.events.${event.kind}`, {
    first: number((event.failedPlace ?? event.from) + 1),
    last: number(event.end),
    count: number(event.end - event.from),
    symbols: number(event.symbols ?? 0),
    format: (event.format ?? '').toUpperCase(),
  });
  const back = event.unitsBack > 0 ? [t(language, 'labels.events.unitsBack', { units: number(event.unitsBack) })] : [];
  const reason = event.kind === 'check-failed' || event.reason === '' ? [] : [event.reason];
  return [words, ...reason, ...back];
};

const historyOf = (language: Language, { run, events, names }: RunPage) => {
  const nameOf = (id: string): string => (id === '' ? t(language, 'labels.events.automatic') : (names.get(id) ?? ''));
  const made = {
    words: t(language, 'labels.events.made', { quantity: formatNumber(language, run.quantity) }),
    details: [] as string[],
    who: nameOf(run.byUserId),
    when: formatMoment(language, run.createdAt),
  };
  const rows = events.map((event) => {
    const [words = '', ...details] = eventWords(language, event);
    return { words, details, who: nameOf(event.byUserId), when: formatMoment(language, event.at) };
  });
  return [...rows.reverse(), made];
};

const progressWords = (language: Language, { check }: RunPage): string =>
  check === undefined || check.done === 0
    ? t(language, 'labels.run.waiting')
    : t(language, 'labels.run.progress', { done: check.done, pages: check.pages });

/** The first sheet with the free cells of a used one, as wide as paper. */
const firstSheetOf = (language: Language, { id, layout }: LabelRun, typed: Record<string, string>) => {
  const { page } = sheetLayouts[layout];
  const { startAt = '1', offsetX = '0', offsetY = '0', cutLines = '0' } = typed;
  const paper = { startAt, offsetX, offsetY, cutLines: cutLines === '1' ? '1' : '0' };
  return {
    src: `${paths.appLabelRunFirstSheet(id)}?${new URLSearchParams(paper).toString()}`,
    alt: t(language, 'labels.run.firstSheetAlt', { cell: startAt }),
    widthPx: cssPixels(page.width),
    heightPx: cssPixels(page.height),
  };
};

/** What the script says while a file is made. */
const scriptWords = (language: Language): string =>
  JSON.stringify({
    making: t(language, 'labels.run.making', { done: '{done}', total: '{total}' }),
    stop: t(language, 'labels.run.stop'),
    stopped: t(language, 'labels.run.stopped'),
    broken: t(language, 'labels.run.broken'),
    made: t(language, 'labels.run.made'),
  });

/** Data of views/labels/run.hbs. */
export function runPageView(
  language: Language,
  record: RunPage,
  page: { codeKey: CodeKey; forms: { approval: Form; print: Form }; voidingId: string; isLooking: boolean },
) {
  const { run, state, events } = record;
  const { forms } = page;
  const code = formatCode(lotCode(run, page.codeKey));
  const { cell } = sheetLayouts[run.layout];
  const isRoll = !run.layout.startsWith('a4-');
  const formats = printFormats.filter((format) => format !== 'zpl' || isRoll);
  const hasPrinted = events.some(({ kind }) => kind === 'printed' || kind === 'reprinted');
  return {
    back: paths.appBatchLabels(run.batchId),
    state,
    stateWords: t(language, `labels.states.${state}`),
    isLot: run.kind === 'lot',
    codeWords: t(language, run.kind === 'lot' ? 'labels.run.code' : 'labels.run.firstCode', { code }),
    countWords: t(language, 'labels.run.count', { quantity: formatNumber(language, run.quantity) }),
    kindWords: t(language, `labels.kinds.${run.kind}`),
    layoutWords: t(language, `labels.layouts.${run.layout}`),
    progressWords: progressWords(language, record),
    progress: { done: record.check?.done ?? 0, pages: Math.max(1, record.check?.pages ?? 1) },
    preview: {
      src: `${paths.appLabelPreview(run.batchId)}?layout=${run.layout}&dpi=600`,
      widthPx: cssPixels(cell.width),
      heightPx: cssPixels(cell.height),
      alt: t(language, 'labels.page.previewAlt', { layout: t(language, `labels.layouts.${run.layout}`) }),
    },
    forms,
    voidingId: page.voidingId,
    isLooking: page.isLooking,
    mayWaste: run.kind === 'lot' && state === 'approved' && hasPrinted,
    actions: {
      approval: paths.appLabelRunApproval(run.id),
      print: paths.appLabelRunPrints(run.id),
      voiding: paths.appLabelRunVoiding(run.id),
      waste: paths.appLabelRunWaste(run.id),
    },
    formats: choicesOf(language, 'formats', formats, forms.print.values['format'] ?? 'pdf'),
    sideways: offsetOptions(language, 'offsetRight', 'offsetLeft', forms.print.values['offsetX'] ?? ''),
    upright: offsetOptions(language, 'offsetDown', 'offsetUp', forms.print.values['offsetY'] ?? ''),
    cutLines: [
      {
        value: '1',
        label: t(language, 'labels.fields.cutLines'),
        detail: t(language, 'labels.page.cutLinesDetail'),
        selected: forms.print.values['cutLines'] === '1',
      },
    ],
    isSheet: !isRoll,
    firstSheet: firstSheetOf(language, run, forms.print.values),
    lookAction: paths.appLabelRun(run.id),
    script: scriptWords(language),
    hasPrinted,
    svgHref: paths.appLabelRunSymbol(run.id, 1, 'svg'),
    pngHref: paths.appLabelRunSymbol(run.id, 1, 'png'),
    history: historyOf(language, record),
  };
}

/** Data of views/labels/voiding.hbs. */
export function voidingView(language: Language, { run }: Pick<RunPage, 'run'>, form: Form) {
  return {
    back: paths.appLabelRun(run.id),
    action: paths.appLabelRunVoiding(run.id),
    isLot: run.kind === 'lot',
    form,
    goods: choicesOf(language, 'goods', ['remain', 'gone'], form.values['goods'] ?? 'remain'),
  };
}

/** Data of views/labels/waste.hbs. */
export function wasteView({ run }: Pick<RunPage, 'run'>, form: Form) {
  return { back: paths.appLabelRun(run.id), action: paths.appLabelRunWaste(run.id), form };
}
