// The HTTP server and its patience: what is slow on a bad line is waited for, what only holds a connection is cut.
import http from 'node:http';
import { answerUnreadable } from './unreadable-request.ts';

export type Patience = {
  /** From the first byte, or from the connection, to the end of the headers. */
  headersMs: number;
  /** To the end of the body: 25 MB in two minutes; photos on slower lines come in pieces. */
  requestMs: number;
  /** An open connection without a request; longer than the minute of usual proxies, which must not find it closed. */
  keepAliveMs: number;
  /** How often it is looked whose time is over. */
  checkEveryMs: number;
};

export const patience: Patience = { headersMs: 20_000, requestMs: 120_000, keepAliveMs: 65_000, checkEveryMs: 5_000 };

/** Node's own limit, said here so that it stays: headers and address together. */
const headerBytes = 16_384;

/** A server that answers nothing yet; requests that can't be read, or take too long, get words. */
export function makeServer({ headersMs, requestMs, keepAliveMs, checkEveryMs }: Patience = patience): http.Server {
  const server = http.createServer({
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    keepAliveTimeout: keepAliveMs,
    connectionsCheckingInterval: checkEveryMs,
    maxHeaderSize: headerBytes,
  });
  server.on('clientError', answerUnreadable);
  return server;
}
