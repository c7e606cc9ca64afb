// What a producer's records mean: may it print, what may the public see, whose scope is it in. Pure.
import { isDeepStrictEqual } from 'node:util';
import type { Actor, Scope } from '../actor.ts';
import { readGln } from '../codes/gtin.ts';
import { consentTextVersion, mayShow } from '../consents.ts';
import { householdItems, producerItems } from '../consents.types.ts';
import type { Consent, ProducerItem } from '../consents.types.ts';
import { AppError, fieldError } from '../errors.ts';
import type { GivenFacts, NewApproval } from './producers.input.ts';
import { readShops } from './producers.shops.rules.ts';
import type { Approval, ApprovalState, Producer } from './producers.types.ts';
import { fold } from '../fold.ts';
import { provinceFullName } from '../units/provinces.types.ts';
import type { Unit } from '../units/units.types.ts';
import { may } from '../powers.ts';

/** The latest decision stands, until the producer's own people mend what was refused: then it waits again. */
export function approvalState(producer: Producer): ApprovalState {
  return producer.askedAgainAt === undefined ? (producer.approvals.at(-1)?.outcome ?? 'pending') : 'pending';
}

export function scopeOf(producer: Producer): Scope {
  const { provinceCode, communeCode } = producer.address;
  return { producerId: producer.id, provinceCode, communeCode };
}

/** Whether it is in this person's scope. */
export function maySeeProducer(actor: Actor, producer: Producer): boolean {
  return may(actor, 'see-records', scopeOf(producer));
}

/** What this producer is asked: a household about everything that is a person's, an organisation only about who speaks for it. */
export function askedItems({ kind }: Pick<Producer, 'kind'>): ProducerItem[] {
  const isAsked = (item: ProducerItem): boolean =>
    kind === 'household' || !(householdItems as readonly string[]).includes(item);
  return producerItems.filter(isAsked);
}

/** Whether what the item names may be shown: agreed to, or of an organisation, whose name and telephone are facts of a business. */
export function mayShowOf(producer: Pick<Producer, 'kind' | 'consents'>, item: ProducerItem): boolean {
  return !askedItems(producer).includes(item) || mayShow(producer.consents, item);
}

/** The name that anybody may read, or '' where a household did not agree. */
export function publicProducerName(producer: Producer): string {
  return mayShowOf(producer, 'public-name') ? producer.legalName : '';
}

/** The telephone number that anybody may read, or ''. */
export function publicProducerPhone(producer: Producer): string {
  return mayShowOf(producer, 'public-phone') ? producer.hotline : '';
}

/**
 * The producer as anybody may read it: what was not agreed to is '' or empty, so that no page, feed or answer made of it can tell. Without its
 * name a household is not told by its house, its numbers, its own words or its shops either.
 */
export function publicProducer(producer: Producer): Producer {
  const isNamed = mayShowOf(producer, 'public-name');
  // Who sent the application is on no public page.
  const { signUp: _applicant, ...facts } = producer;
  const hidden = { registrationNumber: '', formerAddress: '', gln: '', story: '', shops: [] };
  return {
    ...facts,
    legalName: publicProducerName(producer),
    hotline: publicProducerPhone(producer),
    ...(isNamed ? {} : { ...hidden, address: { ...producer.address, street: '' } }),
  };
}

/** What was ticked when a producer is written down, as consents that the writer has on paper. */
export function consentsAtStart(
  items: readonly ProducerItem[],
  { newId, byUserId, now }: { newId: () => string; byUserId: string; now: Date },
): Consent[] {
  return producerItems
    .filter((item) => items.includes(item))
    .map((item) => ({ id: newId(), item, given: true, textVersion: consentTextVersion, byUserId, at: now }));
}

/** Officers register in their own province or commune only: 'not-allowed'. */
export function requireRegistrar(actor: Actor, { provinceCode, communeCode }: GivenFacts['address']): void {
  const scope = { producerId: '', provinceCode, communeCode };
  if (!may(actor, 'register-producer', scope)) throw new AppError('not-allowed');
}

/** 13 digits or ''. Throws 'fields-wrong' at `gln` (GS1 General Specifications 7.9). */
export function readProducerGln(typed: string): string {
  if (typed === '') return '';
  const read = readGln(typed);
  if (read.ok) return read.gln;
  if (read.reason === 'check') throw fieldError('gln', 'check-digit', { position: read.position });
  throw fieldError('gln', 'gln');
}

/**
 * The address with its commune as the register of units has it; `unit` is what its code names there, or undefined. Throws 'fields-wrong' for a
 * commune of another province and for a name that belongs to another code.
 */
export function settleCommune(address: GivenFacts['address'], unit: Unit | undefined): GivenFacts['address'] {
  if (unit === undefined) return address;
  const { code, fullName: name } = unit;
  if (unit.parentCode !== address.provinceCode)
    throw fieldError('address.communeCode', 'commune-elsewhere', { code, name });
  if (![unit.fullName, unit.name].some((own) => fold(own) === fold(address.communeName)))
    throw fieldError('address.communeName', 'commune-differs', { code, name });
  return { ...address, communeName: name };
}

/** What was given, as it is kept: GLN and shops checked and in one spelling, the province with its name. Throws 'fields-wrong'. */
export function settleFacts({ gln, shops, address, ...given }: GivenFacts) {
  return {
    ...given,
    address: { ...address, provinceName: provinceFullName(address.provinceCode) },
    gln: readProducerGln(gln),
    shops: readShops(shops),
  };
}

const factsOf = ({
  approvals: _a,
  consents: _o,
  version: _v,
  createdAt: _c,
  askedAgainAt: _t,
  signUp: _s,
  ...facts
}: Producer) => facts;

/** Whether a stored producer was registered with exactly this content. */
export function isSameProducer(stored: Producer, made: Producer): boolean {
  return isDeepStrictEqual(factsOf(stored), factsOf(made));
}

/** The stored decision under this id when it says the same; 'id-with-other-content' otherwise; undefined when there is none. */
export function earlierApproval(producer: Producer, sent: NewApproval): Approval | undefined {
  const stored = producer.approvals.find(({ id }) => id === sent.id);
  if (stored === undefined || (stored.outcome === sent.outcome && stored.reason === sent.reason)) return stored;
  throw new AppError('id-with-other-content', { existing: stored, sent });
}

/** A decision that changes nothing was taken by somebody else already: 'already-decided' with theirs. */
export function requireChange(producer: Producer, sent: NewApproval): void {
  const standing = producer.approvals.at(-1);
  if (standing !== undefined && approvalState(producer) === sent.outcome)
    throw new AppError('already-decided', { outcome: standing.outcome, reason: standing.reason });
}

/** What an approval needs and the record lacks, under the names of the inputs. */
export function missingForApproval({ registrationNumber, address }: Producer): string[] {
  const isMissing = {
    'address.communeCode': address.communeCode === '',
    registrationNumber: registrationNumber === '',
  };
  return Object.entries(isMissing).flatMap(([name, missing]) => (missing ? [name] : []));
}

/**
 * Nobody answers for an unclaimed producer, so nothing is decided on it: 'producer-unclaimed'. Approved is only who can be named and found:
 * 'producer-incomplete' with `missing`. Decided is on what the officer saw: 'changed-meanwhile' with `existing` and `sent`.
 */
export function requireDecidable(producer: Producer, sent: NewApproval): void {
  if (producer.claim === 'unclaimed') throw new AppError('producer-unclaimed');
  const missing = missingForApproval(producer);
  if (sent.outcome === 'approved' && missing.length > 0) throw new AppError('producer-incomplete', { missing });
  requireChange(producer, sent);
  if (sent.version !== undefined && sent.version !== producer.version)
    throw new AppError('changed-meanwhile', { existing: producer, sent });
}
