import { expect } from 'chai';
import { cutPage, listing } from '../../src/db/listing.ts';
import type { ListPage, ListSort } from '../../src/db/listing.ts';
import { fold, searchWords } from '../../src/fold.ts';
import type { Db } from '../../src/db/connect.ts';
import { freshDatabase } from '../support/store.ts';

type Row = { _id: string; name: string; foldedName: string; searchWords: string[] };

describe('a list of records', () => {
  const names = ['Na dai', 'Chè đinh', 'Miến dong', 'Na dai', 'Ổi', 'Dâu tằm', 'Bưởi Diễn'];
  const rows: Row[] = names.map((name, index) => ({
    _id: `id-${index}`,
    name,
    foldedName: fold(name),
    searchWords: searchWords(name),
  }));

  let db: Db;

  beforeEach(async () => {
    db = await freshDatabase();
    await db.collection<Row>('things').insertMany(rows);
  });

  const pageOf = async (page: ListPage) => {
    const things = db.collection<Row>('things');
    const { conditions, order, limit } = listing('foldedName', page);
    const read = await things
      .find(conditions.length === 0 ? {} : { $and: conditions })
      .sort(order)
      .limit(limit)
      .toArray();
    return cutPage(
      read.map(({ _id, ...rest }) => ({ id: _id, ...rest })),
      page,
      ({ foldedName }) => foldedName,
    );
  };

  const walk = async (sort: ListSort, q?: string): Promise<string[]> => {
    const seen: string[] = [];
    let after: string | undefined;
    for (let turn = 0; turn < 10; turn += 1) {
      const page = await pageOf({ limit: 2, sort, q, after });
      seen.push(...page.items.map(({ id }) => id));
      if (page.next === null) return seen;
      after = page.next;
    }
    throw new Error('the list does not end');
  };

  it('shows every record once, page by page, in each order', async () => {
    expect(await walk('newest')).to.deep.equal(['id-6', 'id-5', 'id-4', 'id-3', 'id-2', 'id-1', 'id-0']);
    expect(await walk('oldest')).to.deep.equal(['id-0', 'id-1', 'id-2', 'id-3', 'id-4', 'id-5', 'id-6']);
    expect(await walk('name')).to.deep.equal(['id-6', 'id-1', 'id-5', 'id-2', 'id-0', 'id-3', 'id-4']);
    expect(await walk('name-desc')).to.deep.equal(['id-4', 'id-3', 'id-0', 'id-2', 'id-5', 'id-1', 'id-6']);
  });

  it('finds words by their beginnings, without marks and capitals', async () => {
    expect(await walk('name', 'NÁ da')).to.deep.equal(['id-0', 'id-3']);
    expect(await walk('name', 'd')).to.deep.equal(['id-6', 'id-1', 'id-5', 'id-2', 'id-0', 'id-3']);
    expect(await walk('name', 'đ')).to.deep.equal(['id-1']);
    expect(await walk('name', '$(.*')).to.have.length(7);
    expect(await walk('name', 'khong co')).to.deep.equal([]);
  });

  it('refuses a cursor of a name order that it did not give', () => {
    expect(() => listing('foldedName', { limit: 2, sort: 'name', after: 'bịa' })).to.throw('fields-wrong');
  });
});
