// What a person may ask about oneself: everything that is held about them, and to be erased.
import { erasePerson, requireErasable } from '../accounts/erasing.service.ts';
import { ownSessions, userById } from '../accounts/own.service.ts';
import type { Actor } from '../actor.ts';
import { noteAudit } from '../audit/audit.ts';
import type { Db } from '../db/connect.ts';
import { takeTurns } from '../db/limits.ts';
import { AppError } from '../errors.ts';
import type { Erasure } from '../files/files.types.ts';
import { producerIdsInSight, producersOf } from '../producers/producers.service.ts';
import { eraseContentsOf, stepsOfPerson } from '../steps/steps.person.service.ts';
import type { NewPersonErasure } from './personal.input.ts';
import { placesOfPeople, recordsNaming } from './personal.model.ts';

const exportsAnHour = 6;

/** Takes a turn: an export reads much. Throws 'too-many-requests' (facts.seconds). */
export async function takeExportTurn(db: Db, actor: Actor, now: Date): Promise<void> {
  const limit = { key: `export/${actor.userId}`, most: exportsAnHour, windowSeconds: 3600 };
  const seconds = await takeTurns(db, [limit], now);
  if (seconds > 0) throw new AppError('too-many-requests', { seconds });
}

async function* listPieces(name: string, items: AsyncIterable<unknown>): AsyncGenerator<string> {
  yield `,\n${JSON.stringify(name)}:[`;
  let isFirst = true;
  for await (const item of items) {
    yield `${isFirst ? '\n' : ',\n'}${JSON.stringify(item)}`;
    isFirst = false;
  }
  yield ']';
}

/**
 * Everything that is held about the signed-in person, as one JSON document in pieces: account, sessions, own organisations with what they agreed
 * to, steps with their notes, and every other record that names the person. Hashes of passwords and tokens are not in it.
 */
export async function* personalData(db: Db, actor: Actor, now: Date): AsyncGenerator<string> {
  const { userId } = actor;
  const user = await userById(db, userId);
  const { id, name, login, roles, createdAt } = user;
  const account = { id, name, login, roles, createdAt, hasPassword: user.passwordHash !== undefined };
  yield `{"madeAt":${JSON.stringify(now)},\n"account":${JSON.stringify(account)}`;
  yield `,\n"sessions":${JSON.stringify(await ownSessions(db, userId, now))}`;
  yield `,\n"producers":${JSON.stringify(await producersOf(db, actor))}`;
  const producerIds = await producerIdsInSight(db, actor);
  yield* listPieces('steps', stepsOfPerson(db, { userId, producerIds }));
  for (const place of placesOfPeople) yield* listPieces(place.collection, recordsNaming(db, place, userId));
  yield '\n}\n';
}

/**
 * Erases a person: oneself, or anybody for administrators. The notes and photos of what they recorded first, if asked, and the person last, so
 * that a crash in between leaves somebody who can ask again. Throws 'not-allowed', 'user-not-found', 'last-admin'.
 */
export async function erasePersonalData(
  db: Db,
  actor: Actor,
  userId: string,
  { id, withContents }: NewPersonErasure,
  now: Date,
): Promise<Erasure> {
  await requireErasable(db, actor, userId, now);
  const { name, roles } = await userById(db, userId);
  const why = { reason: 'asked-by-person', byUserId: actor.userId } as const;
  if (withContents) {
    const producerIds = await producerIdsInSight(db, { userId, name, roles });
    await eraseContentsOf(db, { userId, producerIds }, why, now);
  }
  const erasure = await erasePerson(db, { id, userId, ...why }, now);
  const note = { actorId: actor.userId, what: 'person-erased', recordId: userId, at: now };
  await noteAudit(db, { id: `${erasure.id}:noted`, ...note });
  return erasure;
}
