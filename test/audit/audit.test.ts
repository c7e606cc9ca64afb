import { expect } from 'chai';
import { auditOf, noteAudit } from '../../src/audit/audit.ts';
import type { Db } from '../../src/db/connect.ts';
import { freshDatabase } from '../support/store.ts';

describe('the audit log', () => {
  let db: Db;
  const at = (minute: number) => new Date(Date.UTC(2026, 8, 4, 2, minute));

  beforeEach(async () => {
    db = await freshDatabase();
  });

  it('keeps who did what to which record, with before and after, in the order of time', async () => {
    const first = {
      actorId: 'lan',
      what: 'product-renamed',
      recordId: 'p1',
      before: { name: 'A' },
      after: { name: 'B' },
      at: at(1),
    };
    await noteAudit(db, { actorId: 'minh', what: 'product-made', recordId: 'p2', at: at(2) });
    await noteAudit(db, { ...first, what: 'product-hidden', at: at(3) });
    await noteAudit(db, first);

    const notes = await auditOf(db, 'p1');

    expect(notes.map(({ what }) => what)).to.deep.equal(['product-renamed', 'product-hidden']);
    expect(notes[0]).to.deep.include(first);
  });

  it('keeps a note that is sent twice under one id once', async () => {
    const note = { id: 'n1', actorId: 'lan', what: 'user-created', recordId: 'u1', at: at(1) };

    await Promise.all([noteAudit(db, note), noteAudit(db, note)]);
    await noteAudit(db, { ...note, what: 'another' });

    expect(await auditOf(db, 'u1')).to.deep.equal([note]);
  });
});
