// What the app is made of: everything that differs between a real run and a test is handed in here.
import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { CodeKey } from './codes/trace-code.ts';
import type { Db } from './db/connect.ts';
import type { RetentionDays } from './retention.ts';
import type { MapTiles } from './http/map-tiles.ts';

/** Secrets: from settings, or made on first start and kept in the store. */
export type Keys = {
  codeKey: CodeKey;
  /** HMAC key of access tokens, at least 32 bytes. */
  sessionKey: Buffer;
  /** Seals what authenticator apps share with us, 32 bytes. */
  sealKey: Buffer;
};

export type Deps = {
  db: Db;
  log: Logger;
  clock: () => Date;
  keys: Keys;
  /** Without a slash at the end; printed on labels. */
  baseUrl: string;
  /** Height of the smallest letters (x-height) that labels are printed with, in millimetres; 1.0 where it is left out. */
  smallestLetterMm?: number;
  /** Number of proxies in front whose X-Forwarded-* headers are believed. */
  trustedProxies: number;
  /** From which province a request comes, '' where that is not known; nowhere when left out. */
  placeOf?: (req: IncomingMessage) => string;
  /** Background tiles of another host on pages with a map; none when left out. */
  mapTiles?: MapTiles | undefined;
  /** How long, in milliseconds, a code's page is given out without comparing it with the store; two seconds when left out, 0 compares each time. */
  pagesFreshMs?: number;
  /** Whom buyers may call when the register can't answer; nobody is named when left out. */
  authority?: { name: string; phone: string };
  /** What the stored files of one producer may take; the usual limits when left out. */
  fileLimits?: { bytes: number; files: number };
  /** How long things are kept that nobody has to prove; the usual periods when left out. */
  retention?: RetentionDays;
};
