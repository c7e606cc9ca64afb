import { Validator } from '@seriousme/openapi-schema-validator';
import { expect } from 'chai';
import type { Operation } from '../../src/http/api.ts';
import { createApi } from '../../src/http/api.ts';
import { addFeatureApis } from '../../src/app.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';

type Document = {
  openapi: string;
  paths: Record<
    string,
    Record<string, { operationId: string; summary: string; description: string; responses: Record<string, unknown> }>
  >;
};

describe('the OpenAPI document', () => {
  let app: TestApp;
  let operations: Operation[];
  let served: Document;

  before(async () => {
    app = await testApp();
    const api = createApi();
    addFeatureApis(api, app.deps);
    operations = api.operations;
    served = (await (await fetch(`${app.url}/api/v1/openapi.json`)).json()) as Document;
  });

  after(() => app.close());

  it('is valid OpenAPI 3.1', async () => {
    const result = await new Validator().validate(structuredClone(served));

    expect(result.errors ?? []).to.deep.equal([]);
    expect(result.valid).to.equal(true);
    expect(served.openapi).to.match(/^3\.1/);
  });

  it('describes every operation that is served, once, in both languages', () => {
    const described = Object.values(served.paths).flatMap((path) => Object.values(path));

    expect(described.map((one) => one.operationId).sort()).to.deep.equal(operations.map((one) => one.id).sort());
    expect(new Set(described.map((one) => one.operationId)).size).to.equal(described.length);
    for (const one of described) expect(one.summary !== '' && one.description !== '', one.operationId).to.equal(true);
  });

  it('asks strangers to sign in at every operation that it calls signed-in', async () => {
    const id = '01990000-0000-7000-8000-000000000001';
    for (const operation of operations.filter((one) => one.access === 'signed-in')) {
      const path = `/api/v1${operation.path.replace(/:sha256/, 'a'.repeat(64)).replace(/:\w+/g, id)}`;
      const method = operation.method.toUpperCase();
      const answer = await fetch(app.url + path, {
        method,
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        ...(method === 'GET' ? {} : { body: '{}' }),
      });

      expect(answer.status, operation.id).to.equal(401);
      expect(((await answer.json()) as { type: string }).type, operation.id).to.equal('/problems/not-signed-in');
    }
  });
});
