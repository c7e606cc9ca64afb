import { expect } from 'chai';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { childCommand } from '../../src/db/child-command.ts';
import { supervise, StartFailed, type Engine } from '../../src/db/supervisor.ts';
import { isGoneWithin } from '../support/other-owner.ts';
import { silentLog } from '../support/store.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const answers = (socketPath: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = net.connect(socketPath, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

// A real mongod is not at hand on every machine: what is tried here is how one is started, watched and stopped.
describe('a mongod of the system', () => {
  const pathBefore = process.env['PATH'] ?? '';
  let folder: string;
  let databaseDir: string;

  beforeEach(async () => {
    folder = await temporaryFolder();
    databaseDir = path.join(folder, 'db');
    await mkdir(databaseDir);
    await mkdir(path.join(folder, 'bin'));
  });
  afterEach(async () => {
    process.env['PATH'] = pathBefore;
    await rm(folder, { recursive: true, force: true });
  });

  const start = (): Promise<Engine> =>
    supervise(childCommand('mongod-child'), { dataDir: folder, databaseDir }, silentLog);
  const putOnPath = async (): Promise<void> => {
    const program = path.join(folder, 'bin', 'mongod');
    const standIn = path.join(import.meta.dirname, '../support/stand-in-mongod.mjs');
    await writeFile(program, `#!/bin/sh\nexec "${process.execPath}" "${standIn}" "$@"\n`, { mode: 0o755 });
    process.env['PATH'] = `${path.join(folder, 'bin')}${path.delimiter}${pathBefore}`;
  };

  it('listens on a socket only, is started again after a kill, and is gone after the stop', async () => {
    await putOnPath();
    const engine = await start();
    const first = engine.pid() ?? 0;
    const options = JSON.parse(await readFile(path.join(databaseDir, 'options.json'), 'utf8')) as string[];

    process.kill(first, 'SIGKILL');
    while (engine.pid() === undefined || engine.pid() === first) await wait(20);
    const second = engine.pid() ?? 0;
    const isBack = await answers(engine.socketPath);
    await engine.close();

    expect(options.slice(0, 3)).to.deep.equal(['--dbpath', databaseDir, '--bind_ip']);
    expect(options[3]).to.match(/^\/.*\.sock$/);
    expect(isBack).to.equal(true);
    expect(await isGoneWithin(second, 1_000)).to.equal(true);
  });

  it('that is missing is a failed start', async () => {
    process.env['PATH'] = path.join(folder, 'bin');

    const error = await start().catch((thrown: unknown) => thrown);

    expect(error).to.be.instanceOf(StartFailed).with.property('message').that.contains('mongod');
  });
});
