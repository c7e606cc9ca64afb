// What is kept long enough goes by itself: files of imports, notes of signing in, and who applied and was refused.
import { expect } from 'chai';
import { userModel } from '../../src/accounts/accounts.model.ts';
import { auditModel, noteAudit } from '../../src/audit/audit.ts';
import { importRunModel } from '../../src/imports/imports.model.ts';
import { importRowModel } from '../../src/imports/imports.report.model.ts';
import { removeKeptLongEnough } from '../../src/personal/personal.retention.service.ts';
import { producerModel } from '../../src/producers/producers.model.ts';
import { usualRetention } from '../../src/retention.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { anAdmin, anOfficer, uuidv7 } from '../support/factories.ts';
import { newSignUpJson } from '../support/factories.producers.ts';
import { wordsOf } from '../support/forms.ts';
import { aListedRow, csvOf, listedRows, sendList } from '../support/lists.ts';

const startedAt = '2026-09-04T09:41:00+07:00';

describe('what is kept long enough', function () {
  this.timeout(60_000);
  let app: TestApp;
  beforeEach(async () => {
    app = await testApp({ now: startedAt });
  });
  afterEach(() => app.close());

  const afterDays = (days: number): Date => new Date(new Date(startedAt).getTime() + days * 86_400_000 + 1000);
  const round = (days: number) => {
    app.setNow(afterDays(days).toISOString());
    return removeKeptLongEnough(app.db, usualRetention, afterDays(days));
  };
  const filesKept = async () => ({
    files: await app.db.collection('imports.files').countDocuments(),
    chunks: await app.db.collection('imports.chunks').countDocuments(),
    rows: await importRowModel(app.db).countDocuments(),
  });
  const pageOf = (id: string) => app.as(anAdmin()).page(`/admin/imports/${id}`);

  it('goes of imports: the file and its rows, not what was done with them; the page says so', async () => {
    const { id } = await sendList(app, csvOf([...listedRows(2), aListedRow({ id: 'T9', owner: '' })]));
    await app.as(anAdmin()).post(`/api/v1/imports/${id}/storing`, {});
    const before = await filesKept();

    const early = await round(usualRetention.importFiles - 1);
    const kept = await filesKept();
    const removed = await round(usualRetention.importFiles);
    const again = await round(usualRetention.importFiles);

    expect([early, removed?.importFiles, again]).to.deep.equal([undefined, 1, undefined]);
    expect(kept).to.deep.equal(before);
    expect(before).to.deep.equal({ files: 1, chunks: 1, rows: 1 });
    expect(await filesKept()).to.deep.equal({ files: 0, chunks: 0, rows: 0 });
    expect(await importRunModel(app.db).findById(id).lean()).to.deep.include({
      state: 'done',
      stored: { new: 2, changed: 0, same: 0 },
    });
    const page = await pageOf(id);
    expect(page.status).to.equal(200);
    expect(wordsOf(page.text)).to.include('đã hết thời hạn giữ');
    expect((await app.as(anAdmin()).get(`/api/v1/imports/${id}`)).status).to.equal(200);
  });

  it('goes also of lists that were looked at and never stored, which then can’t be stored any more', async () => {
    const { id } = await sendList(app, csvOf(listedRows(2)));

    const removed = await round(usualRetention.importFiles);
    const storing = await app.as(anAdmin()).post(`/api/v1/imports/${id}/storing`, {});
    const page = await pageOf(id);

    expect(removed?.importFiles).to.equal(1);
    expect(storing.status).to.equal(409);
    expect(storing.body['type']).to.equal('/problems/import-unreadable');
    expect(wordsOf(page.text)).to.include('Tệp đã để quá thời hạn giữ');
    expect(await producerModel(app.db).countDocuments()).to.equal(0);
  });

  it('goes of the audit log: notes of signing in, and no others; a note says how many', async () => {
    const actorId = uuidv7();
    const note = (what: string) => noteAudit(app.db, { actorId, what, recordId: actorId, at: app.deps.clock() });
    for (const what of ['signed-in', 'sign-in-failed', 'sign-in-link-made', 'password-changed', 'role-granted'])
      await note(what);

    const early = await round(usualRetention.signIns - 1);
    const removed = await round(usualRetention.signIns);
    const again = await round(usualRetention.signIns);

    expect([early, removed?.signIns, again]).to.deep.equal([undefined, 3, undefined]);
    const left = await auditModel(app.db).find({ actorId }).lean();
    expect(left.map(({ what }) => what)).to.have.members(['password-changed', 'role-granted']);
    const said = await auditModel(app.db).find({ what: 'kept-long-enough' }).lean();
    expect(said).to.have.length(1);
    expect(said[0]?.after).to.deep.equal({ importFiles: 0, signIns: 3, refusedApplicants: 0 });
  });

  describe('of who applied', () => {
    const officer = anOfficer('19');
    const apply = async (parts: Record<string, unknown> = {}) => {
      const sent = newSignUpJson(parts) as Record<string, string>;
      const answer = await app.as(undefined).post('/api/v1/sign-ups', sent);
      expect(answer.status).to.equal(202);
      return { sent, id: sent['id'] ?? '' };
    };
    const decide = (id: string, outcome: string) =>
      app.as(officer).post(`/api/v1/producers/${id}/approvals`, { id: uuidv7(), outcome, reason: 'Không đúng xã.' });
    const storedOf = async (id: string) => ({
      producer: await producerModel(app.db).findById(id).lean(),
      user: await userModel(app.db)
        .findOne({ _id: (await producerModel(app.db).findById(id).lean())?.signUp?.userId ?? '' })
        .lean(),
    });

    it('goes when the refusal has stood for the period: names, login, telephone; ids and decisions stay', async () => {
      const { id, sent } = await apply({ kind: 'household', legalName: 'Hộ ông Nông Văn Mẫu' });
      await decide(id, 'refused');

      const early = await round(usualRetention.refusedApplicants - 1);
      const between = await storedOf(id);
      const removed = await round(usualRetention.refusedApplicants);
      const again = await round(usualRetention.refusedApplicants + 1);

      expect(early?.refusedApplicants ?? 0).to.equal(0);
      expect(between.user?.login).to.equal(sent['login']);
      expect([removed?.refusedApplicants, again?.refusedApplicants ?? 0]).to.deep.equal([1, 0]);
      const { producer, user } = await storedOf(id);
      expect(JSON.stringify({ producer, user })).to.not.match(/Nông Văn Mẫu|ông nông|nong van/i);
      expect(JSON.stringify({ producer, user })).to.not.include(sent['login']);
      expect(producer).to.include({ hotline: '', legalName: 'đã xoá vì hết thời hạn giữ ngày 03/09/2028' });
      expect(producer?.approvals).to.have.length(1);
      expect(user).to.deep.include({ roles: [], login: `erased:${producer?.signUp?.userId}` });
      expect((await app.as(officer).page(`/office/producers/${id}`)).status).to.equal(200);
    });

    it('stays while it waits again, was ever approved, or is signed in somewhere; an account with other roles stays whole', async () => {
      const asked = await apply();
      const approved = await apply();
      const open = await apply();
      const busy = await apply();
      for (const { id } of [asked, approved, open, busy]) await decide(id, id === approved.id ? 'approved' : 'refused');
      await decide(approved.id, 'refused');
      await producerModel(app.db).updateOne({ _id: asked.id }, { $set: { askedAgainAt: app.deps.clock() } });
      const busyUser = (await storedOf(busy.id)).user;
      await userModel(app.db).updateOne(
        { _id: busyUser?._id ?? '' },
        { $push: { roles: { kind: 'producer', producerId: uuidv7() } } },
      );
      const { user } = await storedOf(open.id);
      await app.as({ userId: user?._id ?? '', name: user?.name ?? '', roles: user?.roles ?? [] }).get('/api/v1/me');

      const removed = await round(usualRetention.refusedApplicants);

      expect(removed?.refusedApplicants).to.equal(1);
      for (const { id } of [asked, approved, open])
        expect((await storedOf(id)).producer?.signUp?.representative, id).to.equal('Nông Văn Mẫu');
      expect((await storedOf(busy.id)).producer?.signUp?.representative).to.match(/^đã xoá/);
      expect((await storedOf(busy.id)).user?.name).to.equal(busyUser?.name);
    });
  });

  it('is told on the privacy page with the periods that are set', async () => {
    const { text } = await app.as(undefined).page('/privacy');

    const words = wordsOf(text);
    for (const days of Object.values(usualRetention)) expect(words).to.include(`${days} ngày`);
    expect(words).to.include('chưa được xác nhận theo luật');
  });
});
