// The application as a process of its own for a benchmark: the same start as `npm start`, and the real address as a line `serving: URL`.
import pino from 'pino';
import { readConfig } from '../../src/config.ts';
import { startServer } from '../../src/start.ts';

const config = readConfig(process.env);
const log = pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: true }));
const running = await startServer(config, log);

let isEnding = false;
const end = (): void => {
  if (isEnding) return;
  isEnding = true;
  running.close().then(
    () => process.exit(0),
    () => process.exit(1),
  );
};
// Ctrl-C reaches the whole group; the parent says when, so that requests in flight are answered. It also ends when the parent is gone.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', end);
process.on('disconnect', end);
process.on('message', (asked) => {
  if (asked === 'memory') process.send?.({ rssBytes: process.memoryUsage.rss() });
});
process.stdout.write(`serving: ${running.url}\n`);
