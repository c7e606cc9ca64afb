// Walks every route of the application as eight kinds of caller, to records of a producer that they stand near and to those of a stranger.
// What must come of it follows from route-rules.ts and powers.ts alone.
import { expect } from 'chai';
import type { Express } from 'express';
import type { Actor } from '../../src/actor.ts';
import { createApp } from '../../src/app.ts';
import type { Operation } from '../../src/http/api.ts';
import { pageRoutes } from '../../src/http/routes.ts';
import { operationRules, pageRules } from '../../src/route-rules.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { uuidv7 } from '../support/factories.ts';
import { aWorld } from '../support/a-world.ts';
import type { Callers } from '../support/a-world.ts';
import { newSignUpJson } from '../support/factories.producers.ts';
import { apiCalls, pageCalls } from '../support/access-calls.ts';
import type { AccessCall } from '../support/access-calls.ts';
import { expectedOf, isAsExpected } from '../support/access-rules.ts';

// Whoever ends sessions or changes a password of their own is somebody for this call only.
const anyone = (actor: Actor | undefined): Actor | undefined =>
  actor === undefined ? undefined : { ...actor, userId: uuidv7() };

const whose = ['own', 'stranger'] as const;

describe('the walk of every route as every kind of caller', function () {
  this.timeout(120_000);
  let app: TestApp;
  const surprises: string[] = [];
  let walked = 0;
  let callers: Callers;

  before(async () => {
    app = await testApp();
    const world = await aWorld(app);
    callers = world.callers;
    const express = createApp(app.deps).usual as Express;
    const operations = express.locals['operations'] as Operation[];
    const document = (await (await fetch(`${app.url}/api/v1/openapi.json`)).json()) as never;
    const calls: AccessCall[] = [
      ...(await apiCalls(operations, document, operationRules)),
      ...pageCalls(pageRoutes(express), pageRules),
    ];
    // What is erased or closed on the way is read first.
    calls.sort((one, other) => Number(other.reads) - Number(one.reads));
    for (const call of calls) {
      for (const [caller, actor] of Object.entries(world.callers)) {
        for (const side of whose) {
          if (side === 'stranger' && !call.hasRecord) continue;
          const person = call.rule === 'own-account' || call.rule === 'public' ? anyone(actor) : actor;
          const answer = await call.send(app.as(person), world[side]);
          const place = { producerId: world[side]['producer'] ?? '', ...world[`${side}Place`] };
          const expected = expectedOf(call, actor, place);
          walked += 1;
          if (!isAsExpected(expected, answer))
            surprises.push(`${call.name} as ${caller}, ${side}: ${answer.status} ${answer.code}, expected ${expected}`);
        }
      }
    }
  });
  after(() => app.close());

  it('meets no surprise', () => {
    expect(walked).to.be.greaterThan(3000);
    expect(surprises.join('\n')).to.equal('');
  });

  it('lets nobody give themselves a role by what they send', async () => {
    const { owner, admin } = callers;
    const roles = [{ kind: 'admin' }];
    const asOwner = app.as(owner);
    const asAdmin = app.as(admin);

    const statuses = [
      (await asOwner.post('/api/v1/users', { id: uuidv7(), name: 'A', login: 'a@example.vn', roles })).status,
      (
        await asAdmin.post('/api/v1/users', {
          id: uuidv7(),
          name: 'A',
          login: 'a@example.vn',
          roles,
          isFirstAdmin: true,
        })
      ).status,
      (await app.as(undefined).post('/api/v1/sign-ups', newSignUpJson({ roles }))).status,
      (await app.as(undefined).post('/api/v1/sign-ups', newSignUpJson({ approvals: [{ outcome: 'approved' }] })))
        .status,
      (await app.as(undefined).post('/api/v1/sign-in', { login: '0912345678', password: 'x', roles })).status,
    ];
    const me = await asOwner.get('/api/v1/me');

    expect(statuses).to.deep.equal([403, 422, 422, 422, 422]);
    expect(me.body['roles']).to.deep.equal(owner?.roles);
  });
});
