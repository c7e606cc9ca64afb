// A few at once, the others wait in line, and the line has an end: what keeps decoding from eating the machine.
import { AppError } from '../errors.ts';

export type Turns = { take<T>(weightBytes: number, work: () => Promise<T>): Promise<T> };

type Limits = { atOnce: number; mostWaiting: number; mostWaitingBytes: number };

/** At most `atOnce` run; of the others at most `mostWaiting`, holding at most `mostWaitingBytes`, wait. Throws 'files-busy' beyond that. */
export function turns({ atOnce, mostWaiting, mostWaitingBytes }: Limits): Turns {
  let running = 0;
  let waitingBytes = 0;
  const waiting: (() => void)[] = [];
  const enter = async (weightBytes: number): Promise<void> => {
    if (running < atOnce) {
      running += 1;
      return;
    }
    // The first in line may be of any weight: nothing that fits the limits of an upload is refused for ever.
    const isLong =
      waiting.length >= mostWaiting || (waiting.length > 0 && waitingBytes + weightBytes > mostWaitingBytes);
    if (isLong) throw new AppError('files-busy', { seconds: 5 });
    waitingBytes += weightBytes;
    await new Promise<void>((resolve) => waiting.push(resolve));
    waitingBytes -= weightBytes;
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  };
  return {
    async take(weightBytes, work) {
      await enter(weightBytes);
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
