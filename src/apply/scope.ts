import type { PlannedCall } from '../plan/call.ts';
import { isOfTarget } from '../state/entity.ts';
import type { ReadError } from '../state/reading.ts';
import type { State } from '../state/state.ts';
import { accountPart } from '../state/targets.ts';

/**
 * What is read, checked and written as one: the hub (its user and groups), or the targets of one account, which share their managed policies. The hub's
 * account may have targets as well; their roles are another scope, written with another role of the fixer's.
 */
export type ApplyScope = { readonly kind: 'hub' } | { readonly kind: 'target'; readonly account: string };

export function scopeOf({ account, change }: Pick<PlannedCall, 'account' | 'change'>): ApplyScope {
  return isOfTarget(change.property.of) ? { kind: 'target', account } : { kind: 'hub' };
}

/** Equal for equal scopes. */
export function scopeKey(scope: ApplyScope): string {
  return scope.kind === 'hub' ? 'hub' : scope.account;
}

/** Whether an error of a reading is about the scope. */
export function isOfScope(scope: ApplyScope, error: Pick<ReadError, 'scope' | 'account'>): boolean {
  return error.scope === scope.kind && (scope.kind === 'hub' || error.account === scope.account);
}

/** What a state holds of the scope, without what decides no call: what extra policies say, which is not read a second time, and when a role was last used. */
export function contentOf(scope: ApplyScope, state: State) {
  if (scope.kind === 'hub') return state.hub;
  const { account, targets } = accountPart(state, scope.account);
  const roles = targets.map(({ role: { value } }) => value && { ...value, extraDocuments: undefined, lastUsed: undefined });
  return { roles, policies: account.policies };
}

export interface ScopedCalls {
  readonly scope: ApplyScope;
  readonly calls: readonly PlannedCall[];
}

/** The calls of each scope, in their order. */
export function byScope(calls: readonly PlannedCall[]): readonly ScopedCalls[] {
  const scopes = new Map<string, { readonly scope: ApplyScope; readonly calls: PlannedCall[] }>();
  for (const call of calls) {
    const scope = scopeOf(call);
    const known = scopes.get(scopeKey(scope));
    if (known === undefined) scopes.set(scopeKey(scope), { scope, calls: [call] });
    else known.calls.push(call);
  }
  return [...scopes.values()];
}
