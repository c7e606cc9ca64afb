// Who may end a recall, and when two records say the same. Pure.
import type { Actor, Scope } from '../actor.ts';
import { AppError } from '../errors.ts';
import type { Recall, RecallClosing, RecallLevel } from './recalls.types.ts';
import { may } from '../powers.ts';

/** In whose name the person orders a recall. */
export function levelOf(actor: Actor, scope: Scope): RecallLevel {
  return may(actor, 'recall-as-authority', scope) ? 'province' : 'producer';
}

/** A producer can't end what the province ordered: 'not-allowed'. */
export function requireMayClose(actor: Actor, recall: Recall): void {
  if (recall.level === 'province' && levelOf(actor, recall) !== 'province') throw new AppError('not-allowed');
}

export function isSameRecall(stored: Recall, sent: Recall): boolean {
  const said = (recall: Recall) =>
    JSON.stringify([
      recall.batchId,
      recall.reason,
      recall.recallClass,
      recall.issuerName,
      recall.orderNumber,
      recall.instructions,
      recall.phone,
    ]);
  return said(stored) === said(sent);
}

export function isSameClosing(stored: RecallClosing, sent: RecallClosing): boolean {
  return stored.id === sent.id && stored.recallId === sent.recallId && stored.outcome === sent.outcome;
}
