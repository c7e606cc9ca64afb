import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { provinceFullName, provinces } from '../../src/units/provinces.types.ts';
import { skipWithoutReference } from '../support/reference.ts';

describe('provinces', () => {
  it('are the 34 of the administrative units since 1 July 2025, code by code', function () {
    const file = skipWithoutReference(this, 'data/boundaries/units.json');
    const units = JSON.parse(readFileSync(file, 'utf8')) as { Code: string; FullName: string }[];

    const ours = provinces.map(({ code }) => ({ code, name: provinceFullName(code) }));

    expect(ours).to.deep.equal(units.map(({ Code, FullName }) => ({ code: Code, name: FullName })));
    expect(ours).to.have.length(34);
  });
});
