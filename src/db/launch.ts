// Which process can hold the data on this machine, in order of preference: the embedded engine as it is, the embedded
// engine on a newer C library, a mongod of the system.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { childCommand, type Command } from './child-command.ts';
import type { StoreKind } from './data-dir.ts';
import { glibcVersion, isNewEnough, onNewerGlibc } from './newer-glibc.ts';
import { StoreError } from './store-error.ts';
import type { StoreLog } from './store-log.ts';

export type Way = {
  kind: StoreKind;
  /** Finds out whether it can be tried here; throws an Error that says why not. */
  command: () => Promise<Command>;
};

/** The ways in order of preference; `cacheDir` keeps the C library for an older system. */
export function waysToLaunch(cacheDir: string, log: StoreLog): Way[] {
  return [
    { kind: 'embedded', command: () => embeddedCommand(cacheDir, log) },
    { kind: 'mongod', command: mongodCommand },
  ];
}

async function embeddedCommand(cacheDir: string, log: StoreLog): Promise<Command> {
  const command = childCommand('embedded-child');
  if (process.platform === 'darwin' && process.arch === 'arm64') return command;
  if (process.platform !== 'linux') throw new Error(`not made for ${process.platform} on ${process.arch}`);
  const version = glibcVersion();
  if (version === undefined) throw new Error('this system has another C library than glibc');
  return isNewEnough(version) ? command : onNewerGlibc(command, cacheDir, log);
}

async function mongodCommand(): Promise<Command> {
  if (process.platform === 'win32') throw new Error('has no Unix sockets on Windows');
  await promisify(execFile)('mongod', ['--version']);
  return childCommand('mongod-child');
}

/** No way works here; `reasons` holds one short text for each. */
export function doesNotLoad(reasons: string[]): StoreError {
  const why = reasons.join('; ');
  return new StoreError('engine-does-not-load', {
    vi:
      `Máy này không chạy được kho dữ liệu nhúng (${why}). Có ba cách: đặt MONGODB_URI là địa chỉ của một máy chủ ` +
      'MongoDB; chạy `docker compose up` để có cả ứng dụng và MongoDB; hoặc dùng hệ điều hành mới hơn ' +
      '(Debian 13, Ubuntu 24.04, macOS trên chip Apple).',
    en:
      `The embedded store does not run on this machine (${why}). There are three ways out: set MONGODB_URI to the ` +
      'address of a MongoDB server; run `docker compose up`, which brings the application and a MongoDB; or use a ' +
      'newer system (Debian 13, Ubuntu 24.04, macOS on an Apple chip).',
  });
}
