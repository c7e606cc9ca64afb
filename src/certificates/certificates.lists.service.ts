// Lists of certificates: a producer's own, and those of an officer's provinces; searched by number or product, filtered by what they are today.
import { userNames } from '../accounts/accounts.service.ts';
import type { Actor } from '../actor.ts';
import { dayOf, daysBetween } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { typedWords, searchWords } from '../fold.ts';
import { producerFor } from '../producers/producers.service.ts';
import { pageProductsInSight, productsOfProducer } from '../products/products.service.ts';
import { numberKey } from './certificates.checks.ts';
import type { CertificateSearch } from './certificates.input.ts';
import { findListed } from './certificates.lists.model.ts';
import type { ListScope, ListSearch } from './certificates.lists.model.ts';
import { officeScopeOf, asItems } from './certificates.office.service.ts';
import type { CertificateRow, CertificateRowPage, OfficeItem } from './certificates.office.types.ts';
import { documentsOf } from './certificates.papers.service.ts';
import { renewalWindowOf } from './certificates.rules.ts';
import { certificateFor } from './certificates.service.ts';
import { paperStateOn, runsTo } from './certificates.states.rules.ts';
import type { CurrentDocument } from './certificates.types.ts';

const readAtOnce = 100;
/** A filter by state looks at no more than so many for one page; the next page goes on from there. */
const mostLookedAt = 2000;
const mostProductPages = 5;

const rowOf = (item: OfficeItem, document: CurrentDocument | undefined, now: Date): CertificateRow => {
  const { certificate, decisions, standing } = item;
  const today = dayOf(now);
  const lastDay = runsTo(certificate);
  const state = paperStateOn(certificate, decisions, today);
  const isRenewed = certificate.type === 'ocop' && standing === 'verified' && state === 'valid';
  return {
    ...item,
    state,
    lastDay,
    daysLeft: lastDay === undefined ? undefined : daysBetween(today, lastDay),
    renewal: isRenewed && lastDay !== undefined ? renewalWindowOf(lastDay) : undefined,
    document,
  };
};

const isWanted = (row: CertificateRow, { state, expiringBefore }: CertificateSearch): boolean =>
  (state === undefined || row.state === state) &&
  (expiringBefore === undefined || (row.lastDay !== undefined && row.lastDay < expiringBefore));

const rowsOf = async (
  db: Db,
  scope: ListScope,
  searched: ListSearch,
  list: CertificateSearch,
  now: Date,
): Promise<CertificateRowPage> => {
  const items: CertificateRow[] = [];
  let { after } = list;
  for (let lookedAt = 0; lookedAt < mostLookedAt; lookedAt += readAtOnce) {
    const read = await findListed(db, scope, searched, { after, count: readAtOnce + 1 });
    const batch = read.slice(0, readAtOnce);
    const [all, documents] = await Promise.all([asItems(db, batch, now), documentsOf(db, batch)]);
    for (const item of all) {
      const row = rowOf(item, documents.get(item.certificate.id), now);
      if (!isWanted(row, list)) continue;
      if (items.length === list.limit) return { items, next: items.at(-1)?.certificate.id ?? null };
      items.push(row);
    }
    if (read.length <= readAtOnce) return { items, next: null };
    after = batch.at(-1)?.id;
  }
  return { items, next: after ?? null };
};

const searchOf = (list: CertificateSearch, productIds: readonly string[]): ListSearch => ({
  type: list.type,
  productId: list.product,
  found: isSearched(list) ? { numberKey: numberKey(list.q ?? ''), productIds } : undefined,
});

const isSearched = ({ q }: CertificateSearch): boolean => (q ?? '') !== '';

/** Certificates of all products of a producer, newest first, for those who may see the producer. */
export async function listProducerCertificates(
  db: Db,
  actor: Actor,
  producerId: string,
  list: CertificateSearch,
  now: Date,
): Promise<CertificateRowPage> {
  await producerFor(db, actor, producerId);
  const products = isSearched(list) ? await productsOfProducer(db, producerId) : [];
  const words = typedWords(list.q ?? '');
  const found = products.filter(({ name }) => {
    const own = searchWords(name);
    return words.length > 0 && words.every((word) => own.some((one) => one.startsWith(word)));
  });
  const ids = found.map(({ id }) => id);
  return rowsOf(db, { producerId }, searchOf(list, ids), list, now);
}

const productIdsFound = async (db: Db, actor: Actor, q: string): Promise<string[]> => {
  const ids: string[] = [];
  // Signs alone name no product; a number may still begin with them.
  if (typedWords(q).length === 0) return ids;
  let after: string | undefined;
  for (let page = 0; page < mostProductPages; page += 1) {
    const { items, next } = await pageProductsInSight(db, actor, { q, limit: 100, after, sort: 'newest' });
    ids.push(...items.map(({ id }) => id));
    if (next === null) break;
    after = next;
  }
  return ids;
};

/** Certificates of the officer's provinces, newest first. Throws 'not-allowed' for who is no officer. */
export async function listProvinceCertificates(
  db: Db,
  actor: Actor,
  list: CertificateSearch,
  now: Date,
): Promise<CertificateRowPage> {
  const scope = await officeScopeOf(db, actor);
  const ids = isSearched(list) ? await productIdsFound(db, actor, list.q ?? '') : [];
  return rowsOf(db, scope, searchOf(list, ids), list, now);
}

/** One certificate as a list shows it and the names of those who entered it and decided on it, for those who may see it. */
export async function certificateRow(
  db: Db,
  actor: Actor,
  certificateId: string,
  now: Date,
): Promise<CertificateRow & { names: Map<string, string> }> {
  const { certificate, decisions } = await certificateFor(db, actor, certificateId);
  const people = [certificate.byUserId, ...decisions.map((one) => one.byUserId)];
  const [[item], documents, names] = await Promise.all([
    asItems(db, [certificate], now),
    documentsOf(db, [certificate]),
    userNames(db, [...new Set(people)]),
  ]);
  if (item === undefined) throw new AppError('certificate-not-found');
  return { ...rowOf(item, documents.get(certificateId), now), names };
}
