// References, the names under which senders are counted, and who answers in whose name. Pure.
import { createHash, createHmac } from 'node:crypto';
import type { Actor } from '../actor.ts';
import type { Day } from '../days.ts';
import type { NewReport } from './reports.input.ts';
import type { Report, ReportAnswer, ReportContent } from './reports.types.ts';
import { mayAnywhere } from '../powers.ts';
import { isMember } from '../actor.ts';

const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const referenceLength = 10;

/** How many random bytes make a reference. */
export const referenceBytes = referenceLength;

/** Ten of 32 symbols from random bytes: nobody finds another person's report by trying. */
export function referenceOf(random: Uint8Array): string {
  // 256 is a multiple of 32: each symbol is as likely as any other.
  return [...random].map((byte) => symbols[byte % symbols.length]).join('');
}

/** PA-7K3M9-QXC2A. */
export function formatReference(reference: string): string {
  return `PA-${reference.slice(0, 5)}-${reference.slice(5)}`;
}

/** A reference as people type it (small letters, spaces, look-alikes), or undefined. */
export function readReference(typed: string): string | undefined {
  const plain = typed
    .slice(0, 60)
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');
  const own = plain.length > referenceLength && plain.startsWith('PA') ? plain.slice(2) : plain;
  const read = own.replaceAll('O', '0').replace(/[IL]/g, '1');
  return read.length === referenceLength && [...read].every((symbol) => symbols.includes(symbol)) ? read : undefined;
}

/** A name for a sender's network that tells nobody what it was; another one every day. */
export function senderName(key: Buffer, day: Day, network: string): string {
  return createHmac('sha256', key)
    .update(JSON.stringify(['report sender', day, network]))
    .digest('base64url');
}

/** Turns of one sender, and of all senders together about one producer: a flood about one can't fill the store. */
export const reportLimits = {
  senderAnHour: 10,
  senderADay: 30,
  producerADay: 300,
  hourSeconds: 3600,
  daySeconds: 86_400,
};

export function contentHash(salt: string, { text, contact }: Pick<ReportContent, 'text' | 'contact'>): string {
  return createHash('sha256')
    .update(JSON.stringify([salt, text, contact]))
    .digest('hex');
}

/** Whether a report sent again under its id says the same. What was erased since is not held against it. */
export function isSameReport(stored: { report: Report; content: ReportContent }, sent: NewReport): boolean {
  const { report, content } = stored;
  if (report.kind !== sent.kind) return false;
  if (content.erasedOn !== undefined) return true;
  const isSameContact = content.contactErasedOn !== undefined || content.contact === (sent.contact ?? '');
  return content.text === sent.text && isSameContact;
}

/** In whose name the person answers. */
export function answerLevelOf(actor: Actor, report: Report): ReportAnswer['level'] {
  return isMember(actor, report.producerId) ? 'producer' : 'province';
}

/** A sender trusts the office with a way to be reached, not whom the report is about. */
export function maySeeContact(actor: Actor, report: Report): boolean {
  return mayAnywhere(actor, 'erase-report') && !isMember(actor, report.producerId);
}
