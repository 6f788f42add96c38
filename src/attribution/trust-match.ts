import type { Difference } from '../drift/difference.ts';
import { type Comparer, type Policy, policyOf, principalsOf, withoutUniqueIds } from '../policy/index.ts';
import type { EventDocuments } from './documents.ts';
import { deletionTraces } from './orphan-traces.ts';
import { trustTrace } from './role-traces.ts';
import type { Trace } from './trace.ts';

/**
 * Whether the trust that an event wrote is the live one. Of a principal that was deleted since the event has the ARN, and the live trust the unique id: then
 * they say the same but for as many principals as there are such ids.
 */
export function isLiveTrust(trust: Policy, live: Policy, comparer: Comparer): boolean {
  if (comparer.isSame(trust, live)) return true;
  const { policy: rest, ids } = withoutUniqueIds(live);
  if (ids.length === 0) return false;
  const shown = new Set(principalsOf(live).map(({ id }) => id));
  if (principalsOf(trust).filter(({ id }) => !shown.has(id)).length !== ids.length) return false;
  const left = (trust.statements ?? [])
    .map((statement) => ({ ...statement, principals: (statement.principals ?? []).filter(({ id }) => shown.has(id)) }))
    .filter(({ principals }) => principals.length > 0);
  if (left.length === 0 || rest === null) return left.length === 0 && rest === null;
  return comparer.isSame(policyOf(left, 'trust', trust), rest);
}

/**
 * A principal that the file does not name was brought in by a trust policy. One that it does name was trusted as agreed, until somebody deleted it: then the trust
 * counts only if it was written with the id.
 */
export function orphanTraces(
  difference: Difference<'orphans'>,
  hubAccount: string,
  documents: EventDocuments,
  comparer: Comparer,
): Trace[] {
  const { of, live, desired } = difference;
  const shown = new Set(principalsOf(live).map(({ id }) => id));
  const gone = principalsOf(desired).filter(({ kind, id }) => kind === 'AWS' && !shown.has(id));
  if (gone.length === 0) return [trustTrace(of, documents, (trust) => isLiveTrust(trust, live, comparer))];
  const written = trustTrace(of, documents, (trust) => comparer.isSame(trust, live));
  const effects: Trace['effects'] = (events) => written.effects(events).map((effect) => (effect === 'as-live' ? effect : undefined));
  return [{ ...written, effects }, ...deletionTraces(difference, gone, hubAccount)];
}
