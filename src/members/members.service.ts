// What an owner does about the people who record, and how a phone joins: by a code of 15 minutes that works once.
import { createHmac, randomInt } from 'node:crypto';
import {
  addRecorder,
  endRecorder,
  joinDevice,
  renamePerson,
  takeJoinTurn,
} from '../accounts/accounts.joining.service.ts';
import { personErasing } from '../accounts/erasing.service.ts';
import { userNames } from '../accounts/accounts.service.ts';
import type { From, OpenedSession, Session } from '../accounts/accounts.types.ts';
import { endSessionOf, sessionsOf } from '../accounts/sessions.service.ts';
import type { Actor } from '../actor.ts';
import { noteAudit } from '../audit/audit.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { registerEraser } from '../files/erasures.ts';
import type { Erasure } from '../files/files.types.ts';
import { requireMay } from '../powers.ts';
import { requireProducer, scopeOf } from '../producers/producers.service.ts';
import { recorderConsentVersion } from './members.input.ts';
import type { NewMember } from './members.input.ts';
import {
  blankMember,
  findJoinCode,
  findMember,
  findMembers,
  insertJoinCode,
  insertMember,
  joinCodeModel,
  markRevoked,
  memberModel,
  removeCodesOf,
  takeJoinCode,
} from './members.model.ts';
import type { Device, JoinCode, MadeCode, Member, MemberFacts } from './members.types.ts';

/** What is kept here of a person who asks to be erased: the phone number, and codes that wait. Runs again without harm. */
const eraseMember = async (db: Db, { recordId: userId, at }: Erasure): Promise<void> => {
  await blankMember(db, userId, at);
  await removeCodesOf(db, userId);
};

/** Makes the collections known to the connection, so that their indexes are made at start, and lets persons be erased here too. */
export function prepareMembers(db: Db): void {
  memberModel(db);
  joinCodeModel(db);
  registerEraser(db, personErasing, eraseMember);
}

const codeMinutes = 15;
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
// 50 bits, for 15 minutes, behind a limit on wrong ones: short enough to be typed from another screen.
const newCode = (): string => Array.from({ length: 10 }, () => alphabet[randomInt(32)]).join('');
const hashOf = (sessionKey: Buffer, code: string): string =>
  createHmac('sha256', sessionKey).update(`join code ${code}`).digest('base64url');

const deviceOf = ({ id, device, createdAt, lastUsedAt }: Session): Device => ({
  id,
  name: device,
  joinedAt: createdAt,
  lastUsedAt,
});

const factsOf = async (db: Db, member: Member, name: string, now: Date): Promise<MemberFacts> => ({
  member,
  name,
  devices: (await sessionsOf(db, member.id, now)).map(deviceOf),
});

/** The recorders of one's own producer with their phones. Throws 'producer-not-found', 'not-allowed'. */
export async function listMembers(db: Db, actor: Actor, producerId: string, now: Date): Promise<MemberFacts[]> {
  requireMay(actor, 'keep-members', scopeOf(await requireProducer(db, producerId)), 'producer-not-found');
  const members = await findMembers(db, producerId);
  const ids = members.map(({ id }) => id);
  const names = await userNames(db, ids);
  return Promise.all(members.map((member) => factsOf(db, member, names.get(member.id) ?? '', now)));
}

/** A recorder of one's own producer. Throws 'member-not-found'; 'not-allowed' to other people of the producer and its officers. */
const ownMember = async (db: Db, actor: Actor, memberId: string): Promise<Member> => {
  const member = await findMember(db, memberId);
  if (member === undefined) throw new AppError('member-not-found');
  requireMay(actor, 'keep-members', scopeOf(await requireProducer(db, member.producerId)), 'member-not-found');
  return member;
};

export async function memberFor(db: Db, actor: Actor, memberId: string, now: Date): Promise<MemberFacts> {
  const member = await ownMember(db, actor, memberId);
  return factsOf(db, member, (await userNames(db, [member.id])).get(member.id) ?? '', now);
}

/** Adds a recorder, who comes in by a code. The same again gives the stored one. Throws 'producer-not-found', 'not-allowed', 'id-with-other-content'. */
export async function addMember(
  db: Db,
  actor: Actor,
  producerId: string,
  { id, name, phone }: NewMember,
  now: Date,
): Promise<MemberFacts> {
  requireMay(actor, 'keep-members', scopeOf(await requireProducer(db, producerId)), 'producer-not-found');
  await addRecorder(db, { id, name, producerId }, now);
  const by = { consentVersion: recorderConsentVersion, addedBy: actor.userId, addedAt: now };
  const member = await insertMember(db, { id, producerId, phone, ...by, revokedAt: undefined });
  if (member.phone !== phone) throw new AppError('id-with-other-content');
  await noteAudit(db, {
    id: `${id}:added`,
    actorId: actor.userId,
    what: 'recorder-added',
    recordId: id,
    after: { producerId },
    at: now,
  });
  return factsOf(db, member, name, now);
}

/** A code for the phone of a recorder, in place of one that waits. Throws 'member-not-found', 'not-allowed', 'member-revoked'. */
export async function makeJoinCode(
  db: Db,
  sessionKey: Buffer,
  actor: Actor,
  memberId: string,
  endsOthers: boolean,
  now: Date,
): Promise<MadeCode> {
  const member = await ownMember(db, actor, memberId);
  if (member.revokedAt !== undefined) throw new AppError('member-revoked');
  const code = newCode();
  const expiresAt = new Date(now.getTime() + codeMinutes * 60_000);
  const made = { memberId, endsOthers, madeBy: actor.userId, createdAt: now, expiresAt, usedAt: undefined };
  await insertJoinCode(db, { hash: hashOf(sessionKey, code), ...made });
  await noteAudit(db, { actorId: actor.userId, what: 'join-code-made', recordId: memberId, at: now });
  return { code, expiresAt, memberName: (await userNames(db, [memberId])).get(memberId) ?? '' };
}

/** Takes the right to record away at once: role, sessions and waiting codes. Done twice it is done once. */
export async function revokeMember(db: Db, actor: Actor, memberId: string, now: Date): Promise<MemberFacts> {
  const member = await ownMember(db, actor, memberId);
  await markRevoked(db, memberId, now);
  await removeCodesOf(db, memberId);
  await endRecorder(db, memberId, member.producerId);
  await noteAudit(db, {
    id: `${memberId}:revoked`,
    actorId: actor.userId,
    what: 'recorder-revoked',
    recordId: memberId,
    at: now,
  });
  return memberFor(db, actor, memberId, now);
}

/** Ends one phone's session; one that is over already is over. */
export async function endDevice(db: Db, actor: Actor, memberId: string, deviceId: string, now: Date): Promise<void> {
  await ownMember(db, actor, memberId);
  if (!(await endSessionOf(db, memberId, deviceId))) return;
  await noteAudit(db, { actorId: actor.userId, what: 'recorder-device-ended', recordId: memberId, at: now });
}

/** Another name. The log says that it changed, not what it was: a name is a person's. */
export async function renameMember(
  db: Db,
  actor: Actor,
  memberId: string,
  name: string,
  now: Date,
): Promise<MemberFacts> {
  await ownMember(db, actor, memberId);
  await renamePerson(db, memberId, name);
  await noteAudit(db, { actorId: actor.userId, what: 'recorder-renamed', recordId: memberId, at: now });
  return memberFor(db, actor, memberId, now);
}

export type Invitation = { memberName: string; producerName: string };

const requireOpen = (found: JoinCode | undefined, now: Date): JoinCode => {
  if (found?.usedAt !== undefined) throw new AppError('join-code-used');
  if (found === undefined || found.expiresAt <= now) throw new AppError('join-code-over');
  return found;
};

const requireOpenCode = async (db: Db, sessionKey: Buffer, code: string, from: From, now: Date): Promise<Member> => {
  const giveBack = await takeJoinTurn(db, sessionKey, from.address, now);
  const { memberId } = requireOpen(await findJoinCode(db, hashOf(sessionKey, code)), now);
  await giveBack();
  const member = await findMember(db, memberId);
  if (member === undefined || member.revokedAt !== undefined) throw new AppError('join-code-over');
  return member;
};

/** Whom a code is for and whose records it opens; looking does not use it up. Throws 'join-code-used', 'join-code-over', 'too-many-requests'. */
export async function invitationOf(
  db: Db,
  sessionKey: Buffer,
  code: string,
  from: From,
  now: Date,
): Promise<Invitation> {
  const member = await requireOpenCode(db, sessionKey, code, from, now);
  const [producer, names] = await Promise.all([requireProducer(db, member.producerId), userNames(db, [member.id])]);
  return { memberName: names.get(member.id) ?? '', producerName: producer.legalName };
}

/** Uses a code up and signs its phone in. Of two at once one gets in, the other 'join-code-used'. Throws 'join-code-over', 'too-many-requests'. */
export async function join(db: Db, sessionKey: Buffer, code: string, from: From, now: Date): Promise<OpenedSession> {
  const member = await requireOpenCode(db, sessionKey, code, from, now);
  const taken = await takeJoinCode(db, hashOf(sessionKey, code), now);
  if (taken === undefined) throw new AppError('join-code-used');
  const { userAgent } = from;
  const opened = await joinDevice(db, sessionKey, member.id, { endsOthers: taken.endsOthers, userAgent }, now);
  // Revoked in between: the phone is out again before it was told that it is in.
  if ((await findMember(db, member.id))?.revokedAt !== undefined) {
    await endSessionOf(db, member.id, opened.sessionId);
    throw new AppError('join-code-over');
  }
  await noteAudit(db, {
    id: `${opened.sessionId}:joined`,
    actorId: member.id,
    what: 'recorder-joined',
    recordId: member.id,
    at: now,
  });
  return opened;
}
