// The life of a store process: it reports to the process that started it, and ends when told to or when that one is gone.

export type StartFault = 'does-not-load' | 'folder-in-use' | 'cannot-open';

export type ChildReport =
  | { type: 'loaded' }
  | { type: 'ready'; socketPath: string; pid: number }
  | { type: 'failed'; reason: string; fault: StartFault };

export type ParentOrder = { type: 'stop' };

const closeWithinMs = 15_000;

/** Sends one report to the parent; resolves when it has left this process. */
export function report(message: ChildReport): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) return resolve();
    process.send(message, () => resolve());
  });
}

/**
 * Runs `close` once and ends the process, when the parent orders it or has died (also by kill -9).
 * Ctrl-C and a service manager signal the whole group; requests in flight still need the store, so signals are ignored.
 */
export function endWithParent(close: () => Promise<void>): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), closeWithinMs);
    await close().catch((error: unknown) => console.error('store process: close failed', error));
    process.exit(0);
  };
  process.on('disconnect', () => void end());
  process.on('message', (order: ParentOrder) => {
    if (order.type === 'stop') void end();
  });
  if (!process.connected) void end();
}
