import { expect } from 'chai';
import { createPageCache } from '../../src/http/page-cache.ts';
import type { Wanted } from '../../src/http/page-cache.ts';

const at = (seconds: number): Date => new Date(Date.UTC(2026, 8, 4) + seconds * 1000);

/** A cache over one changing text, with what was asked of its store. */
const shelf = (mostBytes = 1_000_000) => {
  const state = { stamp: 'a', reads: 0, renders: 0 };
  const cache = createPageCache<undefined>({ freshMs: 2000, keepMs: 60_000, mostBytes });
  const wanted = (seconds: number, key = 'k'): Wanted<undefined> => ({
    subject: key,
    key,
    now: at(seconds),
    readStamp: () => {
      state.reads += 1;
      return Promise.resolve(state.stamp);
    },
    render: () => {
      state.renders += 1;
      return Promise.resolve({ html: `${state.stamp} ${state.renders}`, note: undefined });
    },
  });
  const text = async (seconds: number, key?: string): Promise<string> => {
    const { page } = await cache.get(wanted(seconds, key));
    return page.fill({}, 'identity').toString();
  };
  return { state, cache, text };
};

describe('pages in memory', () => {
  it('are given out for two seconds without asking, then compared, and made anew only when something changed', async () => {
    const { state, text } = shelf();

    expect(await text(0)).to.equal('a 1');
    expect(await text(1.9)).to.equal('a 1');
    expect(state.reads).to.equal(1);
    expect(await text(2)).to.equal('a 1');
    expect(state.reads).to.equal(2);

    state.stamp = 'b';
    expect(await text(4)).to.equal('b 2');
  });

  it('are made anew after a minute though nothing changed, and when the clock was put back', async () => {
    const { text } = shelf();

    expect(await text(0)).to.equal('a 1');
    expect(await text(59)).to.equal('a 1');
    expect(await text(60)).to.equal('a 2');
    expect(await text(30)).to.equal('a 3');
  });

  it('are read and made once for many who ask at the same time', async () => {
    const { state, text } = shelf();

    const all = await Promise.all(Array.from({ length: 50 }, () => text(0)));

    expect(new Set(all)).to.deep.equal(new Set(['a 1']));
    expect(state).to.include({ reads: 1, renders: 1 });
  });

  it('go when there are too many, those asked for longest ago first', async () => {
    const { cache, text } = shelf(3500);

    await text(0, 'one');
    await text(0, 'two');
    await text(0, 'three');
    await text(1, 'one');
    await text(1, 'four');

    expect(cache.size().bytes).to.be.at.most(3500);
    expect(await text(1, 'one')).to.equal('a 1');
    expect(await text(1, 'two')).to.equal('a 5');
  });

  it('fail with their store and are made at the next try', async () => {
    const cache = createPageCache<undefined>({ freshMs: 2000, keepMs: 60_000, mostBytes: 1000 });
    let isAway = true;
    const wanted: Wanted<undefined> = {
      subject: 's',
      key: 'k',
      now: at(0),
      readStamp: () => (isAway ? Promise.reject(new Error('away')) : Promise.resolve('a')),
      render: () => Promise.resolve({ html: 'x', note: undefined }),
    };

    const refused = await cache.get(wanted).catch((error: unknown) => error);
    isAway = false;
    const made = await cache.get(wanted);

    expect(refused).to.be.an('error');
    expect(made.stamp).to.equal('a');
  });
});
