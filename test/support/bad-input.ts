// What reaches every door sooner or later: one table of broken bodies for any operation that takes JSON.
import { expect } from 'chai';
import type { Client } from './app.ts';

type Json = Record<string, unknown>;

export type BadInput = { what: string; body: unknown; status: number; pointer?: string };

/** Bodies that no operation may take, made of a good one. `textField` is a top-level text field of it. */
export function badInputs(good: () => Json, textField: string): BadInput[] {
  const at = `/${textField}`;
  const invalidUtf8 = Buffer.concat([
    Buffer.from(JSON.stringify({ ...good(), [textField]: '@' }).replace(/"@".*$/, '"')),
    Buffer.from([0xc3, 0x28]),
    Buffer.from('"}'),
  ]);
  return [
    { what: 'no body', body: {}, status: 422, pointer: '/id' },
    { what: 'a list', body: [], status: 422 },
    { what: 'broken JSON', body: '{"id":', status: 400 },
    { what: 'text that is not UTF-8', body: invalidUtf8, status: 400 },
    { what: 'a field of an unknown name', body: { ...good(), $where: '1' }, status: 422, pointer: '/$where' },
    {
      what: 'an id of another version',
      body: { ...good(), id: '5f6b0c1e-8f6a-4d0b-9a55-0d6a5d6b7c8d' },
      status: 422,
      pointer: '/id',
    },
    { what: 'a number for a text', body: { ...good(), [textField]: 7 }, status: 422, pointer: at },
    { what: 'a query operator for a text', body: { ...good(), [textField]: { $gt: '' } }, status: 422, pointer: at },
    { what: 'NUL in a text', body: { ...good(), [textField]: 'a\u0000b' }, status: 422, pointer: at },
    {
      what: 'an override of the direction of letters',
      body: { ...good(), [textField]: 'a\u202Eb' },
      status: 422,
      pointer: at,
    },
    { what: '50 000 characters', body: { ...good(), [textField]: 'a'.repeat(50_000) }, status: 422, pointer: at },
  ];
}

/** Sends one of them and expects its status and words in both languages, beside the field where there is one. */
export async function expectRefused(client: Client, path: string, bad: BadInput): Promise<void> {
  const answer = await client.post(path, bad.body);

  expect(answer.status, JSON.stringify(answer.body)).to.equal(bad.status);
  expect(answer.headers.get('content-type')).to.contain('application/problem+json');
  expect(answer.body['title']).to.be.a('string').that.is.not.empty;
  expect(answer.body['titleEn']).to.be.a('string').that.does.not.equal(answer.body['title']);
  if (bad.pointer === undefined) return;
  const errors = answer.body['errors'] as { pointer: string; detail: string; detailEn: string }[];
  const fault = errors.find(({ pointer }) => pointer === bad.pointer);
  expect(fault, JSON.stringify(errors)).to.not.equal(undefined);
  expect(fault?.detail).to.not.equal(fault?.detailEn);
}
