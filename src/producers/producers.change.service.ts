// Changes of producers, each with its note in the history: mended by its own people or an officer, or completed after an import.
import { v7 as uuidv7 } from 'uuid';
import { userNames } from '../accounts/accounts.service.ts';
import type { Actor } from '../actor.ts';
import { auditOf } from '../audit/audit.ts';
import type { AuditNote } from '../audit/audit.ts';
import { changedFields, changeRecord } from '../audit/changes.ts';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import { AppError } from '../errors.ts';
import * as change from './producers.change.rules.ts';
import type { ChangedProducer, GivenFacts, NewClaim } from './producers.input.ts';
import { listWords, producerModel } from './producers.model.ts';
import { approvalState, consentsAtStart, scopeOf, settleFacts } from './producers.rules.ts';
import { producerFor, requireProducer, withKnownCommune } from './producers.service.ts';
import type { Producer } from './producers.types.ts';
import { requireAny, requireMay } from '../powers.ts';

// A commune that stays is taken as it is, so that nothing else of an old record waits for it.
const atKnownCommune = async (db: Db, producer: Producer, given: GivenFacts): Promise<GivenFacts> => {
  const { communeCode, communeName, provinceCode } = producer.address;
  const to = given.address;
  const stays = to.communeCode === communeCode && to.communeName === communeName && to.provinceCode === provinceCode;
  return stays ? given : withKnownCommune(db, given);
};

/** The producer as it shall be, what of it differs, and what the history may say of that; undefined when nothing differs. */
const differenceOf = (producer: Producer, given: GivenFacts) => {
  const settled = settleFacts(given);
  const before = change.changeableFacts(producer);
  const after = change.changeableFacts(settled);
  const note = changedFields(before, after, change.factNames, change.hiddenFacts(producer, settled));
  return note && { settled, after, note, names: Object.keys(note.after) };
};

const write = async (
  db: Db,
  producer: Producer,
  set: ReturnType<typeof settleFacts> & Partial<Producer>,
  note: Omit<AuditNote, 'id' | 'recordId'>,
): Promise<boolean> => {
  const words = listWords({ ...producer, ...set });
  const guard = approvalState(producer) === 'approved' ? { approvedNumber: words.numberKey } : {};
  const change = { recordId: producer.id, seenVersion: producer.version, set: { ...set, ...words, ...guard }, note };
  try {
    return await changeRecord(db, producerModel(db), change);
  } catch (error) {
    if (isDuplicateKey(error)?.index === 'producers_approvedNumber')
      throw new AppError('registration-taken', {}, { cause: error });
    throw error;
  }
};

/**
 * Makes the producer what was sent. Nothing differs: the stored one, unchanged. Somebody else was quicker: 'changed-meanwhile' with `existing`
 * and `sent`. Which of its own people and of the officers may change what is a table in the rules ('fields-wrong' at each other fact); what own
 * people mend after a refusal waits for a decision again. Throws 'producer-not-found', 'producer-unclaimed' and 'registration-taken' too.
 */
export async function changeProducer(
  db: Db,
  actor: Actor,
  producerId: string,
  changed: ChangedProducer,
  now: Date,
): Promise<Producer> {
  const producer = await producerFor(db, actor, producerId);
  requireAny(actor, ['change-producer', 'register-producer'], scopeOf(producer), 'producer-not-found');
  change.requireClaimed(producer);
  const { version, ...sent } = changed;
  const given = await atKnownCommune(db, producer, sent);
  const difference = differenceOf(producer, given);
  if (difference === undefined) return producer;
  change.requireMayChange(actor, producer, difference.after, difference.names);
  const again = change.asksAgain(actor, producer) ? { askedAgainAt: now } : {};
  const note = { actorId: actor.userId, what: 'producer-changed', ...difference.note, at: now };
  const isWritten =
    version === producer.version && (await write(db, producer, { ...difference.settled, ...again }, note));
  const stored = await requireProducer(db, producerId);
  if (isWritten || differenceOf(stored, given) === undefined) return stored;
  throw new AppError('changed-meanwhile', { existing: stored, sent: changed });
}

/**
 * Completes an imported producer, which from then on is one like any other and waits for its approval; only an officer of its province. The
 * same again gives the stored one, other content under the same id 'id-with-other-content', another id 'already-claimed'.
 */
export async function claimProducer(
  db: Db,
  actor: Actor,
  producerId: string,
  newClaim: NewClaim,
  now: Date,
): Promise<Producer> {
  const producer = await requireProducer(db, producerId);
  requireMay(actor, 'register-producer', scopeOf(producer), 'producer-not-found');
  const { id: claimId, consents: agreed, ...sent } = newClaim;
  const given = await withKnownCommune(db, sent);
  if (producer.claim === 'claimed') return earlierClaim(producer, claimId, given);
  const settled = settleFacts(given);
  change.requireMayChange(actor, producer, change.changeableFacts(settled), ['provinceCode']);
  const note = { actorId: actor.userId, what: 'producer-claimed', ...differenceOf(producer, given)?.note, at: now };
  const consents = consentsAtStart(agreed, { newId: uuidv7, byUserId: actor.userId, now });
  const isWritten = await write(db, producer, { ...settled, consents, claim: 'claimed', claimId }, note);
  const stored = await requireProducer(db, producerId);
  return isWritten ? stored : earlierClaim(stored, claimId, given);
}

const earlierClaim = (stored: Producer, claimId: string, given: GivenFacts): Producer => {
  if (stored.claimId !== claimId) throw new AppError('already-claimed');
  if (differenceOf(stored, given) === undefined) return stored;
  throw new AppError('id-with-other-content', { existing: stored, sent: { id: claimId, ...given } });
};

/** Whether this person may change what the approval was given to, as things stand. */
export function mayChangeApproved(actor: Actor, producer: Producer): boolean {
  return change.lockedFacts(actor, producer).length === 0;
}

/** What was changed, oldest first, with the shown names of those who did it by their ids; for those who may see the producer. */
export async function producerHistory(
  db: Db,
  actor: Actor,
  producerId: string,
): Promise<{ notes: AuditNote[]; names: Map<string, string> }> {
  requireMay(actor, 'see-records', scopeOf(await requireProducer(db, producerId)), 'producer-not-found');
  const notes = await auditOf(db, producerId);
  return { notes, names: await userNames(db, [...new Set(notes.map(({ actorId }) => actorId))]) };
}
