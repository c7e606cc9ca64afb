// Whatever a run starts is ended in the reverse order: at its end, after a failure, and on Ctrl-C.

export type Ending = {
  /** Remembers how to end what was just started. */
  later(end: () => Promise<void>): void;
  /** Ends everything once; goes on after a failure and throws the first at the end. */
  now(): Promise<void>;
};

export function makeEnding(): Ending {
  const ends: (() => Promise<void>)[] = [];
  let running: Promise<void> | undefined;
  const endAll = async (): Promise<void> => {
    let failure: { error: unknown } | undefined;
    for (let end = ends.pop(); end !== undefined; end = ends.pop()) {
      try {
        await end();
      } catch (error) {
        failure ??= { error };
      }
    }
    if (failure !== undefined) throw failure.error;
  };
  return {
    later: (end) => void ends.push(end),
    now: () => (running ??= endAll()),
  };
}

/** On the first signal ends everything and then the process; on the second the process at once. */
export function endOnSignals(ending: Ending): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) process.exit(130);
    isStopping = true;
    process.stderr.write('stopping\n');
    ending.now().then(
      () => process.exit(130),
      () => process.exit(130),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}
