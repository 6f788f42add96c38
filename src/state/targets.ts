import { sameName } from '../iam/names.ts';
import { grouped } from '../text/grouped.ts';
import type { Entity } from './address.ts';
import type { State, Target, TargetAccount } from './state.ts';

/** What a target is known by: an account, and the name of a role in it in any case. */
export type TargetAddress = Pick<Target, 'account' | 'roleName'>;

/** Equal for equal addresses, whatever the case of the role's name. */
export function targetKey({ account, roleName }: TargetAddress): string {
  return `${account}/${roleName.toLowerCase()}`;
}

export function sameTarget(one: TargetAddress, other: TargetAddress): boolean {
  return one.account === other.account && sameName(one.roleName, other.roleName);
}

/** For looking up many targets; `findTarget` looks up one. */
export function byTarget<T extends TargetAddress>(targets: readonly T[]): { readonly get: (address: TargetAddress) => T | undefined } {
  const known = new Map(targets.map((target) => [targetKey(target), target]));
  return { get: (address) => known.get(targetKey(address)) };
}

export function findTarget<T extends TargetAddress>(targets: readonly T[], address: TargetAddress): T | undefined {
  return targets.find((target) => sameTarget(target, address));
}

/** The target that a role of a state is, if it is one. */
export function targetOfRole({ targets }: Pick<State, 'targets'>, { account, name }: Pick<Entity, 'account' | 'name'>): Target | undefined {
  return findTarget(targets, { account, roleName: name });
}

/** All roles of an account that are targets, in the order of the file. */
export function targetsIn<T extends TargetAddress>(targets: readonly T[], account: string): readonly T[] {
  return targets.filter((target) => target.account === account);
}

/** The state in which an account is as it was read, with all its roles. */
export function withAccount(state: State, { account, targets }: AccountPart): State {
  const read = byTarget(targets);
  return {
    ...state,
    targets: state.targets.map((target) => read.get(target) ?? target),
    accounts: state.accounts.map((other) => (other.account === account.account ? account : other)),
  };
}

/** An account of a state, with the targets in it. */
export interface AccountPart {
  readonly account: TargetAccount;
  readonly targets: readonly Target[];
}

/** A state's accounts of targets, in the order in which the targets name them. No target is left out. */
export function accountParts({ targets, accounts }: Pick<State, 'targets' | 'accounts'>): readonly AccountPart[] {
  const known = new Map(accounts.map((account) => [account.account, account]));
  return [...grouped(targets, ({ account }) => account)].map(([account, inAccount]) => ({
    account: known.get(account) ?? { account },
    targets: inAccount,
  }));
}

/** The part of a state that one account is. */
export function accountPart(state: State, account: string): AccountPart {
  return { account: findAccount(state, account) ?? { account }, targets: targetsIn(state.targets, account) };
}

/** For lists of accounts: the account, with the role where the account has several. */
export function placeLabel({ account, roleName }: TargetAddress, { targets }: Pick<State, 'targets'>): string {
  return targetsIn(targets, account).length > 1 ? `role ${roleName} in ${account}` : account;
}

/** What a state holds of an account that has targets, whatever their roles. */
export function findAccount({ accounts }: Pick<State, 'accounts'>, account: string): TargetAccount | undefined {
  return accounts.find((other) => other.account === account);
}
