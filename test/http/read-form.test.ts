import { expect } from 'chai';
import { z } from 'zod';
import { amount, day, line, newId, text } from '../../src/fields.ts';
import { formInput } from '../../src/http/read-form.ts';
import { readInput } from '../../src/http/read-input.ts';

const schema = z.strictObject({
  name: line(20),
  address: z.strictObject({ communeCode: z.string().regex(/^\d{5}$/, { error: 'commune-code' }) }),
  quantity: amount.optional(),
  units: z.number().int().min(1).optional(),
  siteIds: z.array(z.string()).default([]),
  isPublic: z.boolean().default(false),
  kind: z.enum(['kg', 'l']).default('kg'),
});

const read = (body: Record<string, unknown>) => readInput(schema, formInput(schema, body));
const valid = { name: 'Na dai', 'address.communeCode': '05740' };

describe('a form read by the schema of its operation', () => {
  it('becomes the same input that the API takes', () => {
    const typed = { ...valid, quantity: '0,5', units: ' 12 ', siteIds: 'a', isPublic: 'on', kind: 'l' };

    expect(read(typed)).to.deep.equal({
      ok: true,
      value: {
        name: 'Na dai',
        address: { communeCode: '05740' },
        quantity: 0.5,
        units: 12,
        siteIds: ['a'],
        isPublic: true,
        kind: 'l',
      },
    });
  });

  it('takes an empty field as one that was not given', () => {
    expect(read({ ...valid, quantity: '', units: '', siteIds: '' })).to.have.nested.property('value.siteIds').that.is
      .empty;
  });

  it('keeps zeros in front of a code', () => {
    expect(read(valid)).to.have.nested.property('value.address.communeCode', '05740');
  });

  for (const [field, typed, code] of [
    ['quantity', '1.900 kg', 'number'],
    ['quantity', '0', 'above-zero'],
    ['quantity', '0,00001', 'decimals'],
    ['units', '1,5', 'whole-number'],
    ['units', '-3', 'too-small'],
    ['kind', 'ton', 'choice'],
    ['name', 'x'.repeat(21), 'too-long'],
    ['name', '   ', 'required'],
    ['name', 'a\u0000b', 'characters'],
    ['name', 'a\u202Eb', 'characters'],
    ['name', 'hai\ndòng', 'one-line'],
    ['address.communeCode', '5740', 'commune-code'],
    ['surprise', 'x', 'unknown'],
  ] as const) {
    it(`names ${field} as wrong (${code}) for ${JSON.stringify(typed)}`, () => {
      const answer = read({ ...valid, [field]: typed });

      expect(answer.ok).to.equal(false);
      expect(
        Object.values((answer as { errors: Record<string, { code: string }> }).errors).map((error) => error.code),
      ).to.include(code);
    });
  }
});

describe('a form that reaches for the prototype', () => {
  for (const name of ['__proto__.polluted', 'constructor.prototype.polluted', 'address.__proto__.polluted']) {
    it(`changes nothing by ${name}`, () => {
      read({ ...valid, [name]: 'x' });

      expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
    });
  }
});

describe('input that is not what it should be', () => {
  const one = z.strictObject({ id: newId, doneOn: day, note: text(5).default('') });

  for (const [raw, field, code] of [
    [{ id: { $gt: '' }, doneOn: '2026-08-21' }, 'id', 'uuidv7'],
    [{ id: '0190a1b2-0000-7000-8000-000000000001', doneOn: { $gt: '' } }, 'doneOn', 'type'],
    [{ id: '0190a1b2-0000-7000-8000-000000000001', doneOn: '2026-02-30' }, 'doneOn', 'day'],
    [{ id: '0190a1b2-0000-7000-8000-000000000001', doneOn: '21/08/2026' }, 'doneOn', 'day'],
    [{ id: '0190a1b2-0000-4000-8000-000000000001', doneOn: '2026-08-21' }, 'id', 'uuidv7'],
    [{ doneOn: '2026-08-21' }, 'id', 'required'],
    [{ id: '0190a1b2-0000-7000-8000-000000000001' }, 'doneOn', 'required'],
    [{ id: '0190a1b2-0000-7000-8000-000000000001', doneOn: '2026-08-21', note: '123456' }, 'note', 'too-long'],
    [null, '', 'type'],
    [[], '', 'type'],
  ] as const) {
    it(`is refused at ${field === '' ? 'the whole' : field} with ${code}: ${JSON.stringify(raw)}`, () => {
      const answer = readInput(one, raw);

      expect(answer).to.have.nested.property('ok', false);
      expect((answer as { errors: Record<string, { code: string }> }).errors[field]?.code).to.equal(code);
    });
  }
});
