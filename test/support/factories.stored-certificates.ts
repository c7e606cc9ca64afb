// Certificates in the store: a product with its people, and a certificate entered through the API.
import type { Actor } from '../../src/actor.ts';
import type { Producer } from '../../src/producers/producers.types.ts';
import type { Product } from '../../src/products/products.types.ts';
import type { ApiAnswer, TestApp } from './app.ts';
import { aNaProduct } from './factories.batches.ts';
import { newCertificateJson, newDecisionJson } from './factories.certificates.ts';
import { aProducer } from './factories.producers.ts';
import type { ProducerOptions } from './factories.producers.ts';

type Json = Record<string, unknown>;

/** An approved producer of Thái Nguyên with a product, one of its people and an officer of its province. */
export type ProductOwner = { producer: Producer; product: Product; owner: Actor; officer: Actor };

export async function aProductOwner(app: TestApp, options: ProducerOptions = {}): Promise<ProductOwner> {
  const made = await aProducer(app, options);
  return { ...made, product: await aNaProduct(app, made.owner, made.producer.id) };
}

/** A certificate of a product, entered by the given person; throws when it is refused. */
export async function anEnteredCertificate(
  app: TestApp,
  actor: Actor,
  productId: string,
  parts: Json = {},
): Promise<Json & { id: string }> {
  const answer = await app.as(actor).post(`/api/v1/products/${productId}/certificates`, newCertificateJson(parts));
  if (answer.status !== 201) throw new Error(`the certificate was refused: ${JSON.stringify(answer.body)}`);
  return answer.body as Json & { id: string };
}

/** Sends a decision (a verification unless said otherwise) as the given person. */
export function sendDecision(
  app: TestApp,
  actor: Actor | undefined,
  certificateId: string,
  parts: Json = {},
): Promise<ApiAnswer> {
  return app.as(actor).post(`/api/v1/certificates/${certificateId}/decisions`, newDecisionJson(parts));
}
