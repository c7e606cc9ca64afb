// The embedded engine needs glibc 2.38. An older Debian or Ubuntu gets the C library of a newer release into a folder
// of its own, from its own mirror and checked by its own keys; only the store process runs on it, nothing is installed.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { findAptMirror, type AptMirror } from './apt-mirror.ts';
import type { Command } from './child-command.ts';
import { reasonOf } from './store-error.ts';
import type { StoreLog } from './store-log.ts';

const commandWithinMs = 120_000;

type Machine = { architecture: string; triplet: string; loader: string };

const machines: Partial<Record<string, Machine>> = {
  x64: { architecture: 'amd64', triplet: 'x86_64-linux-gnu', loader: 'ld-linux-x86-64.so.2' },
  arm64: { architecture: 'arm64', triplet: 'aarch64-linux-gnu', loader: 'ld-linux-aarch64.so.1' },
};

// Release with a new enough C library, by the system's family.
const newerReleases = { debian: 'trixie', ubuntu: 'noble' } as const;

export type Release = { family: keyof typeof newerReleases; codename: string };

/** Version of the C library that this process runs on, as [major, minor]; undefined where it is not glibc. */
export function glibcVersion(): [number, number] | undefined {
  const report = process.report.getReport() as unknown as { header: { glibcVersionRuntime?: string } };
  const match = /^(\d+)\.(\d+)/.exec(report.header.glibcVersionRuntime ?? '');
  return match === null ? undefined : [Number(match[1]), Number(match[2])];
}

/** Whether a C library of this version can load the engine. */
export function isNewEnough([major, minor]: [number, number]): boolean {
  return major > 2 || (major === 2 && minor >= 38);
}

/** `command` on the newer C library, which is fetched into `cacheDir` first where it is not there yet; throws an Error. */
export async function onNewerGlibc(command: Command, cacheDir: string, log: StoreLog): Promise<Command> {
  const machine = machines[os.arch()];
  if (machine === undefined) throw new Error(`no newer C library for processor ${os.arch()}`);
  const release = readRelease(await readFile('/etc/os-release', 'utf8'));
  if (release === undefined) throw new Error('neither Debian nor Ubuntu');
  const newer = newerReleases[release.family];
  const root = path.join(cacheDir, `glibc-${newer}-${machine.architecture}`);
  if (!(await isFolder(root))) await fetchInto(root, newer, machine, release, log);
  return through(root, machine, command);
}

// --library-path concerns this one process: no variable is set that programs started by it would inherit.
async function through(root: string, { triplet, loader }: Machine, command: Command): Promise<Command> {
  const libraries = await firstFolder(['usr/lib', 'lib'].map((lib) => path.join(root, lib, triplet)));
  return {
    file: path.join(libraries, loader),
    args: ['--library-path', `${libraries}:/usr/lib/${triplet}`, command.file, ...command.args],
  };
}

/** Family and codename of the system, from the text of /etc/os-release. */
export function readRelease(osRelease: string): Release | undefined {
  const field = (name: string): string => new RegExp(`^${name}="?([^"\n]*)"?$`, 'm').exec(osRelease)?.[1] ?? '';
  const names = [field('ID'), ...field('ID_LIKE').split(' ')];
  if (names.includes('ubuntu')) return named('ubuntu', field('UBUNTU_CODENAME') || field('VERSION_CODENAME'));
  if (names.includes('debian')) return named('debian', field('DEBIAN_CODENAME') || field('VERSION_CODENAME'));
  return undefined;
}

function named(family: Release['family'], codename: string): Release | undefined {
  return codename === '' ? undefined : { family, codename };
}

async function fetchInto(
  root: string,
  newer: string,
  machine: Machine,
  release: Release,
  log: StoreLog,
): Promise<void> {
  const mirror = await findAptMirror(release.codename);
  if (mirror === undefined) throw new Error(`no mirror of ${release.codename} among the apt sources`);
  const startedMs = Date.now();
  log.info(
    { mirror: mirror.uri, release: newer, folder: root },
    'the C library of this system is too old for the store; fetching a newer one for it alone, once (about 13 MB)',
  );
  await mkdir(path.dirname(root), { recursive: true, mode: 0o700 });
  const work = await mkdtemp(path.join(path.dirname(root), '.fetch-'));
  try {
    const config = await writeAptConfig(work, mirror, newer, machine.architecture);
    const run = (file: string, ...args: string[]): Promise<void> => runIn(work, { file, args });
    await run('apt-get', '-c', config, '-q', 'update');
    await run('apt-get', '-c', config, '-q', 'download', 'libc6', 'libgcc-s1');
    const packages = (await readdir(work)).filter((name) => name.endsWith('.deb'));
    for (const name of packages) await run('dpkg-deb', '-x', name, 'root');
    const unpacked = path.join(work, 'root');
    await runIn(work, await through(unpacked, machine, { file: process.execPath, args: ['--version'] }));
    await rename(unpacked, root).catch(async (error: unknown) => {
      // Another process was faster and left the same.
      if (!(await isFolder(root))) throw error;
    });
    log.info({ milliseconds: Date.now() - startedMs }, 'the newer C library is there');
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function runIn(folder: string, { file, args }: Command): Promise<void> {
  try {
    await promisify(execFile)(file, args, { cwd: folder, timeout: commandWithinMs });
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim() ?? '';
    const last = said === '' ? reasonOf(error) : said.split('\n').slice(-1).join('');
    throw new Error(`${path.basename(file)}: ${last}`, { cause: error });
  }
}

// Own lists, caches and state, so neither root nor the system's are needed; proxies and keys of the system still apply.
async function writeAptConfig(work: string, mirror: AptMirror, suite: string, architecture: string): Promise<string> {
  const signed = mirror.signedBy === undefined ? '' : ` signed-by=${mirror.signedBy}`;
  await writeFile(path.join(work, 'sources.list'), `deb [arch=${architecture}${signed}] ${mirror.uri} ${suite} main\n`);
  await writeFile(path.join(work, 'status'), '');
  for (const folder of ['lists/partial', 'cache/archives/partial'])
    await mkdir(path.join(work, folder), { recursive: true });
  const settings = {
    'Dir::Etc::SourceList': path.join(work, 'sources.list'),
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::Etc::Preferences': '/dev/null',
    'Dir::Etc::PreferencesParts': '/dev/null',
    'Dir::State': work,
    'Dir::State::Lists': path.join(work, 'lists'),
    'Dir::State::status': path.join(work, 'status'),
    'Dir::Cache': path.join(work, 'cache'),
    'APT::Architecture': architecture,
    'APT::Default-Release': '',
    // Root would hand the download to a user who may not write here.
    'APT::Sandbox::User': os.userInfo().username,
    'Acquire::Languages': 'none',
    'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled': 'false',
    'Acquire::Retries': '2',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} "${value}";`);
  const hooks = [
    'APT::Architectures',
    'APT::Update::Pre-Invoke',
    'APT::Update::Post-Invoke',
    'APT::Update::Post-Invoke-Success',
  ];
  const config = path.join(work, 'apt.conf');
  await writeFile(config, [...hooks.map((name) => `#clear ${name};`), ...lines, ''].join('\n'));
  return config;
}

async function isFolder(folder: string): Promise<boolean> {
  return (await stat(folder).catch(() => undefined))?.isDirectory() ?? false;
}

async function firstFolder(folders: string[]): Promise<string> {
  for (const folder of folders) if (await isFolder(folder)) return folder;
  throw new Error(`the newer C library is not where it should be: ${folders.join(', ')}`);
}
