// What a file of protocols says, one by one, and which of them fits a product. Pure.
import { fold, searchWords } from '../fold.ts';
import type { ImportFault, ReadRow, ReadRows } from '../importing/importing.types.ts';
import { faultsOf } from '../importing/json-file.ts';
import { protocolFile, protocolOfFile } from './protocols.input.ts';
import type { ProtocolFile, ProtocolOfFile, StepOfFile } from './protocols.input.ts';
import type { DiaryTable, Protocol, ProtocolStep, Source } from './protocols.types.ts';

/** Na (mãng cầu ta) -> na-mang-cau-ta. */
export function keyOf(title: string): string {
  return fold(title)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80);
}

const stepOf = ({ months, duration, inputs, parameters, source, ...step }: StepOfFile): ProtocolStep => ({
  ...step,
  months: months ?? [],
  duration: duration ?? '',
  inputs: inputs.map((input) => ({ ...input, unit: input.unit ?? '', per: input.per ?? '' })),
  parameters: Object.entries(parameters).map(([name, value]) => ({ name, value: value === null ? '' : String(value) })),
  source: source ?? '',
});

const sourcesOf = (file: ProtocolFile, keys: readonly string[]): Source[] =>
  [...new Set(keys)].flatMap((key) => {
    const source = Object.hasOwn(file.sources, key) ? file.sources[key] : undefined;
    return source === undefined ? [] : { key, title: source.title, url: source.url ?? '', kind: source.kind };
  });

const growing = (file: ProtocolFile, given: ProtocolOfFile): Protocol => {
  const steps = given.steps.map(stepOf);
  return {
    key: keyOf(given.product),
    title: given.product,
    reading: file.reading,
    sources: sourcesOf(
      file,
      steps.map(({ source }) => source),
    ),
    kind: 'growing',
    content: {
      place: given.place,
      cycle: given.cycle,
      sets: given.criteriaSet === null ? given.criteriaSetCandidates : [given.criteriaSet],
      steps,
      remarks: [given.warning, given.crossCheck, given.note].filter((remark) => remark !== ''),
    },
  };
};

const tableOf = ({ table, multiRow, columns }: ProtocolFile['diaryForms']['crop'][number]): DiaryTable => ({
  name: table,
  isMultiRow: multiRow,
  columns,
});

const diary = (file: ProtocolFile): Protocol => {
  const { source, crop, mushroomExtra, otherBooks } = file.diaryForms;
  return {
    key: 'nhat-ky-vietgap',
    title: 'Nhật ký VietGAP',
    reading: file.reading,
    sources: sourcesOf(file, [source, otherBooks.source]),
    kind: 'diary',
    content: {
      crop: crop.map(tableOf),
      mushroom: mushroomExtra.map(tableOf),
      books: otherBooks.books,
      bookSource: otherBooks.source,
      source,
    },
  };
};

const pesticides = (file: ProtocolFile): Protocol => {
  const { note, registerSize, rules, testOnly } = file.pesticides;
  const { asOf, source: url, ...sizes } = registerSize;
  return {
    key: 'thuoc-bao-ve-thuc-vat',
    title: 'Thuốc bảo vệ thực vật',
    reading: file.reading,
    sources: sourcesOf(
      file,
      rules.map(({ source }) => source),
    ),
    kind: 'pesticides',
    content: {
      note,
      register: { asOf, url, sizes: Object.values(sizes) },
      rules: rules.map(({ rule, source, maxPhiDaysChemical }) => ({ rule, source, waitDaysMost: maxPhiDaysChemical })),
      trialOnly: testOnly.map(({ label, phiDays }) => ({ label, waitDays: phiDays })),
    },
  };
};

const unknownSources = (file: ProtocolFile, named: readonly { column: string; source: string }[]): ImportFault[] =>
  named
    .filter(({ source }) => source !== '' && !Object.hasOwn(file.sources, source))
    .map(({ column }) => ({ column, code: 'source-unknown' }));

const readGrowing = (file: ProtocolFile, item: unknown, place: number): ReadRow<Protocol> => {
  const name = (item as { product?: unknown } | null)?.product;
  const label = typeof name === 'string' && name !== '' ? name.slice(0, 120) : `#${place + 1}`;
  const row = { line: place + 1, label, value: undefined, remarks: [] };
  const read = protocolOfFile.safeParse(item, { reportInput: true });
  if (!read.success) return { ...row, faults: faultsOf(read.error) };
  const named = read.data.steps.map(({ source }, at) => ({ column: `steps[${at}].source`, source: source ?? '' }));
  const faults = unknownSources(file, named);
  if (faults.length > 0) return { ...row, faults };
  const remarks = read.data.steps.some(({ sourced }) => !sourced) ? ['protocol-unsourced'] : [];
  return { ...row, value: growing(file, read.data), faults, remarks };
};

const markRepeated = (rows: readonly ReadRow<Protocol>[]): ReadRow<Protocol>[] =>
  rows.map((row, place) => {
    const before = rows.slice(0, place).find(({ value }) => value !== undefined && value.key === row.value?.key);
    if (before === undefined) return row;
    return { ...row, value: undefined, faults: [{ column: 'product', code: 'twice', facts: { line: before.line } }] };
  });

/** The protocols of a file, then its diaries and its pesticide rules as a row each; a fault of the frame is one of the whole file. */
export function readProtocols(value: unknown): ReadRows<Protocol> {
  const read = protocolFile.safeParse(value, { reportInput: true });
  if (!read.success) return { rows: [], faults: faultsOf(read.error) };
  const file = read.data;
  const named = [
    { column: 'diaryForms.source', source: file.diaryForms.source },
    { column: 'diaryForms.otherBooks.source', source: file.diaryForms.otherBooks.source },
    ...file.pesticides.rules.map(({ source }, at) => ({ column: `pesticides.rules[${at}].source`, source })),
  ];
  const faults = unknownSources(file, named);
  if (faults.length > 0) return { rows: [], faults };
  const rows = file.protocols.map((item, place) => readGrowing(file, item, place));
  const rest = [diary(file), pesticides(file)].map((one, place): ReadRow<Protocol> => ({
    line: rows.length + place + 1,
    label: one.title,
    value: one,
    faults: [],
    remarks: [],
  }));
  return { rows: markRepeated([...rows, ...rest]), faults: [] };
}

const shared = (one: readonly string[], other: readonly string[]): number =>
  one.filter((word) => other.includes(word)).length;

/** The growing protocol of a set whose name shares most words with the product's; undefined when none shares any. */
export function fittingProtocol(
  protocols: readonly Protocol[],
  set: number,
  productName: string,
): Protocol | undefined {
  const words = searchWords(productName);
  const fitting = protocols
    .filter((one) => one.kind === 'growing' && one.content.sets.includes(set))
    .map((one) => ({ one, count: shared(searchWords(one.title), words) }))
    .filter(({ count }) => count > 0)
    .sort((left, right) => right.count - left.count);
  return fitting[0]?.one;
}
