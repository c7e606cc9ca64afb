// Every route of the application is in the tables of route-rules.ts, and nothing else is.
import { expect } from 'chai';
import type { Express } from 'express';
import { createApp } from '../../src/app.ts';
import type { Operation } from '../../src/http/api.ts';
import { apiRoutes, pageRoutes } from '../../src/http/routes.ts';
import { operationRules, pageRules } from '../../src/route-rules.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';

const howTo =
  'Add it to src/route-rules.ts with the deed of src/powers.ts that its service asks for (see the top of that file).';

describe('the list of routes', () => {
  let testing: TestApp;
  let app: Express;
  before(async () => {
    testing = await testApp();
    app = createApp(testing.deps).usual as Express;
  });
  after(() => testing.close());

  it('has a rule for every operation of the API, and no rule for what is gone', () => {
    const operations = app.locals['operations'] as Operation[];
    const ids = operations.map(({ id }) => id);

    const without = ids.filter((id) => operationRules[id] === undefined);
    const gone = Object.keys(operationRules).filter((id) => !ids.includes(id));

    expect(apiRoutes(app)).to.have.length(ids.length);
    expect(without, `operations without a rule. ${howTo}`).to.deep.equal([]);
    expect(gone, 'rules of operations that are gone: take them out of src/route-rules.ts').to.deep.equal([]);
  });

  it('has a rule for every page, and no rule for what is gone', () => {
    const names = pageRoutes(app).map(({ method, path }) => `${method} ${path}`);

    const without = names.filter((name) => pageRules[name] === undefined);
    const gone = Object.keys(pageRules).filter((name) => !names.includes(name));

    expect(names.length).to.be.greaterThan(100);
    expect(without, `pages without a rule. ${howTo}`).to.deep.equal([]);
    expect(gone, 'rules of pages that are gone: take them out of src/route-rules.ts').to.deep.equal([]);
  });

  it('lets an operation be public in the API exactly when its rule says so', () => {
    const operations = app.locals['operations'] as Operation[];

    const differing = operations.filter(
      ({ id, access }) => (access === 'public') !== (operationRules[id] === 'public'),
    );

    expect(differing.map(({ id }) => id)).to.deep.equal([]);
  });
});
