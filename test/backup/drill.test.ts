// The drill: a server with the sample is backed up while it serves, its store is lost, and the backup is brought into another, empty store.
import { randomBytes } from 'node:crypto';
import { readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import pino from 'pino';
import { createUser } from '../../src/accounts/accounts.service.ts';
import { finishRestore } from '../../src/after-restore.ts';
import { runBackup, runRestore } from '../../src/backup/backup.command.ts';
import { BackupError } from '../../src/backup/backup.error.ts';
import { formatCode } from '../../src/codes/trace-code.ts';
import { readConfig } from '../../src/config.ts';
import type { Config } from '../../src/config.ts';
import { connectStore } from '../../src/db/connect.ts';
import { openStore } from '../../src/db/store.ts';
import { markRestore } from '../../src/db/store-state.ts';
import { erase } from '../../src/files/erasures.ts';
import { fileModel } from '../../src/files/files.store.ts';
import { nextRunNumber } from '../../src/labels/labels.model.ts';
import { lotCode } from '../../src/labels/labels.printing.rules.ts';
import { loadSample, sampleRun } from '../../src/sample/sample.service.ts';
import { startServer } from '../../src/start.ts';
import type { Running } from '../../src/start.ts';
import { uuidv7 } from '../support/factories.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const log = pino({ level: 'silent' });
const password = 'mận chín đầu mùa hè 2026';
const person = { id: uuidv7(), name: 'Lò Thị Mẫu', login: '0900000099' };

const contextOf = (config: Config, print: (text: string) => void = () => undefined) => ({
  config,
  log,
  productVersion: '0.1.0',
  clock: () => new Date(),
  print,
});

const restoreInto = async (config: Config, file: string, erasures?: string): Promise<string> => {
  let said = '';
  const command = { file, isCheck: false, erasures };
  const finish = (db: Parameters<typeof finishRestore>[0], now: Date, list: string | undefined) =>
    finishRestore(db, config, log, now, list);
  await runRestore(
    command,
    contextOf(config, (text) => (said += text)),
    finish,
  );
  return said;
};

const fault = async (work: Promise<unknown>): Promise<BackupError> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof BackupError) return error;
    throw error;
  }
  throw new Error('it was done');
};

describe('the drill: backup, loss, restore', function () {
  this.timeout(180_000);
  let folder: string;
  let first: Running;
  let file: string;
  let lostRun: number;
  let erasedFile: string;
  let laterErased: string;
  let erasuresFile: string;
  let codes: string[];
  let pages: Map<string, { status: number; heading: string }>;
  let pictures: Map<string, Buffer>;

  const configOf = (name: string, more: Record<string, string> = {}): Config =>
    readConfig({ PORT: '0', DATA_DIR: path.join(folder, name), ...more });
  const headingOf = (text: string): string => /<h1[^>]*>([\s\S]*?)<\/h1>/.exec(text)?.[1]?.trim() ?? '';
  const pagesOf = async (url: string): Promise<typeof pages> => {
    const seen: typeof pages = new Map();
    for (const code of codes) {
      const answer = await fetch(`${url}/T/${code}`);
      seen.set(code, { status: answer.status, heading: headingOf(await answer.text()) });
    }
    return seen;
  };
  const picturesOf = async (url: string): Promise<Map<string, Buffer>> => {
    const text = await (await fetch(`${url}/T/${codes[0]}`)).text();
    const addresses = [
      ...new Set([...text.matchAll(/(?:src|href)="(\/files\/[^"]+)"/g)].map(([, address]) => address!)),
    ];
    const found = new Map<string, Buffer>();
    for (const address of addresses) {
      const answer = await fetch(url + address);
      expect(answer.status, address).to.equal(200);
      found.set(address, Buffer.from(await answer.arrayBuffer()));
    }
    return found;
  };
  const eraseOne = async (fileId: string): Promise<void> => {
    const record = await fileModel(first.deps.db).findById(fileId).lean();
    await erase(first.deps.db, {
      id: uuidv7(),
      producerId: record!.producerId,
      what: 'file',
      hash: record!.receivedSha256,
      recordId: uuidv7(),
      reason: 'asked-by-person',
      byUserId: uuidv7(),
      at: new Date(),
    });
  };

  before(async () => {
    folder = await temporaryFolder();
    file = path.join(folder, 'so-luu.ocop');
    first = await startServer(configOf('first'), log);
    await loadSample(first.deps);
    const { db, keys } = first.deps;
    await createUser(db, { ...person, roles: [{ kind: 'admin' }], password }, new Date());
    const runs = await db.collection('labelRuns').find({}).toArray();
    codes = [
      ...new Set(
        [(await sampleRun(first.deps))!, ...(runs as never[])].map((run) => formatCode(lotCode(run, keys.codeKey))),
      ),
    ];
    const photos = await fileModel(db).find({}, { _id: 1 }).sort({ _id: -1 }).lean();
    [erasedFile, laterErased] = [photos[0]!._id, photos[1]!._id];
    await eraseOne(erasedFile);
    pages = await pagesOf(first.url);

    await runBackup({ file, isErasures: false }, contextOf(configOf('first')));

    lostRun = await nextRunNumber(db);
    await eraseOne(laterErased);
    pictures = await picturesOf(first.url);
    erasuresFile = path.join(folder, 'erasures.jsonl');
    await runBackup({ file: erasuresFile, isErasures: true }, contextOf(configOf('first')));
    await first.close();
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('makes a file that only its owner can read, and leaves no part beside it', async () => {
    const found = await stat(file);

    expect(found.mode & 0o777).to.equal(0o600);
    expect((await readdir(folder)).filter((name) => name.includes('.part'))).to.deep.equal([]);
  });

  describe('into another store', () => {
    let second: Running;
    let said: string;
    let letIn: number;

    before(async () => {
      said = await restoreInto(configOf('second'), file, erasuresFile);
      second = await startServer(configOf('second'), log);
      const { db } = second.deps;
      letIn =
        (await db.collection('sessions').countDocuments()) + (await db.collection('signInLinks').countDocuments());
    });
    after(() => second.close());

    it('opens every page that labels printed before lead to', async () => {
      expect(await pagesOf(second.url)).to.deep.equal(pages);
      expect([...pages.values()].map(({ status }) => status)).to.not.include(404);
      expect([...pages.values()].every(({ heading }) => heading !== '')).to.equal(true);
    });

    it('shows photos and papers byte for byte', async () => {
      const found = await picturesOf(second.url);

      expect(pictures.size).to.be.greaterThan(0);
      expect([...found.keys()]).to.deep.equal([...pictures.keys()]);
      for (const [address, bytes] of pictures) expect(found.get(address)!.equals(bytes), address).to.equal(true);
    });

    it('lets people in with the passwords they had', async () => {
      const answer = await fetch(`${second.url}/api/v1/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ login: person.login, password }),
      });

      expect(answer.status).to.equal(200);
    });

    it('never numbers a run as one was that may be printed already, and says so', async () => {
      const next = await nextRunNumber(second.deps.db);

      expect(next).to.be.greaterThan(lostRun);
      expect(next % 65_536).to.equal(1);
      expect(said).to.include(String(next));
    });

    it('erases again what was erased before the backup and after it', async () => {
      for (const id of [erasedFile, laterErased]) {
        const record = await fileModel(second.deps.db).findById(id).lean();
        expect(record, id).to.have.property('erasedAt').that.is.instanceOf(Date);
        expect(record!.parts).to.deep.equal([]);
      }
    });

    it('keeps out the sessions and links of the time before', () => {
      expect(letIn).to.equal(0);
    });

    it('refuses to restore into a store that is not empty, and leaves it as it is', async () => {
      await second.close();

      const refused = await fault(restoreInto(configOf('second'), file));
      second = await startServer(configOf('second'), log);

      expect(refused.code).to.equal('store-not-empty');
      expect(refused.messages.vi).to.include('producers');
      expect(await pagesOf(second.url)).to.deep.equal(pages);
    });
  });

  it('starts no server over a store that was restored by half, and the same command begins again', async () => {
    const config = configOf('third');
    const store = await openStore({ mongodbUri: undefined, dataDir: config.dataDir, databaseName: 'ocop-trace', log });
    const db = await connectStore(store, log);
    await markRestore(db, file, new Date());
    await db.collection('producers').insertOne({ _id: 'half' as never });
    await db.close();
    await store.close();

    const refusal = await startServer(config, log).then(
      () => '',
      (error: Error) => error.message,
    );
    await restoreInto(config, file, erasuresFile);
    const third = await startServer(config, log);
    const found = await pagesOf(third.url);
    await third.close();

    expect(refusal).to.include('npm run restore').and.to.include('khôi phục');
    expect(found).to.deep.equal(pages);
  });

  it('refuses a cut, a damaged and a newer archive with what is wrong, and writes nothing', async () => {
    const whole = await readFile(file);
    const at = async (name: string, bytes: Buffer): Promise<string> => {
      const made = path.join(folder, name);
      await writeFile(made, bytes);
      return made;
    };
    const flipped = Buffer.from(whole);
    flipped[Math.floor(whole.length / 2)]! ^= 0xff;

    const faults = [
      await fault(restoreInto(configOf('fourth'), await at('cut', whole.subarray(0, whole.length - 900)))),
      await fault(restoreInto(configOf('fourth'), await at('half', whole.subarray(0, whole.length / 2)))),
      await fault(restoreInto(configOf('fourth'), await at('flipped', flipped))),
      await fault(restoreInto(configOf('fourth'), await at('text', Buffer.from('không phải bản sao lưu')))),
      await fault(restoreInto(configOf('fourth'), path.join(folder, 'not-there'))),
    ];
    const fourth = await startServer(configOf('fourth'), log);
    const producers = await fourth.deps.db.collection('producers').countDocuments();
    await fourth.close();

    expect(faults.map(({ code }) => code)).to.deep.equal([
      'backup-cut',
      'backup-cut',
      'backup-damaged',
      'backup-not-readable',
      'backup-not-readable',
    ]);
    expect(producers).to.equal(0);
  });

  it('encrypts with BACKUP_KEY, and opens with that key only', async () => {
    const key = randomBytes(24).toString('base64');
    const source = configOf('first', { BACKUP_KEY: key });
    const secret = path.join(folder, 'kin.ocop');

    await runBackup({ file: secret, isErasures: false }, contextOf(source));
    const bytes = await readFile(secret);
    const missing = await fault(restoreInto(configOf('fifth'), secret));
    const wrong = await fault(restoreInto(configOf('fifth', { BACKUP_KEY: 'another key, long enough' }), secret));
    await restoreInto(configOf('fifth', { BACKUP_KEY: key }), secret);
    const fifth = await startServer(configOf('fifth'), log);
    const found = await pagesOf(fifth.url);
    await fifth.close();

    expect(bytes.subarray(0, 21).toString('latin1')).to.equal('age-encryption.org/v1');
    expect(missing.code).to.equal('backup-key-missing');
    expect(wrong.code).to.equal('backup-key-wrong');
    expect(Object.fromEntries(found)).to.deep.equal(Object.fromEntries(pages));
  });

  it('overwrites nothing, and leaves nothing half written where the disk is full', async () => {
    const to = (name: string) => ({ file: name, isErasures: false });
    const exists = await fault(runBackup(to(file), contextOf(configOf('first'))));
    const nowhere = await fault(runBackup(to(path.join(folder, 'no-such-folder', 'x')), contextOf(configOf('first'))));
    const nothing = await fault(runBackup(to(path.join(folder, 'nothing')), contextOf(configOf('sixth'))));

    expect(exists.code).to.equal('backup-file-exists');
    expect(nowhere.code).to.equal('backup-not-written');
    expect(nowhere.messages.en).to.include('no-such-folder');
    expect(nothing.code).to.equal('store-empty');
    expect(nothing.messages.vi).to.include('DATA_DIR');
  });
});
