import { entityArn, rootArn } from '../iam/arn.ts';
import { type Policy, principalsOf } from '../policy/index.ts';
import type { Desired } from '../state/desired.ts';
import type { NameSet, Role, State, Target } from '../state/state.ts';
import { findAccount } from '../state/targets.ts';
import { policyName } from './policy-words.ts';
import type { RequestedAccount } from './request.ts';

/** Roles that are new to the file, and those that are gone from it. A role of another name or path is another role. */
export function requestedByTargets(base: Desired | undefined, head: Desired): RequestedAccount[] {
  const before = new Set(base?.state.targets.map(({ roleArn }) => roleArn));
  const after = new Set(head.state.targets.map(({ roleArn }) => roleArn));
  const added = head.state.targets.filter(({ roleArn }) => !before.has(roleArn));
  const removed = (base?.state.targets ?? []).filter(({ roleArn }) => !after.has(roleArn));
  // A further role of an account that both files have is no new account.
  const stays = ({ account }: Target) => base !== undefined && [base, head].every(({ state }) => findAccount(state, account) !== undefined);
  return [
    ...added.map((target) => ({
      ...requestedOf(head, target),
      kind: 'grants' as const,
      where: stays(target) ? ('targets' as const) : ('added' as const),
    })),
    ...removed.map((target) => ({
      ...requestedOf(base ?? head, target),
      kind: 'revokes' as const,
      where: stays(target) ? ('targets' as const) : ('removed' as const),
      what: `role ${target.roleName}`,
      location: null,
    })),
  ];
}

function requestedOf({ state, locate }: Desired, target: Target): Omit<RequestedAccount, 'kind' | 'where'> {
  const { account, roleName, role } = target;
  const path = role.value?.path === undefined || role.value.path === '/' ? '' : ` under ${role.value.path}`;
  const parts = role.value ? partsOf(role.value, state) : [];
  return { account, roleName, what: [`role ${roleName}${path}`, ...parts].join(', '), location: locate.target(target) };
}

function partsOf({ trust, managedPolicies, inlinePolicies = [], boundary }: Role, state: State): string[] {
  const trusts = trust === undefined ? undefined : callersOf(trust, state);
  const inline = inlinePolicies.length === 0 ? [] : [`the inline policies ${inlinePolicies.map(({ name }) => name).join(', ')}`];
  return [
    trust === undefined ? '' : `trusting ${trusts ?? 'by a trust policy of its own'}`,
    policiesText(managedPolicies),
    ...inline,
    boundary ? `within the boundary ${policyName(boundary)}` : '',
  ].filter((part) => part !== '');
}

function policiesText(policies: NameSet | undefined): string {
  const { required = [], optional = [] } = policies ?? {};
  const may = optional.length === 0 ? '' : `${required.length === 0 ? '' : ' and optionally '}${optional.map(policyName).join(', ')}`;
  return required.length + optional.length === 0 ? 'without managed policies' : `with ${required.map(policyName).join(', ')}${may}`;
}

/**
 * Whom a trust policy lets in, in words; `undefined` where it says more than that: conditions, denials, other actions.
 */
export function callersOf(trust: Policy, { partition, hub }: State): string | undefined {
  const isPlain = trust.statements?.every(
    ({ effect, action, conditions }) =>
      effect === 'Allow' && conditions.length === 0 && !action.negated && action.values.join().toLowerCase() === 'sts:assumerole',
  );
  if (isPlain !== true) return undefined;
  const names = new Map([
    [rootArn(partition, hub.account), 'the whole hub account'],
    [hub.user.value?.arn ?? entityArn(partition, hub.account, 'user', hub.user.name), 'the hub user'],
    ['*', 'everybody (*)'],
  ]);
  const callers = principalsOf(trust).map(({ id }) => names.get(id) ?? id);
  return callers.length > 1 ? `${callers.slice(0, -1).join(', ')} and ${callers.at(-1)}` : callers[0];
}
