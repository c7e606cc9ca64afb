// Lists of recognitions as officials send them: rows of made-up producers, as CSV.
import type { TestApp } from './app.ts';
import { anAdmin, uuidv7 } from './factories.ts';

export type ListedRow = Record<string, string>;

/** A recognition with everything in it; takes only what matters. */
export function aListedRow(given: ListedRow = {}): ListedRow {
  return {
    id: 'T001',
    product_name: 'Chè mẫu',
    owner: 'Hợp tác xã Mẫu',
    stars: '3',
    status: 'công nhận',
    decision_number: '12/QĐ-UBND',
    decision_date: '2025-08-05',
    issuer: 'UBND tỉnh Thái Nguyên',
    expiry_date: '2028-08-05',
    expiry_basis: 'nguồn',
    owner_kind: 'hợp tác xã',
    province_then: 'Thái Nguyên',
    source: 'danh sách mẫu',
    ...given,
  };
}

/** `count` rows of as many products of one producer; `given` says what differs in a row (by its place from 0). */
export function listedRows(count: number, given: (at: number) => ListedRow = () => ({})): ListedRow[] {
  return Array.from({ length: count }, (_, at) =>
    aListedRow({ id: `T${at}`, product_name: `Chè mẫu số ${at}`, ...given(at) }),
  );
}

const quoted = (cell: string): string => (/[",;\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** The rows as CSV with the columns of the first. */
export function csvOf(rows: readonly ListedRow[], separator = ','): string {
  const columns = Object.keys(rows[0] ?? aListedRow());
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
  return lines.map((line) => `${line.map(quoted).join(separator)}\n`).join('');
}

const tones = /[\u0300\u0301\u0303\u0309\u0323]/gu;

/** As Windows-1258 has it: letters such as ê, ơ and đ whole, the five tones as marks behind them. */
export function withTonesApart(text: string): string {
  return [...text.normalize('NFC')]
    .map((letter) => {
      const apart = letter.normalize('NFD');
      return apart.replace(tones, '').normalize('NFC') + (apart.match(tones) ?? []).join('');
    })
    .join('');
}

export type SentList = { status: number; body: Record<string, unknown>; id: string };

/** Sends a list through the API as an administrator. */
export async function sendList(
  app: TestApp,
  bytes: Buffer | string,
  given: { id?: string; kind?: string; name?: string; type?: string; token?: string } = {},
): Promise<SentList> {
  const { id = uuidv7(), kind = 'recognitions', name = 'ds.csv', type = 'application/octet-stream' } = given;
  const query = new URLSearchParams({ id, kind, name });
  const answer = await app.as(anAdmin()).post(`/api/v1/imports?${query.toString()}`, Buffer.from(bytes as string), {
    'content-type': type,
  });
  return { status: answer.status, body: answer.body, id };
}
