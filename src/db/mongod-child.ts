// The process that watches over a mongod of the system: arguments are the folder of the database and one for sockets.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { endWithParent, report } from './child-life.ts';

const [databaseDir = '', socketDir = ''] = process.argv.slice(2);
const socketPath = path.join(socketDir, 'mongod.sock');
const askAgainMs = 50;
const keptOutputCharacters = 4_000;

// A process group of its own, so that Ctrl-C in a terminal does not stop it under the requests in flight; an address
// that is a path instead of a TCP port; the socket that it makes besides lies in the private folder too.
const mongod = spawn(
  'mongod',
  ['--dbpath', databaseDir, '--bind_ip', socketPath, '--unixSocketPrefix', socketDir, '--quiet'],
  { detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
);
let output = '';
const keep = (chunk: Buffer): void => {
  output = (output + chunk.toString('utf8')).slice(-keptOutputCharacters);
};
mongod.stdout.on('data', keep);
mongod.stderr.on('data', keep);

const isRunning = (): boolean => mongod.pid !== undefined && mongod.exitCode === null && mongod.signalCode === null;

endWithParent(async () => {
  if (isRunning()) {
    mongod.kill('SIGTERM');
    await once(mongod, 'exit');
  }
  await rm(socketDir, { recursive: true, force: true });
});

mongod.once('exit', () => void end());
mongod.once('error', (error) => void end(error.message));

while (isRunning() && !(await answers())) await wait(askAgainMs);
if (mongod.pid !== undefined && isRunning()) await report({ type: 'ready', socketPath, pid: mongod.pid });

async function end(reason = output.trim().split('\n').slice(-3).join(' ')): Promise<void> {
  const fault = /DBPathInUse|already running/.test(output) ? 'folder-in-use' : 'cannot-open';
  await report({ type: 'failed', reason, fault });
  process.exit(1);
}

function answers(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(socketPath);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
