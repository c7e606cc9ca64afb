import { expect } from 'chai';
import pino from 'pino';
import { ensureIndexes } from '../../src/db/indexes.ts';
import type { Db } from '../../src/db/connect.ts';
import { openScanBook, prepareScans } from '../../src/scans/scans.service.ts';
import { unitScanModel } from '../../src/scans/scans.model.ts';
import { appDatabase, giveBackDatabase } from '../support/store.ts';

const log = pino({ level: 'silent' });
const label = { code: '7K3M9QXC2A4Y', producerId: 'p', provinceCode: '19', batchId: 'b' };
const at = (minute: number): Date => new Date(Date.UTC(2026, 8, 4, 2, minute));

describe('the book of scans', () => {
  let db: Db;
  before(async () => {
    db = await appDatabase();
    prepareScans(db);
    await ensureIndexes(db, log);
  });
  after(() => giveBackDatabase(db));

  it('keeps fifty scans of two processes at once as fifty, with one first moment (K23)', async () => {
    const books = [openScanBook(db, log, 0), openScanBook(db, log, 0)];

    for (let minute = 49; minute >= 0; minute -= 1) {
      books[minute % 2]!.note({ label, at: at(minute), place: minute === 0 ? '19' : '' });
      if (minute % 7 === 0) await Promise.all(books.map((book) => book.flush()));
    }
    await Promise.all(books.map((book) => book.close()));

    const history = await openScanBook(db, log, 0).historyOf(label.code);
    expect(history.count).to.equal(50);
    expect(history.first).to.deep.equal({ at: at(0), place: '19' });
    expect(history.last).to.deep.equal(at(49));
    expect(history.places['']?.count).to.equal(49);
    expect(history.days).to.deep.equal({ '2026-09-04': { '': 49, '19': 1 } });
  });

  it('shows what was counted before it is written, and reads many codes at once', async () => {
    const book = openScanBook(db, log, 0);
    const codes = Array.from({ length: 700 }, (_, at) => `CODE${String(at).padStart(8, '0')}`);

    for (const code of codes) book.note({ label: { ...label, code }, at: at(1), place: '' });
    const before = await Promise.all(codes.map((code) => book.historyOf(code)));
    const [during] = await Promise.all([book.historyOf(codes[0]!), book.flush()]);
    const after = await Promise.all(codes.map((code) => book.historyOf(code)));

    expect(new Set(before.map(({ count }) => count))).to.deep.equal(new Set([1]));
    expect(during.count).to.equal(1);
    expect(new Set(after.map(({ count }) => count))).to.deep.equal(new Set([1]));
  });

  it('stays small: of a code scanned every day only the latest hundred days are told apart', async () => {
    const book = openScanBook(db, log, 0);
    const own = { ...label, code: 'DAILY0000000' };
    for (let day = 0; day < 130; day += 1)
      book.note({ label: own, at: new Date(Date.UTC(2026, 0, 1 + day)), place: '' });
    await book.flush();

    await book.historyOf(own.code);
    book.note({ label: own, at: new Date(Date.UTC(2026, 0, 131)), place: '' });
    await book.flush();

    const history = await book.historyOf(own.code);
    expect(history.count).to.equal(131);
    expect(Object.keys(history.days)).to.have.length(101);
    expect(history.first?.at).to.deep.equal(new Date(Date.UTC(2026, 0, 1)));
  });

  it('keeps nothing of who scanned', async () => {
    const [stored] = await unitScanModel(db).find({ _id: label.code }).lean();

    expect(Object.keys(stored ?? {})).to.have.members([
      '_id',
      'producerId',
      'provinceCode',
      'batchId',
      'count',
      'first',
      'last',
      'places',
      'days',
      'seenIn',
    ]);
  });
});
