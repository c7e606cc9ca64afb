// Label runs as their producer makes them, through the API.
import type { Actor } from '../../src/actor.ts';
import { checkRun, checksDone } from '../../src/labels/labels.check.service.ts';
import type { LabelledLot } from './a-scan.ts';
import type { ApiAnswer, TestApp } from './app.ts';
import { uuidv7 } from './factories.ts';

type Json = Record<string, unknown>;

/** What is asked of one lot's runs. */
export type RunClient = {
  post(path: string, json: Json, as?: Actor): Promise<ApiAnswer>;
  make(parts?: Json): Promise<ApiAnswer>;
  /** A run whose symbols were read back, approved unless said otherwise. Returns its id. */
  aRun(parts?: Json): Promise<string>;
  run(id: string): Promise<Json>;
  events(id: string): Promise<Json[]>;
  print(id: string, parts?: Json): Promise<ApiAnswer>;
  /** A file under /api/v1; throws for another status than 200. */
  file(path: string): Promise<Uint8Array>;
};

export function runsOf(app: TestApp, lot: LabelledLot): RunClient {
  const post: RunClient['post'] = (path, json, as = lot.owner) => app.as(as).post(`/api/v1${path}`, json);
  const make: RunClient['make'] = (parts = {}) =>
    post(`/batches/${lot.batch.id}/label-runs`, { id: uuidv7(), quantity: 5, kind: 'unit', approve: true, ...parts });
  const run: RunClient['run'] = async (id) => (await app.as(lot.owner).get(`/api/v1/label-runs/${id}`)).body;
  return {
    post,
    make,
    run,
    aRun: async (parts = {}) => {
      const made = await make(parts);
      if (made.status !== 201) throw new Error(`the run was refused: ${JSON.stringify(made.body)}`);
      const id = String(made.body['id']);
      await checksDone();
      await checkRun({ db: app.db, codeKey: app.deps.keys.codeKey, clock: app.deps.clock }, id);
      return id;
    },
    events: async (id) => (await run(id))['events'] as Json[],
    print: (id, parts = {}) => post(`/label-runs/${id}/prints`, { id: uuidv7(), ...parts }),
    file: async (path) => {
      const answer = await app.as(lot.owner).bytes(`/api/v1${path}`);
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
      return answer.bytes;
    },
  };
}

/** The error's code at the end of its address. */
export const typeOf = ({ body }: { body: Json }): string => {
  const type = body['type'];
  return typeof type === 'string' ? (type.split('/').at(-1) ?? '') : '';
};
