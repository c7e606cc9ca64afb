// Addresses of stores: read, made, and shown without what is secret in them.

const withDatabase = /^mongodb(?:\+srv)?:\/\/(?:[^?]*@)?[^/?]*(?:\/([^?]*))?/;
// Everything up to the last @ goes, also where a password holds characters that should have been escaped.
const withHosts = /^(mongodb(?:\+srv)?:\/\/)(?:.*@)?([^/?]*)/s;

/** Address of a store that listens on a Unix socket. */
export function socketUri(socketPath: string): string {
  return `mongodb://${encodeURIComponent(socketPath)}/?directConnection=true`;
}

/** The database that the address names, if it names one. */
export function databaseOf(uri: string): string | undefined {
  const name = withDatabase.exec(uri)?.[1];
  return name === undefined || name === '' ? undefined : decodeURIComponent(name);
}

/** Scheme and hosts of the address, without user, password and options. */
export function describeUri(uri: string): string {
  const match = withHosts.exec(uri);
  return match === null ? 'mongodb://…' : `${match[1]}${decodeURIComponent(match[2] ?? '')}`;
}

/** `text` without the address and without anything that stands where user and password do. */
export function withoutSecrets(text: string, uri: string): string {
  return text.replaceAll(uri, describeUri(uri)).replaceAll(/\/\/[^\s@"]*@/g, '//');
}
