// Who may change what of a producer, and what the history says of it. Pure.
import type { Actor } from '../actor.ts';
import { AppError, fieldError } from '../errors.ts';
import type { FieldErrors } from '../errors.ts';
import type { ApprovalState, Producer } from './producers.types.ts';
import { approvalState, scopeOf } from './producers.rules.ts';
import { may } from '../powers.ts';

/** What can be changed of a producer, under the names that the history uses. */
export type ChangeableFacts = ReturnType<typeof changeableFacts>;
export type FactName = keyof ChangeableFacts;

export function changeableFacts({ address, ...producer }: Pick<Producer, GivenName>) {
  return {
    legalName: producer.legalName,
    kind: producer.kind,
    registrationNumber: producer.registrationNumber,
    provinceCode: address.provinceCode,
    communeCode: address.communeCode,
    communeName: address.communeName,
    street: address.street,
    formerAddress: producer.formerAddress,
    hotline: producer.hotline,
    gln: producer.gln,
    story: producer.story,
    shops: producer.shops.map(({ url }) => url),
  };
}

type GivenName =
  'legalName' | 'kind' | 'registrationNumber' | 'address' | 'formerAddress' | 'hotline' | 'gln' | 'story' | 'shops';

type Hand = 'owner' | 'officer';

// What the approval was given to stays as it was approved, unless the officer who answers for the approval changes it; the approval then stands.
const whatWasApproved: Record<ApprovalState, readonly Hand[]> = {
  pending: ['owner', 'officer'],
  refused: ['owner', 'officer'],
  approved: ['officer'],
};
const always: Record<ApprovalState, readonly Hand[]> = {
  pending: ['owner', 'officer'],
  refused: ['owner', 'officer'],
  approved: ['owner', 'officer'],
};

/** Who may change a fact in which state of the approval: the producer's own people, the officers of its province. */
export const changeTable: Record<FactName, Record<ApprovalState, readonly Hand[]>> = {
  legalName: whatWasApproved,
  kind: whatWasApproved,
  registrationNumber: whatWasApproved,
  provinceCode: whatWasApproved,
  communeCode: whatWasApproved,
  communeName: whatWasApproved,
  street: always,
  formerAddress: always,
  hotline: always,
  gln: always,
  story: always,
  shops: always,
};

export const factNames = Object.keys(changeTable) as FactName[];

const inAddress: ReadonlySet<string> = new Set(['provinceCode', 'communeCode', 'communeName', 'street']);

/** The name of a fact in inputs and forms: `address.street`. */
export function fieldOf(name: string): string {
  return inAddress.has(name) ? `address.${name}` : name;
}

const handsOf = (actor: Actor, producer: Producer): Hand[] => [
  ...(may(actor, 'change-producer', scopeOf(producer)) ? ['owner' as const] : []),
  ...(may(actor, 'register-producer', scopeOf(producer)) ? ['officer' as const] : []),
];

/** The facts that this person may not change as things stand. */
export function lockedFacts(actor: Actor, producer: Producer): FactName[] {
  const state = approvalState(producer);
  const hands = handsOf(actor, producer);
  return factNames.filter((name) => !hands.some((hand) => changeTable[name][state].includes(hand)));
}

/** Throws 'producer-unclaimed' for a producer that is to be completed first. */
export function requireClaimed(producer: Producer): void {
  if (producer.claim === 'unclaimed') throw new AppError('producer-unclaimed');
}

/** Throws 'fields-wrong' at each fact that differs and that this person may not change; an officer hands over to own provinces only. */
export function requireMayChange(
  actor: Actor,
  producer: Producer,
  after: ChangeableFacts,
  names: readonly string[],
): void {
  const locked = lockedFacts(actor, producer).filter((name) => names.includes(name));
  const fields: FieldErrors = Object.fromEntries(locked.map((name) => [fieldOf(name), { code: 'office-only' }]));
  if (locked.length > 0) throw new AppError('fields-wrong', {}, { fields });
  const isMoved = names.includes('provinceCode');
  const { provinceCode, communeCode } = after;
  const there = { producerId: producer.id, provinceCode, communeCode };
  if (isMoved && !may(actor, 'change-producer', there) && !may(actor, 'register-producer', there))
    throw fieldError('address.provinceCode', 'choice');
}

/** Whether this change asks for the decision again: own people mend what was refused. */
export function asksAgain(actor: Actor, producer: Producer): boolean {
  return may(actor, 'change-producer', scopeOf(producer)) && producer.approvals.at(-1)?.outcome === 'refused';
}

// The log keeps no personal data: a telephone number is a person's, and of a household the name, its number and where it lives.
const personal: readonly FactName[] = ['legalName', 'registrationNumber', 'street', 'formerAddress'];

/** The facts of which the history says only that they changed. */
export function hiddenFacts(before: Producer, after: { kind: Producer['kind'] }): FactName[] {
  return ['hotline', ...([before.kind, after.kind].includes('household') ? personal : [])];
}
