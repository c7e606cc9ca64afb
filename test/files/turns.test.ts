import { expect } from 'chai';
import { AppError } from '../../src/errors.ts';
import { turns } from '../../src/files/turns.ts';

/** Work that ends when it is told to, and how many of its kind run. */
const bench = () => {
  let running = 0;
  let most = 0;
  const ends: (() => void)[] = [];
  const work = async (): Promise<void> => {
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => ends.push(resolve));
    running -= 1;
  };
  const endAll = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    while (running > 0) {
      ends.splice(0).forEach((end) => end());
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { work, endAll, seen: () => ({ running, most }) };
};

const codeOf = (error: unknown): string => (error instanceof AppError ? error.code : String(error));

describe('Turns', () => {
  it('let two work at once and the others after them', async () => {
    const { work, endAll, seen } = bench();
    const line = turns({ atOnce: 2, mostWaiting: 10, mostWaitingBytes: 1000 });

    const all = Promise.all(Array.from({ length: 7 }, () => line.take(1, work)));
    await endAll();
    await all;

    expect(seen()).to.deep.equal({ running: 0, most: 2 });
  });

  it('refuse whoever would make the line too long or too heavy, and take the next when it is short again', async () => {
    const { work, endAll } = bench();
    const line = turns({ atOnce: 1, mostWaiting: 2, mostWaitingBytes: 1000 });
    const all = [line.take(1, work), line.take(900, work)];

    const heavy = await line.take(200, work).catch(codeOf);
    all.push(line.take(100, work));
    const long = await line.take(0, work).catch(codeOf);
    await endAll();
    await Promise.all(all);

    expect([heavy, long]).to.deep.equal(['files-busy', 'files-busy']);
    expect(await line.take(2000, () => Promise.resolve('done'))).to.equal('done');
  });

  it('take the next one also after work that failed', async () => {
    const line = turns({ atOnce: 1, mostWaiting: 5, mostWaitingBytes: 1000 });

    const failed = await line.take(1, () => Promise.reject(new Error('broken'))).catch(codeOf);

    expect(failed).to.equal('Error: broken');
    expect(await line.take(1, () => Promise.resolve(7))).to.equal(7);
  });
});
