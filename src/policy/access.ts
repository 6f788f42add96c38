import { isOpaque } from './callers.ts';
import { patternMatches } from './overlap.ts';
import { type Policy, policyOf } from './policy.ts';
import type { Principal, Statement } from './statement.ts';

/** Does the statement's Action (or NotAction) take in this action? */
export function actionMatches(statement: Statement, action: string): boolean {
  const { negated, values } = statement.action;
  return values.some((pattern) => patternMatches(pattern, action, { ignoreCase: true })) !== negated;
}

/** Everyone whom a trust policy names, as far as it can be understood, each once, unique ids included; empty when it is no trust policy. */
export function principalsOf(trust: Policy): readonly Principal[] {
  const all = (trust.statements ?? []).flatMap(({ principals, doubt }) => (doubt?.unread.has('principals') ? [] : (principals ?? [])));
  return [...new Map(all.map((principal) => [`${principal.kind} ${principal.id}`, principal])).values()];
}

/**
 * A trust policy without the principals that show as unique ids (deleted, or created just now), and these ids. Statements that name nobody
 * else are gone. `policy` is `null` when no statement is left, and the trust itself when there are no such ids or it is no trust policy.
 */
export function withoutUniqueIds(trust: Policy): { readonly policy: Policy | null; readonly ids: readonly string[] } {
  const ids = principalsOf(trust).filter(isOpaque);
  if (ids.length === 0) return { policy: trust, ids: [] };
  const left = (trust.statements ?? [])
    .map((statement) => ({ ...statement, principals: (statement.principals ?? []).filter((principal) => !isOpaque(principal)) }))
    .filter(({ principals }) => principals.length > 0);
  return { policy: left.length === 0 ? null : policyOf(left, 'trust', trust), ids: ids.map(({ id }) => id) };
}
