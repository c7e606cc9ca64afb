// What the public may read of a product: who makes it, what its stars are worth today, its papers and its siblings'. Also the start of a scan page.
import { certificatesOfProducts, starVerdictOf } from '../certificates/certificates.service.ts';
import { shownDocumentsOf } from '../certificates/certificates.papers.service.ts';
import type { Certificate, CertificateDecision } from '../certificates/certificates.types.ts';
import { dayOf } from '../days.ts';
import type { Day } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { approvalOf, mayShowOf, publicProducer, requireProducer } from '../producers/producers.service.ts';
import { productByPublicKey, productsOfProducer, slugOf } from '../products/products.service.ts';
import type { Product } from '../products/products.types.ts';
import type { CertificateFacts, ProductFacts, SiblingFacts } from './trace.types.ts';

type Papers = { certificates: Certificate[]; decisions: CertificateDecision[] };

const papersOf = ({ certificates, decisions }: Papers, productId: string): Papers => {
  const own = certificates.filter((certificate) => certificate.productId === productId);
  const ids = new Set(own.map(({ id }) => id));
  return { certificates: own, decisions: decisions.filter(({ certificateId }) => ids.has(certificateId)) };
};

const certificateFacts = async (
  db: Db,
  { certificates, decisions }: Papers,
  today: Day,
): Promise<CertificateFacts[]> => {
  const documents = await shownDocumentsOf(db, certificates);
  return certificates.map((certificate) => {
    const own = decisions.filter(({ certificateId }) => certificateId === certificate.id);
    const document = documents.get(certificate.id);
    return { certificate, decisions: own, own: starVerdictOf([certificate], own, today), document };
  });
};

const siblingFacts = (siblings: readonly Product[], papers: Papers, today: Day): SiblingFacts[] =>
  siblings.map(({ id, name }) => {
    const { certificates, decisions } = papersOf(papers, id);
    return { name, verdict: starVerdictOf(certificates, decisions, today) };
  });

/** The public facts of a product at a moment; the second says what its stars were worth on any day. */
export async function productFactsOf(
  db: Db,
  product: Product,
  now: Date,
): Promise<{ facts: ProductFacts; verdictOn: (day: Day) => ProductFacts['verdict'] }> {
  const [stored, range] = await Promise.all([
    requireProducer(db, product.producerId),
    productsOfProducer(db, product.producerId),
  ]);
  // Nothing further on can tell what the people behind it did not agree to.
  const producer = publicProducer(stored);
  const siblings = range.filter(({ id }) => id !== product.id);
  const papers = await certificatesOfProducts(db, [product.id, ...siblings.map(({ id }) => id)]);
  const own = papersOf(papers, product.id);
  const today = dayOf(now);
  const verdictOn = (day: Day) => starVerdictOf(own.certificates, own.decisions, day);
  const facts = {
    sample: producer.sample,
    at: now,
    product,
    productSlug: slugOf(product),
    producer,
    publicName: producer.legalName,
    publicPhone: producer.hotline,
    hidesPhotos: !mayShowOf(stored, 'public-photos'),
    hidesPlaces: !mayShowOf(stored, 'public-place'),
    verdict: verdictOn(today),
    certificates: await certificateFacts(db, own, today),
    siblings: siblingFacts(siblings, papers, today),
  };
  return { facts, verdictOn };
}

/**
 * What is known of the product that an address ends in: its key, behind a name that may be an old one. Undefined when there is none, or nobody
 * has approved its producer: a made-up firm must not get a page here. Owners that a public list names have one before they come by themselves.
 */
export async function findProductPage(db: Db, slug: string, now: Date): Promise<ProductFacts | undefined> {
  const publicKey = slug.slice(slug.lastIndexOf('-') + 1).toLowerCase();
  const product = await productByPublicKey(db, publicKey);
  if (product === undefined) return undefined;
  return publicFactsOf(db, product, now);
}

/** The public facts of a product, or undefined while nobody has approved its producer. */
export async function publicFactsOf(db: Db, product: Product, now: Date): Promise<ProductFacts | undefined> {
  const { facts } = await productFactsOf(db, product, now);
  const isKnown = facts.producer.claim === 'unclaimed' || approvalOf(facts.producer) === 'approved';
  return isKnown ? facts : undefined;
}
