// The import as a command: against the run's store, beside a server that holds the folder, and with wrong words.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { auditModel } from '../../src/audit/audit.ts';
import type { Db } from '../../src/db/connect.ts';
import { takeDataDir } from '../../src/db/data-dir.ts';
import { operator, readCommand, runCommand } from '../../src/imports/imports.command.ts';
import type { ImportCommand } from '../../src/imports/imports.command.ts';
import { importRunModel } from '../../src/imports/imports.model.ts';
import { productModel } from '../../src/products/products.model.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { csvOf, listedRows } from '../support/lists.ts';

describe('the words of the command', () => {
  it('are a kind, a file and at most two options', () => {
    expect(readCommand(['recognitions', 'ds.csv'])).to.deep.equal({
      kind: 'recognitions',
      file: 'ds.csv',
      dryRun: false,
      skipFaulty: false,
    });
    expect(readCommand(['--dry-run', 'units', 'u.json', '--skip-faulty'])).to.deep.include({
      dryRun: true,
      skipFaulty: true,
    });
  });

  for (const words of [[], ['recognitions'], ['secrets', 'x'], ['units', 'a', 'b'], ['units', 'a', '--force']]) {
    it(`are not "${words.join(' ')}"`, () => {
      expect(readCommand(words)).to.equal(undefined);
    });
  }
});

describe('the command', () => {
  let app: TestApp;
  let db: Db;
  let printed: string;

  beforeEach(async () => {
    app = await testApp();
    db = app.db;
    printed = '';
  });

  afterEach(() => app.close());

  const run = (bytes: string, given: Partial<ImportCommand> = {}): Promise<number> => {
    const command = { kind: 'recognitions', file: '/tmp/ds.csv', dryRun: false, skipFaulty: false, ...given } as const;
    return runCommand(db, command, Buffer.from(bytes), app.deps.clock, (text) => (printed += `${text}\n`));
  };
  const oneWrong = (): string => csvOf(listedRows(3, (at) => (at === 1 ? { stars: '7' } : {})));

  it('stores a list as the operator at the machine and says so in both languages', async () => {
    const code = await run(csvOf(listedRows(3)));

    expect(code).to.equal(0);
    expect(printed).to.contain('Mới / New: 3').and.contain('Đã ghi: 3 mới, 0 thay đổi, 0 đã có. / Stored: 3 new');
    expect(await productModel(db).countDocuments()).to.equal(3);
    expect((await auditModel(db).findOne({ what: 'import-stored' }).lean())?.actorId).to.equal(operator.userId);
  });

  it('only looks when told so', async () => {
    const code = await run(csvOf(listedRows(3)), { dryRun: true });

    expect(code).to.equal(0);
    expect(printed).to.contain('Xem thử, chưa ghi gì.');
    expect(await importRunModel(db).countDocuments()).to.equal(0);
    expect(await productModel(db).countDocuments()).to.equal(0);
  });

  it('stores nothing and ends with 1 while a row is wrong, and names it', async () => {
    const code = await run(oneWrong());

    expect(code).to.equal(1);
    expect(printed).to.contain('Dòng 3 · T1 · Chè mẫu số 1 · stars: "7" không phải hạng sao');
    expect(printed).to.contain('--skip-faulty');
    expect(await productModel(db).countDocuments()).to.equal(0);
    expect(await run(oneWrong(), { dryRun: true })).to.equal(1);
  });

  it('leaves wrong rows out when told so', async () => {
    const code = await run(oneWrong(), { skipFaulty: true });

    expect(code).to.equal(0);
    expect(await productModel(db).countDocuments()).to.equal(2);
  });

  it('ends with 1 for a file that can’t be read', async () => {
    const code = await run('product_name,owner\nx,y\n');

    expect(code).to.equal(1);
    expect(printed).to.contain('status: Thiếu cột này. / This column is missing.');
  });
});

describe('the command line', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'ocop-import-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  const runScript = (words: string[], env: Record<string, string>): Promise<{ code: number | null; said: string }> =>
    new Promise((resolve, reject) => {
      const script = path.resolve(import.meta.dirname, '../../scripts/import.ts');
      const child = spawn(process.execPath, ['--import', 'tsx', script, ...words], {
        env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
      });
      let said = '';
      child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()));
      child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, said }));
    });

  it('says what is wrong with its words or its file', async () => {
    const without = await runScript([], {});
    const missing = await runScript(['units', path.join(folder, 'none.csv')], {});

    expect(without.code).to.equal(1);
    expect(without.said).to.contain('recognitions, units, outlines, score-cards, protocols');
    expect(missing.code).to.equal(1);
    expect(missing.said).to.contain('Không đọc được tệp');
  }).timeout(40_000);

  it('says plainly that a running server holds the store', async () => {
    const dataDir = path.join(folder, 'data');
    const file = path.join(folder, 'ds.csv');
    await writeFile(file, csvOf(listedRows(1)));
    const held = await takeDataDir(dataDir);

    const { code, said } = await runScript(['recognitions', file], { DATA_DIR: dataDir });
    await held.release();

    expect(code).to.equal(1);
    expect(said).to.contain('Dừng máy chủ rồi chạy lại lệnh này');
  }).timeout(60_000);
});
