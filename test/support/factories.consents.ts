// Consents as the people behind a producer give them, through the API.
import { consentTextVersion } from '../../src/consents.ts';
import type { Actor } from '../../src/actor.ts';
import type { ApiAnswer, TestApp } from './app.ts';
import { uuidv7 } from './factories.ts';

/** What the API is sent to agree to an item in today's wording. */
export function consentJson(item: string, parts: Record<string, unknown> = {}): Record<string, unknown> {
  return { id: uuidv7(), item, given: true, textVersion: consentTextVersion, ...parts };
}

/** Agrees to an item, or takes it back; throws when that is refused. */
export async function aConsent(
  app: TestApp,
  actor: Actor,
  producerId: string,
  item: string,
  given = true,
): Promise<ApiAnswer> {
  const answer = await app.as(actor).post(`/api/v1/producers/${producerId}/consents`, consentJson(item, { given }));
  if (answer.status !== 201) throw new Error(`the consent was refused: ${JSON.stringify(answer.body)}`);
  return answer;
}
