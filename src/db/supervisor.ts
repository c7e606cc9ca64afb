// Keeps one store process alive over a folder: starts it, starts it again after a fault, and stops it cleanly.
import { spawn, type ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import type { Command } from './child-command.ts';
import type { ChildReport, ParentOrder, StartFault } from './child-life.ts';
import { emptyFolder, makeSocketDir, publishSocket, type SocketDir } from './socket-dir.ts';
import type { StoreLog } from './store-log.ts';

const firstDelayMs = 100;
const longestDelayMs = 5_000;
const healthyAfterMs = 60_000;
const stopWithinMs = 20_000;
const sayStillOpeningMs = 10_000;
const refreshSocketMs = 12 * 3_600_000;
const keptOutputCharacters = 4_000;

export type EngineExit = { code: number | null; signal: NodeJS.Signals | null };

export type Engine = {
  /** Stays the same over restarts, so that drivers find the engine again. */
  readonly socketPath: string;
  /** The process that holds the data now; undefined between a fault and the next start. */
  pid(): number | undefined;
  /** `listener` is called after every end of the process that nobody asked for. */
  onExit(listener: (exit: EngineExit) => void): void;
  close(): Promise<void>;
};

export type Folders = { dataDir: string; databaseDir: string };

/** A start that came to nothing. */
export class StartFailed extends Error {
  override readonly name = 'StartFailed';
  readonly fault: StartFault;

  constructor(reason: string, fault: StartFault) {
    super(reason);
    this.fault = fault;
  }
}

/**
 * Starts `command` with the database's folder and a folder for sockets as last arguments, and keeps it running. Throws
 * StartFailed when the first start comes to nothing, StoreError when no folder can hold a socket.
 */
export async function supervise(command: Command, { dataDir, databaseDir }: Folders, log: StoreLog): Promise<Engine> {
  const supervisor = new Supervisor(command, databaseDir, await makeSocketDir(dataDir), log);
  try {
    await supervisor.start();
    return supervisor;
  } catch (error) {
    await supervisor.close();
    throw error;
  }
}

class Supervisor implements Engine {
  readonly #command: Command;
  readonly #databaseDir: string;
  readonly #sockets: SocketDir;
  readonly #log: StoreLog;
  readonly #listeners: ((exit: EngineExit) => void)[] = [];
  #child: ChildProcess | undefined;
  #enginePid: number | undefined;
  #output = '';
  #delayMs = firstDelayMs;
  #restart: NodeJS.Timeout | undefined;
  #refresh: NodeJS.Timeout | undefined;
  #stopping = false;

  constructor(command: Command, databaseDir: string, sockets: SocketDir, log: StoreLog) {
    this.#command = command;
    this.#databaseDir = databaseDir;
    this.#sockets = sockets;
    this.#log = log;
  }

  get socketPath(): string {
    return this.#sockets.socketPath;
  }

  pid(): number | undefined {
    return this.#enginePid;
  }

  onExit(listener: (exit: EngineExit) => void): void {
    this.#listeners.push(listener);
  }

  async start(): Promise<void> {
    await emptyFolder(this.#sockets.socketDir);
    const openedAtMs = Date.now();
    const child = this.#spawn();
    const stillOpening = setInterval(() => {
      const seconds = Math.round((Date.now() - openedAtMs) / 1000);
      this.#log.info({ seconds }, 'the store is still opening its folder');
    }, sayStillOpeningMs);
    try {
      const { socketPath, pid } = await readyReport(child);
      await publishSocket(socketPath, this.socketPath);
      this.#keepSocket(socketPath);
      this.#enginePid = pid;
    } catch (error) {
      await stopped(child);
      if (this.#output !== '') this.#log.warn({ output: this.#output }, 'what the store process said before it ended');
      throw error;
    } finally {
      clearInterval(stillOpening);
    }
    if (!isRunning(child)) throw new StartFailed('it ended at once', 'cannot-open');
    child.once('exit', (code, signal) => this.#afterFault({ code, signal }, Date.now() - openedAtMs));
  }

  async close(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#restart);
    clearInterval(this.#refresh);
    const child = this.#child;
    if (child !== undefined && isRunning(child)) {
      const order: ParentOrder = { type: 'stop' };
      if (child.connected) child.send(order, () => undefined);
      await stopped(child);
    }
    this.#killEngine();
    await rm(this.#sockets.socketDir, { recursive: true, force: true });
  }

  #spawn(): ChildProcess {
    const { file, args } = this.#command;
    const child = spawn(file, [...args, this.#databaseDir, this.#sockets.socketDir], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    this.#output = '';
    const keep = (chunk: Buffer): void => {
      this.#output = (this.#output + chunk.toString('utf8')).slice(-keptOutputCharacters);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    return child;
  }

  /** Systems sweep folders for temporary files of what nobody touched for some days. */
  #keepSocket(target: string): void {
    clearInterval(this.#refresh);
    this.#refresh = setInterval(() => {
      publishSocket(target, this.socketPath).catch((error: unknown) => {
        this.#log.warn({ err: error }, 'the name of the store socket could not be refreshed');
      });
    }, refreshSocketMs).unref();
  }

  #afterFault(exit: EngineExit, livedMs: number): void {
    this.#killEngine();
    if (this.#stopping) return;
    if (livedMs > healthyAfterMs) this.#delayMs = firstDelayMs;
    this.#log.error({ ...exit, output: this.#output }, 'the store process ended by itself and is started again');
    for (const listener of this.#listeners) listener(exit);
    this.#startAgain();
  }

  #startAgain(): void {
    const delayMs = this.#delayMs;
    this.#delayMs = Math.min(delayMs * 2, longestDelayMs);
    this.#restart = setTimeout(() => {
      this.start().then(
        () => this.#log.info({ pid: this.#enginePid }, 'the store process runs again'),
        (error: unknown) => {
          if (this.#stopping) return;
          this.#log.error({ err: error }, 'the store process could not be started again');
          this.#startAgain();
        },
      );
    }, delayMs);
  }

  /** An engine that outlived the process which watched over it, killed by a signal, would keep the folder locked. */
  #killEngine(): void {
    const pid = this.#enginePid;
    this.#enginePid = undefined;
    if (pid === undefined || pid === this.#child?.pid || this.#child?.signalCode === null) return;
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

type Ready = Extract<ChildReport, { type: 'ready' }>;

function readyReport(child: ChildProcess): Promise<Ready> {
  return new Promise((resolve, reject) => {
    let fault: StartFault = 'does-not-load';
    child.on('error', (error) => reject(new StartFailed(error.message, fault)));
    child.once('exit', (code, signal) => reject(new StartFailed(`it ended with ${signal ?? `code ${code}`}`, fault)));
    child.on('message', (report: ChildReport) => {
      if (report.type === 'loaded') fault = 'cannot-open';
      else if (report.type === 'ready') resolve(report);
      else reject(new StartFailed(report.reason, report.fault));
    });
  });
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

async function stopped(child: ChildProcess): Promise<void> {
  if (!isRunning(child)) return;
  const kill = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
  await new Promise((resolve) => child.once('exit', resolve));
  clearTimeout(kill);
}
