// Two producers far apart with a record of every kind, and the eight kinds of caller of the first one.
import { randomBytes } from 'node:crypto';
import { markSecondFactor } from '../../src/accounts/accounts.model.ts';
import type { Actor } from '../../src/actor.ts';
import { holdBatch } from '../../src/batches/batches.service.ts';
import { checksDone } from '../../src/labels/labels.check.service.ts';
import { askForOwn } from '../../src/renewals/renewals.service.ts';
import { unitModel } from '../../src/units/units.model.ts';
import type { TestApp } from './app.ts';
import { aPerson } from './factories.accounts.ts';
import { aLabelledLot } from './a-scan.ts';
import type { LabelledLot } from './a-scan.ts';
import { aBatch, aStep, newRecallJson } from './factories.batches.ts';
import { aMaterial, aMove } from './factories.materials.ts';
import { anEnteredCertificate } from './factories.stored-certificates.ts';
import { anAdmin, anOfficer, uuidv7 } from './factories.ts';
import { sendList } from './lists.ts';
import { aJpeg } from './pictures.ts';

/** Ids by the name that they have in the addresses of routes. */
export type Ids = Record<string, string>;
export type Place = { communeCode: string; provinceCode: string };
export type Callers = Record<string, Actor | undefined>;
export type World = { own: Ids; ownPlace: Place; stranger: Ids; strangerPlace: Place; callers: Callers };

const ownPlace: Place = { communeCode: '99001', provinceCode: '19' };
const strangerPlace: Place = { communeCode: '99002', provinceCode: '15' };

const idOf = async (answer: Promise<{ status: number; body: Record<string, unknown> }>): Promise<string> => {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`refused with ${status}: ${JSON.stringify(body)}`);
  return String(body['id']);
};

const aPhotoOf = async (app: TestApp, { owner, batch }: LabelledLot): Promise<{ step: string; sha256: string }> => {
  const bytes = await aJpeg();
  const { createHash } = await import('node:crypto');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const step = await aStep(app, owner, batch.id, { photoHashes: [sha256] });
  const sent = await app.as(owner).put(`/api/v1/steps/${String(step['id'])}/photos/${sha256}`, bytes, 'image/jpeg');
  if (sent.status >= 300) throw new Error(`the photo was refused: ${JSON.stringify(sent.body)}`);
  return { step: String(step['id']), sha256 };
};

const aRunOf = async (app: TestApp, { owner, batch }: LabelledLot): Promise<{ run: string; print: string }> => {
  const client = app.as(owner);
  const run = await idOf(
    client.post(`/api/v1/batches/${batch.id}/label-runs`, { id: uuidv7(), quantity: 4, approve: true }),
  );
  await checksDone();
  const print = uuidv7();
  await idOf(client.post(`/api/v1/label-runs/${run}/prints`, { id: print }));
  return { run, print };
};

/** Everything that a producer may have, and the ids of it. */
async function recordsOf(app: TestApp, place: Place): Promise<Ids> {
  const address = { ...place, communeName: 'Xã Mẫu', street: 'Xóm Mẫu' };
  const lot = await aLabelledLot(app, {
    producer: { address },
    site: { communeCode: place.communeCode, communeName: 'Xã Mẫu' },
  });
  const { producer, owner, product, site, batch, code } = lot;
  const material = await aMaterial(app, owner, producer.id);
  const move = await aMove(app, owner, material.id);
  const photo = await aPhotoOf(app, lot);
  const certificate = await anEnteredCertificate(app, owner, product.id);
  const paper = `/api/v1/certificates/${certificate.id}/document`;
  const sentPaper = await app.as(owner).put(paper, await aJpeg(), 'image/jpeg');
  if (sentPaper.status >= 300) throw new Error(`the paper was refused: ${JSON.stringify(sentPaper.body)}`);
  const report = uuidv7();
  const written = new FormData();
  for (const [name, text] of Object.entries({ id: report, kind: 'label', text: 'Tem mờ, mã khác.' }))
    written.append(name, text);
  written.append('photo', new Blob([Uint8Array.from(await aJpeg())], { type: 'image/jpeg' }), 'tem.jpg');
  const told = await app.as(undefined).postForm(`/T/${code}/report`, written);
  if (told.status >= 400) throw new Error(`the report was refused with ${told.status}`);
  const other = await aBatch(app, { farm: { ...lot, plotA: site, plotB: site }, parts: { siteIds: [site.id] } });
  const joining = { id: uuidv7(), name: 'Người Ghi Mẫu', agreed: true };
  const member = await idOf(app.as(owner).post(`/api/v1/producers/${producer.id}/members`, joining));
  const run = await aRunOf(app, lot);
  const hold = uuidv7();
  await holdBatch(app.db, batch.id, {
    id: hold,
    reason: 'step-in-future',
    stepId: undefined,
    settled: undefined,
    at: app.deps.clock(),
  });
  const recall = await idOf(app.as(owner).post(`/api/v1/batches/${other.batch.id}/recalls`, newRecallJson()));
  return {
    producer: producer.id,
    product: product.id,
    site: site.id,
    batch: batch.id,
    material: material.id,
    move: move.id,
    ...photo,
    certificate: certificate.id,
    report,
    hold,
    recall,
    ...run,
    member,
    device: uuidv7(),
    place: '1',
    ...place,
  };
}

// An official near the first producer who lost the second factor: every official may confirm, for the commune lies in the province.
const aRenewal = async (app: TestApp): Promise<string> => {
  const { communeCode, provinceCode } = ownPlace;
  await unitModel(app.db).create({
    _id: communeCode,
    code: communeCode,
    name: 'Mẫu',
    fullName: 'Xã Mẫu',
    kind: 'commune',
    parentCode: provinceCode,
    foldedName: 'mau',
    searchWords: ['mau'],
    version: 1,
    importedAt: app.deps.clock(),
  });
  const person = await aPerson(app, { roles: [{ kind: 'commune-officer', communeCode }] });
  await markSecondFactor(app.db, person.id, true);
  return (await askForOwn(app.db, randomBytes(32), person.id, uuidv7(), app.deps.clock())).id;
};

/** Two of everything, and who may come: the callers all stand near the first producer. */
export async function aWorld(app: TestApp): Promise<World> {
  const own = await recordsOf(app, ownPlace);
  const stranger = await recordsOf(app, strangerPlace);
  const run = await sendList(app, Buffer.from('a;b\n1;2\n'));
  const of = (name: string, role: Actor['roles'][number]): Actor => ({ userId: uuidv7(), name, roles: [role] });
  const producerId = own['producer'] ?? '';
  const callers = {
    nobody: undefined,
    owner: of('Chủ Mẫu', { kind: 'producer', producerId }),
    recorder: of('Người Ghi Mẫu', { kind: 'recorder', producerId }),
    'digital-team': of('Tổ Số Mẫu', { kind: 'digital-team', communeCode: ownPlace.communeCode }),
    'commune-officer': of('Cán Bộ Xã Mẫu', { kind: 'commune-officer', communeCode: ownPlace.communeCode }),
    'province-officer': anOfficer(ownPlace.provinceCode),
    'ministry-officer': of('Cán Bộ Bộ Mẫu', { kind: 'ministry-officer' }),
    admin: anAdmin(),
  };
  const { id: user } = await aPerson(app);
  const renewal = await aRenewal(app);
  return {
    own: { ...own, importRun: run.id, user, renewal },
    ownPlace,
    stranger: { ...stranger, user, renewal },
    strangerPlace,
    callers,
  };
}
