// A bare node:http server that answers everything with the bytes and headers it was handed: what a page can't be faster than.
import http from 'node:http';
import type { AddressInfo } from 'node:net';

process.once('message', (given: { headers: Record<string, string>; body: string }) => {
  const body = Buffer.from(given.body, 'base64');
  const server = http.createServer((_req, res) => res.writeHead(200, given.headers).end(body));
  server.listen(0, '127.0.0.1', () =>
    process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }),
  );
});
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit(0));
