import type { Difference } from '../drift/difference.ts';
import { type Comparer, type Policy, policyOf, principalsOf } from '../policy/index.ts';
import type { EventDocuments } from './documents.ts';
import { deletionTraces } from './orphan-traces.ts';
import { trustTrace } from './role-traces.ts';
import type { Trace } from './trace.ts';

/**
 * Whether the trust that an event wrote is the live one. The event has the ARN of a principal that was deleted since, where the live trust has its unique id:
 * then what was judged is compared, without either.
 */
export function isLiveTrust(trust: Policy, { live, judged }: Pick<Difference<'trust'>, 'live' | 'judged'>, comparer: Comparer): boolean {
  if (comparer.isSame(trust, live)) return true;
  if (judged === live) return false;
  const shown = new Set(principalsOf(live).map(({ id }) => id));
  const left = (trust.statements ?? [])
    .map((statement) => ({ ...statement, principals: (statement.principals ?? []).filter(({ id }) => shown.has(id)) }))
    .filter(({ principals }) => principals.length > 0);
  return left.length > 0 && comparer.isSame(policyOf(left, 'trust', trust), judged);
}

/** A trust that was written with the id, or the deletion of the principal that it stands for. */
export function orphanTraces(
  difference: Difference<'orphans'>,
  hubAccount: string,
  documents: EventDocuments,
  comparer: Comparer,
): Trace[] {
  const { of, live } = difference;
  const written = trustTrace(of, documents, (trust) => comparer.isSame(trust, live));
  // A trust that was written with the principal's ARN is what the deletion came after.
  const effects: Trace['effects'] = (events) => written.effects(events).map((effect) => (effect === 'as-live' ? effect : undefined));
  return [{ ...written, effects }, ...deletionTraces(difference, hubAccount)];
}
