// A program that opens a store over the folder it is given, prints what it is, and waits to be ended.
import { openStore } from '../../src/db/store.ts';
import { silentLog } from './store.ts';

const store = await openStore({
  mongodbUri: undefined,
  dataDir: process.argv[2] ?? '',
  databaseName: 'test',
  log: silentLog,
});
process.on('SIGTERM', () => void store.close().then(() => process.exit(0)));
console.log(JSON.stringify({ pid: process.pid, enginePid: store.engine?.pid(), uri: store.uri }));
