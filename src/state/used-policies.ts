import type { Hub, ManagedPolicy, Role, State, Target, User } from './state.ts';
import { findAccount } from './targets.ts';

/** What can have managed policies attached, or one as its boundary. */
export type PolicyUser = Pick<User, 'managedPolicies'> & Partial<Pick<User, 'boundary'>>;

/** The ARNs of the policies that something has, or has to have: attached, or as its boundary. */
export function requiredPolicies({ managedPolicies, boundary }: PolicyUser): readonly string[] {
  return [...(managedPolicies?.required ?? []), ...(boundary ? [boundary] : [])];
}

/** The ARNs of the policies that something has, or may have. */
export function usablePolicies(uses: PolicyUser): readonly string[] {
  return [...requiredPolicies(uses), ...(uses.managedPolicies?.optional ?? [])];
}

/** What of the hub uses managed policies: the user, the hub groups, and the user's other groups, as far as known. */
export function usersInHub({ user, groups, otherGroups = [] }: Pick<Hub, 'user' | 'groups' | 'otherGroups'>): readonly PolicyUser[] {
  return [user, ...groups, ...otherGroups].flatMap(({ value }) => value ?? []);
}

/** The targets' roles that are known. */
export function rolesOf(targets: readonly Target[]): readonly Role[] {
  return targets.flatMap(({ role }) => role.value ?? []);
}

/** The policy of a state that has the ARN, if the state says anything of its content. */
export function findPolicy({ hub, accounts }: State, arn: string): ManagedPolicy | undefined {
  return [hub, ...accounts].flatMap(({ policies = [] }) => policies).find((policy) => policy.arn === arn);
}

/** What of a state holds the customer managed policies of an account of targets: the hub, or the account itself. */
export function policyHolder(account: string, state: State): { readonly policies?: readonly ManagedPolicy[] } {
  return isInHub({ account }, state) ? state.hub : (findAccount(state, account) ?? {});
}

/** Whether the customer managed policies of a target's account are the hub's: the hub account is a target as well. */
export function isInHub({ account }: Pick<Target, 'account'>, { hub }: Pick<State, 'hub'>): boolean {
  return account === hub.account;
}
