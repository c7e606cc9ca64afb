// Root hooks of the whole run: the store is stopped at its end, and neither a pending test nor a rejection that nobody
// handled stays unnoticed.
import { skippedForReference } from './reference.ts';
import { closeTestStore } from './store.ts';

// Mocha passes each on to the process once more, so the same one arrives twice.
const unhandled = new Set<unknown>();
process.on('unhandledRejection', (reason) => unhandled.add(reason));

const pendingTitles = (suite: Mocha.Suite): string[] => [
  ...suite.tests.filter((test) => test.isPending()).map((test) => test.fullTitle()),
  ...suite.suites.flatMap(pendingTitles),
];

// A skip in a hook takes the tests of its suite along, under the hook's title.
const isExcused = (title: string): boolean =>
  [...skippedForReference].some(
    (skipped) => title === skipped || title.startsWith(skipped.replace(/ "before.*$/, ' ')),
  );

const rootOf = (suite: Mocha.Suite): Mocha.Suite => (suite.parent === undefined ? suite : rootOf(suite.parent));

export const mochaHooks: Mocha.RootHookObject = {
  async afterAll(this: Mocha.Context) {
    this.timeout(30_000);
    await closeTestStore();
    const suite = this.test?.parent;
    const pending = suite === undefined ? [] : pendingTitles(rootOf(suite)).filter((title) => !isExcused(title));
    if (unhandled.size > 0)
      throw new AggregateError(unhandled, `unhandled rejections: ${[...unhandled].map(String).join('; ')}`);
    if (pending.length > 0) throw new Error(`pending tests: ${pending.join('; ')}`);
  },
};
