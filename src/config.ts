// Environment -> one frozen, typed object. Every fault is reported together, in words that name the setting.
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { usualRetention } from './retention.ts';
import type { RetentionDays } from './retention.ts';

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, { error: `is not a whole number from ${least} to ${most}` })
    .transform(Number)
    .refine((value) => value >= least && value <= most, { error: `is not a whole number from ${least} to ${most}` });

const isWebAddress = (value: string): boolean => {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '' && url.username === '';
};

/** The host is fixed, so that pages can name it to the browser as the only other one. */
const isTileAddress = (value: string): boolean => {
  if (!/^https:\/\/[A-Za-z0-9.-]+(:\d{1,5})?\/\S*$/.test(value) || !URL.canParse(value)) return false;
  const places = [...value.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name);
  return places.length === 3 && ['x', 'y', 'z'].every((name) => places.includes(name));
};

const settings = z.object({
  PORT: wholeNumber(0, 65_535).default(3000),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, { error: 'is not a host name or address' })
    .default('127.0.0.1'),
  BASE_URL: z
    .string()
    .refine(isWebAddress, { error: 'is not an http:// or https:// address without query' })
    .optional(),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\/\S+$/, { error: 'does not begin with mongodb:// or mongodb+srv://' })
    .optional(),
  DATABASE: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,38}$/, { error: 'is not a database name (letters, digits, _ and -, at most 38)' })
    .default('ocop-trace'),
  DATA_DIR: z.string().min(1).default('./data'),
  ENGINE_CACHE_DIR: z.string().min(1).optional(),
  CODE_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, { error: 'is not 64 hexadecimal digits (32 bytes)' })
    .optional(),
  SESSION_KEY: z
    .string()
    .regex(/^[0-9a-f]{64,}$/i, { error: 'is not 64 or more hexadecimal digits' })
    .optional(),
  BACKUP_KEY: z.string().min(20, { error: 'is shorter than 20 characters' }).optional(),
  LABEL_LETTER_MM: z
    .string()
    .regex(/^(0\.[8-9]\d?|[1-2](\.\d{1,2})?)$/, { error: 'is not a height from 0.8 to 2.99 millimetres' })
    .transform(Number)
    .default(1),
  TRUST_PROXY: wholeNumber(0, 10).default(0),
  GEO_HEADER: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,64}$/, { error: 'is not the name of a header' })
    .default(''),
  GEOIP_FILE: z.string().min(1).default(''),
  AUTHORITY_PHONE: z
    .string()
    .transform((value) => value.replace(/[\s.()-]/g, '').replace(/^\+84/, '0'))
    .refine((value) => /^0\d{9,10}$/.test(value), { error: 'is not a Vietnamese phone number' })
    .default(''),
  AUTHORITY_NAME: z.string().trim().max(120, { error: 'is longer than 120 characters' }).default(''),
  MAP_TILE_URL: z
    .string()
    .refine(isTileAddress, { error: 'is not an https:// address with {z}, {x} and {y} in its path' })
    .optional(),
  MAP_TILE_ATTRIBUTION: z.string().max(200, { error: 'is longer than 200 characters' }).default(''),
  FILE_QUOTA_MB: wholeNumber(1, 10_000_000).default(2000),
  FILE_QUOTA_COUNT: wholeNumber(1, 10_000_000).default(20_000),
  RETENTION_IMPORT_DAYS: wholeNumber(1, 36_500).default(usualRetention.importFiles),
  RETENTION_SIGN_IN_DAYS: wholeNumber(1, 36_500).default(usualRetention.signIns),
  RETENTION_REFUSED_DAYS: wholeNumber(1, 36_500).default(usualRetention.refusedApplicants),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'is not fatal, error, warn, info, debug, trace or silent',
    })
    .default('info'),
});

export type Config = Readonly<{
  port: number;
  host: string;
  /** Without a slash at the end; undefined until the port is known, when none was set. */
  baseUrl: string | undefined;
  mongodbUri: string | undefined;
  databaseName: string;
  dataDir: string;
  engineCacheDir: string;
  codeKeyHex: string | undefined;
  sessionKeyHex: string | undefined;
  /** Encrypts backups, and opens them. */
  backupKey: string | undefined;
  /** Height of the smallest letters (x-height) on labels, in millimetres. */
  smallestLetterMm: number;
  /** Number of proxies in front whose X-Forwarded-* headers are believed. */
  trustedProxies: number;
  /** How the province of a scan is found: a trusted proxy's header and a file in MaxMind's format, '' where there is none. */
  geo: { header: string; file: string };
  /** Whom buyers may call when the register can't answer: '' for what is not given; no name counts without a number. */
  authority: { name: string; phone: string };
  /** Background tiles of another host on maps; undefined where none were named. */
  mapTiles: { url: string; attribution: string } | undefined;
  /** What the stored files of one producer may take. */
  fileLimits: { bytes: number; files: number };
  /** How long things are kept that nobody has to prove. */
  retention: RetentionDays;
  logLevel: z.infer<typeof settings>['LOG_LEVEL'];
}>;

/** All settings that can be given, for the documents' table and its test. */
export const settingNames = Object.keys(settings.shape);

/** Reads and checks the settings. Throws one Error that lists every fault: `Configuration: PORT is not a whole number …; …`. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given: Record<string, string> = {};
  for (const name of settingNames) {
    const value = env[name];
    if (value !== undefined && value !== '') given[name] = value;
  }
  const read = settings.safeParse(given);
  if (!read.success) {
    const faults = read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    throw new Error(`Configuration: ${faults.join('; ')}`);
  }
  const value = read.data;
  return Object.freeze({
    port: value.PORT,
    host: value.HOST,
    baseUrl: value.BASE_URL?.replace(/\/+$/, ''),
    mongodbUri: value.MONGODB_URI,
    databaseName: value.DATABASE,
    dataDir: path.resolve(value.DATA_DIR),
    engineCacheDir:
      value.ENGINE_CACHE_DIR === undefined
        ? path.join(env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'ocop-trace')
        : path.resolve(value.ENGINE_CACHE_DIR),
    codeKeyHex: value.CODE_KEY?.toLowerCase(),
    sessionKeyHex: value.SESSION_KEY?.toLowerCase(),
    backupKey: value.BACKUP_KEY,
    smallestLetterMm: value.LABEL_LETTER_MM,
    trustedProxies: value.TRUST_PROXY,
    geo: { header: value.GEO_HEADER, file: value.GEOIP_FILE === '' ? '' : path.resolve(value.GEOIP_FILE) },
    authority: { name: value.AUTHORITY_NAME, phone: value.AUTHORITY_PHONE },
    mapTiles:
      value.MAP_TILE_URL === undefined
        ? undefined
        : { url: value.MAP_TILE_URL, attribution: value.MAP_TILE_ATTRIBUTION },
    fileLimits: { bytes: value.FILE_QUOTA_MB * 1_000_000, files: value.FILE_QUOTA_COUNT },
    retention: {
      importFiles: value.RETENTION_IMPORT_DAYS,
      signIns: value.RETENTION_SIGN_IN_DAYS,
      refusedApplicants: value.RETENTION_REFUSED_DAYS,
    },
    logLevel: value.LOG_LEVEL,
  });
}

/** True while nobody outside can open the address (loopback, link-local, private ranges, names without a dot, .local, .test): then every label run is a sample run. */
export function isLocalAddress(baseUrl: string): boolean {
  const host = new URL(baseUrl).hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) {
    return /^(127|10|0)\.|^192\.168\.|^169\.254\.|^172\.(1[6-9]|2\d|3[01])\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./.test(
      host,
    );
  }
  if (host.includes(':'))
    return host === '::1' || host === '::' || /^(fc|fd|fe[89ab])/.test(host) || host.startsWith('::ffff:');
  return !host.includes('.') || /(^|\.)(localhost|local|test|example|invalid|internal|lan|home\.arpa)$/.test(host);
}
