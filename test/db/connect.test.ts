import { expect } from 'chai';
import mongoose from 'mongoose';
import net, { type AddressInfo } from 'node:net';
import { connectStore, isReachable, type Db } from '../../src/db/connect.ts';
import { isStoreAway } from '../../src/db/indexes.ts';
import { StoreError } from '../../src/db/store-error.ts';
import { describeUri } from '../../src/db/store-uri.ts';
import { freshDatabase, silentLog } from '../support/store.ts';

const thingSchema = new mongoose.Schema({
  name: String,
  place: { commune: String },
  parts: [{ grams: Number }],
});
const thingModel = (db: Db): mongoose.Model<unknown> =>
  db.models['Thing'] ?? db.model<unknown>('Thing', thingSchema, 'things');

const failureOf = async (work: Promise<unknown>): Promise<Error> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('nothing failed');
};

const freePort = async (): Promise<number> => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

describe('a connection to the store', () => {
  it('asks every write to be in the journal, and of more than one server the majority of them', async () => {
    const db = await freshDatabase();

    const hello = await db.db?.admin().command({ hello: 1 });
    const concern = db.getClient().options.writeConcern;

    expect(concern).to.include({ w: hello?.['setName'] === undefined ? 1 : 'majority', journal: true });
    expect((await db.collection('things').insertOne({ name: 'a' })).acknowledged).to.equal(true);
  });

  it('refuses fields that no schema names, in what is stored and in what is asked', async () => {
    const db = await freshDatabase();
    const things = thingModel(db);
    await things.create({ name: 'na', place: { commune: 'Võ Nhai' }, parts: [{ grams: 500 }] });

    const failures = await Promise.all(
      [
        things.create({ other: 1 }),
        things.create({ place: { other: 1 } }),
        things.create({ parts: [{ other: 1 }] }),
        things.find({ other: 1 }),
        things.find({ 'place.other': 1 }),
        things.updateOne({}, { $set: { other: 1 } }),
      ].map(failureOf),
    );

    for (const failure of failures) expect(failure.message).to.match(/not in schema|StrictModeError/);
    expect(await things.countDocuments()).to.equal(1);
  });

  it('gives every app its own database and models', async () => {
    const [one, other] = [await freshDatabase(), await freshDatabase()];

    await thingModel(one).create({ name: 'only here' });

    expect(one.name).not.to.equal(other.name);
    expect(await thingModel(other).countDocuments()).to.equal(0);
    expect(await isReachable(one)).to.equal(true);
  });

  it('names the host of a store that is not there, and never the password', async () => {
    const port = await freePort();
    const uri = `mongodb://lan:s3cret%2Fword@127.0.0.1:${port}/ocop?authSource=admin`;

    const error = await failureOf(connectStore({ uri, databaseName: 'ocop' }, silentLog, 300));

    expect(error).to.be.instanceOf(StoreError);
    expect(error).to.include({ code: 'store-unreachable' });
    expect(error.message).to.contain(`mongodb://127.0.0.1:${port}`);
    expect(error.message).not.to.match(/s3cret|lan:/);
    expect(isStoreAway(error)).to.equal(true);
  });

  it('shows no part of a password in an address that cannot be read either', async () => {
    for (const uri of [
      'mongodb://lan:s3@cret/wo?rd@h1:27017/',
      'mongodb://lan:s3cret@/',
      'mongodb://lan:s3cret@h:x/',
    ]) {
      const error = await failureOf(connectStore({ uri, databaseName: 'ocop' }, silentLog, 300));

      expect(error).to.include({ code: 'store-unreachable' });
      expect(`${error.message} ${describeUri(uri)}`).not.to.match(/s3|cret|lan/);
    }
  });
});
