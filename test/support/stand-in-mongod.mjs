// Stands in for a mongod of the system: takes its options, listens where they say, ends on SIGTERM.
import console from 'node:console';
import { writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import process from 'node:process';

const option = (name) => process.argv[process.argv.indexOf(name) + 1];
if (process.argv.includes('--version')) {
  console.log('db version v0.0.0');
} else {
  writeFileSync(path.join(option('--dbpath'), 'options.json'), JSON.stringify(process.argv.slice(2)));
  const server = net.createServer().listen(option('--bind_ip'));
  process.on('SIGTERM', () => server.close(() => process.exit(0)));
}
