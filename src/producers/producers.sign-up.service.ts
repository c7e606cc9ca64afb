// Organisations that register themselves: the application, the person behind it, and what an officer does about a record that was there before.
import { v7 as uuidv7 } from 'uuid';
import {
  grantRole,
  personOf,
  registerPerson,
  takeSignUpTurn,
  userIdByLogin,
} from '../accounts/accounts.joining.service.ts';
import { erasedWords, personErasing } from '../accounts/erasing.service.ts';
import { requireGoodPassword } from '../accounts/passwords.service.ts';
import { isMember, producerIdsOf } from '../actor.ts';
import type { Actor, Role } from '../actor.ts';
import { noteAudit } from '../audit/audit.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { registerEraser } from '../files/erasures.ts';
import type { Erasure } from '../files/files.types.ts';
import { claimProducer } from './producers.change.service.ts';
import {
  blankApplicant,
  findProducer,
  findSignUpsOf,
  findTwins,
  insertProducer,
  markDeclined,
  setApplicant,
} from './producers.model.ts';
import { readRegistrationNumber } from './producers.registration.rules.ts';
import { approvalState, isSameProducer, maySeeProducer, scopeOf, settleFacts } from './producers.rules.ts';
import { decideApproval, producerFor, requireProducer, withKnownCommune } from './producers.service.ts';
import { consentVersion, termsVersion } from './producers.sign-up.input.ts';
import type { GivenRecord, NewSignUp } from './producers.sign-up.input.ts';
import type { Application, Producer, SignUp } from './producers.types.ts';
import { may, requireMay } from '../powers.ts';

// What an application keeps of a person who asks to be erased: the name of who answers for the organisation.
const eraseApplicant = (db: Db, erasure: Erasure): Promise<void> =>
  blankApplicant(db, erasure.recordId, erasedWords(erasure));

/** Lets persons be erased from their applications too. */
export function prepareSignUps(db: Db): void {
  registerEraser(db, personErasing, eraseApplicant);
}

const ownerOf = (producerId: string): Role => ({ kind: 'producer', producerId });

const appliedFor = async (db: Db, sent: NewSignUp, userId: string, now: Date): Promise<Producer> => {
  const { id, kind, legalName, address, hotline, representative } = sent;
  const given = {
    kind,
    legalName,
    address,
    hotline,
    registrationNumber: readRegistrationNumber(kind, sent.registrationNumber),
    formerAddress: '',
    gln: '',
    story: '',
    shops: [],
  };
  return {
    id,
    ...settleFacts(await withKnownCommune(db, given)),
    consents: [],
    sample: false,
    claim: 'claimed',
    importKey: undefined,
    source: '',
    claimId: undefined,
    approvals: [],
    askedAgainAt: undefined,
    signUp: { userId, representative, termsVersion, consentVersion, at: now },
    version: 1,
    createdAt: now,
  };
};

/** The stored application, when it is this one sent again by the same person; 'id-with-other-content' otherwise, which tells nothing. */
const requireSentAgain = async (db: Db, stored: Producer, made: Producer, login: string): Promise<SignUp> => {
  const { signUp } = stored;
  const holder = signUp === undefined ? undefined : await personOf(db, signUp.userId);
  const isSame =
    signUp?.representative === made.signUp?.representative &&
    isSameProducer(stored, made) &&
    (holder === undefined || holder.login === login);
  if (signUp === undefined || !isSame) throw new AppError('id-with-other-content');
  return signUp;
};

/**
 * Registers an organisation and the person who answers for it: both wait for an officer. A login that has an account already keeps it, and its
 * holder is asked after signing in whether the application is theirs; who sends it can't tell the two apart. The producer is stored first and
 * names the person, so that a crash in between is mended by sending again. Throws 'too-many-requests', 'fields-wrong', 'id-with-other-content'.
 */
export async function signUp(db: Db, sessionKey: Buffer, sent: NewSignUp, address: string, now: Date): Promise<void> {
  await takeSignUpTurn(db, sessionKey, address, now);
  const { login, password, representative: name } = sent;
  requireGoodPassword(password, { login, name: `${name} ${sent.legalName}` });
  const made = await appliedFor(db, sent, (await userIdByLogin(db, login)) ?? uuidv7(), now);
  const { producer, inserted } = await insertProducer(db, made);
  const { userId: id } = inserted ? (made.signUp as SignUp) : await requireSentAgain(db, producer, made, login);
  const person = await registerPerson(db, { id, name, login, password, roles: [ownerOf(producer.id)] }, now);
  // Somebody else took the login in between: the application is offered to them.
  if (person.userId !== id) await setApplicant(db, producer.id, id, person.userId);
}

/** Applications that were sent with this person's login and wait for them to say whether they are theirs. */
export async function signUpsToTake(db: Db, actor: Actor): Promise<Producer[]> {
  const own = new Set(producerIdsOf(actor));
  return (await findSignUpsOf(db, actor.userId)).filter(({ id }) => !own.has(id));
}

/** Says whether an application is one's own: yes makes the person its owner, no leaves it to the officer. Throws 'producer-not-found', 'sign-up-taken'. */
export async function answerSignUp(
  db: Db,
  actor: Actor,
  producerId: string,
  isMine: boolean,
  now: Date,
): Promise<Producer> {
  const producer = await findProducer(db, producerId);
  if (producer?.signUp?.userId !== actor.userId || producer.signUp.declinedAt !== undefined)
    throw new AppError('producer-not-found');
  if (isMine) await grantRole(db, actor.userId, actor.userId, ownerOf(producerId), now);
  else if (isMember(actor, producerId)) throw new AppError('sign-up-taken');
  else {
    await markDeclined(db, producerId, actor.userId, now);
    await noteAudit(db, { actorId: actor.userId, what: 'sign-up-declined', recordId: producerId, at: now });
  }
  return requireProducer(db, producerId);
}

const noApplication: Application = {
  signUp: undefined,
  person: undefined,
  isTaken: false,
  twins: [],
  twinsElsewhere: 0,
};

/** For the officers in whose scope the producer is; who does not decide is told of none. Throws 'producer-not-found', 'not-allowed'. */
export async function applicationOf(db: Db, actor: Actor, producerId: string): Promise<Application> {
  const producer = await producerFor(db, actor, producerId);
  requireMay(actor, 'work-in-office', scopeOf(producer), 'producer-not-found');
  if (!may(actor, 'approve-producer', scopeOf(producer))) return noApplication;
  const { signUp } = producer;
  const person = signUp === undefined ? undefined : await personOf(db, signUp.userId);
  const all = await findTwins(db, producer);
  const twins = all.filter((twin) => maySeeProducer(actor, twin));
  return {
    signUp,
    person,
    isTaken: person !== undefined && isMember({ userId: '', ...person }, producerId),
    twins,
    twinsElsewhere: all.length - twins.length,
  };
}

const factsOf = (producer: Producer) => {
  const { legalName, kind, registrationNumber, hotline, formerAddress, gln, story, shops } = producer;
  const { communeCode, communeName, provinceCode, street } = producer.address;
  const address = { communeCode, communeName, provinceCode, street };
  return {
    legalName,
    registrationNumber,
    hotline,
    formerAddress,
    gln,
    story,
    shops,
    address,
    kind,
  };
};

/**
 * An unclaimed record of the register is that of the applicant: it is completed with what the application says, the applicant becomes its owner,
 * and the application is refused, with the reason. What the applicant has recorded under the application stays readable there. Each step is
 * safe to run again. Throws 'producer-not-found', 'not-allowed', 'sign-up-not-taken', 'already-claimed'.
 */
export async function giveRecord(
  db: Db,
  actor: Actor,
  applicationId: string,
  { id, recordId, reason }: GivenRecord,
  now: Date,
): Promise<Producer> {
  const application = await requireProducer(db, applicationId);
  const { signUp, isTaken } = await applicationOf(db, actor, applicationId);
  if (signUp === undefined || !isTaken || application.kind === 'other') throw new AppError('sign-up-not-taken');
  const claim = { id: application.id, ...factsOf(application), kind: application.kind, consents: [] };
  const record = await claimProducer(db, actor, recordId, claim, now);
  await grantRole(db, actor.userId, signUp.userId, ownerOf(record.id), now);
  if (approvalState(application) !== 'refused')
    await decideApproval(db, actor, application.id, { id, outcome: 'refused', reason }, now);
  return record;
}
