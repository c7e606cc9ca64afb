// Clients that work one after the other, and how long each piece of work took. Percentiles are exact: every sample is kept.

export type Percentiles = { count: number; p50Ms: number; p95Ms: number; p99Ms: number };

export type Times = {
  /** Measures one piece of work under a name; one that fails is not counted. */
  measure<T>(name: string, work: () => Promise<T>): Promise<T>;
  of(name: string): Percentiles;
};

/** The smallest sample that at least `share` of all samples do not exceed (nearest rank); 0 without samples. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

const rounded = (milliseconds: number): number => Math.round(milliseconds * 100) / 100;

export function makeTimes(): Times {
  const samples = new Map<string, number[]>();
  return {
    measure: async (name, work) => {
      const startedMs = performance.now();
      const done = await work();
      const taken = performance.now() - startedMs;
      const known = samples.get(name);
      if (known === undefined) samples.set(name, [taken]);
      else known.push(taken);
      return done;
    },
    of: (name) => {
      const sorted = Float64Array.from(samples.get(name) ?? []).sort();
      const at = (share: number): number => rounded(percentile(Array.from(sorted), share));
      return { count: sorted.length, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
    },
  };
}

/** `perSecond` counts what was finished, over the time until the last client stopped. */
export type Driven = { done: number; perSecond: number; failures: string[] };

// A client whose work fails at once would otherwise spin.
const mostFailures = 100;

/**
 * Lets `clients` clients work for `seconds`: each begins anew as soon as it is done, and finishes what it has begun. Failures are told, not
 * thrown; after a hundred the load stops.
 */
export async function drive(
  { clients, seconds }: { clients: number; seconds: number },
  work: (client: number) => Promise<void>,
): Promise<Driven> {
  const startedMs = performance.now();
  const failures: string[] = [];
  let done = 0;
  const isOver = (): boolean => performance.now() - startedMs >= seconds * 1000 || failures.length >= mostFailures;
  const client = async (number: number): Promise<void> => {
    while (!isOver()) {
      try {
        await work(number);
        done += 1;
      } catch (error) {
        failures.push(error instanceof Error ? error.message : String(error));
      }
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, number) => client(number)));
  const tookSeconds = (performance.now() - startedMs) / 1000;
  return { done, perSecond: Math.round((done / tookSeconds) * 10) / 10, failures };
}
