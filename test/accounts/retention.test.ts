import { expect } from 'chai';
import { createUser, makeSignInLink } from '../../src/accounts/accounts.service.ts';
import { sweepAccounts } from '../../src/accounts/retention.service.ts';
import { linkModel } from '../../src/accounts/sessions.model.ts';
import { limitModel, takeTurns } from '../../src/db/limits.ts';
import { testApp } from '../support/app.ts';
import { uuidv7 } from '../support/factories.ts';

describe('the sweep of accounts', () => {
  it('removes links and counters that are over, leaves the others, and does the same when it runs twice', async () => {
    const app = await testApp();
    const now = app.deps.clock();
    const person = { id: uuidv7(), name: 'Người Mẫu', login: 'nguoi@mau.example', roles: [] };
    await createUser(app.db, person, now);
    await makeSignInLink(app.db, person.id, 'sign-in', now, 10);
    await makeSignInLink(app.db, person.id, 'sign-in', now, 60);
    await takeTurns(app.db, [{ key: 'short', most: 5, windowSeconds: 60 }], now);
    await takeTurns(app.db, [{ key: 'long', most: 5, windowSeconds: 7200 }], now);
    const later = new Date(now.getTime() + 20 * 60_000);

    await sweepAccounts(app.db, later);
    await sweepAccounts(app.db, later);

    expect(await linkModel(app.db).countDocuments({ userId: person.id })).to.equal(1);
    expect((await limitModel(app.db).find({}, { _id: 1 }).lean()).map(({ _id }) => _id)).to.include('long');
    expect(await limitModel(app.db).countDocuments({ _id: 'short' })).to.equal(0);
    await app.close();
  });
});
