import { entityArn } from '../iam/arn.ts';
import { nameOfPolicy } from '../iam/managed-policy.ts';
import { sameName } from '../iam/names.ts';
import type { Entity, IamResource, PolicyEntity } from './address.ts';
import type { Target } from './state.ts';

export type { Entity, IamResource, PolicyEntity };

const ARN_KIND = { User: 'user', Group: 'group', Role: 'role' } as const;

export function arnOfEntity(partition: string, { kind, account, name }: Entity, path = '/'): string {
  return entityArn(partition, account, ARN_KIND[kind], name, path);
}

/** The same for policies as well. */
export function arnOfResource(partition: string, of: IamResource): string {
  return of.kind === 'Policy' ? of.arn : arnOfEntity(partition, of);
}

/** A customer managed policy of an account. */
export function policyEntity(arn: string, account: string, hubAccount: string): PolicyEntity {
  return { kind: 'Policy', account, name: nameOfPolicy(arn), arn, isInHub: account === hubAccount };
}

/** Whether it is read and written in a target, and not in the hub. */
export function isOfTarget(of: IamResource): boolean {
  return of.kind === 'Role' || (of.kind === 'Policy' && !of.isInHub);
}

export function sameEntity(one: IamResource, other: IamResource): boolean {
  return one.kind === other.kind && one.account === other.account && sameName(one.name, other.name);
}

/** Equal for equal entities. */
export function entityKey({ kind, account, name }: IamResource): string {
  return JSON.stringify([kind, account, name.toLowerCase()]);
}

/** `role Micetro in 222222222222`, `hub group micetro-targets`. */
export function entityLabel({ kind, account, name }: IamResource): string {
  if (kind === 'Policy') return `managed policy ${name} in ${account}`;
  return kind === 'Role' ? `role ${name} in ${account}` : `hub ${kind.toLowerCase()} ${name}`;
}

/** The role of a target. */
export function roleOfTarget({ account, roleName }: Pick<Target, 'account' | 'roleName'>): Entity & { readonly kind: 'Role' } {
  return { kind: 'Role', account, name: roleName };
}

/** `role Micetro in production (222222222222)`. */
export function targetLabel({ account, name, roleName }: Pick<Target, 'account' | 'name' | 'roleName'>): string {
  return `role ${roleName} in ${name === undefined ? account : `${name} (${account})`}`;
}

/** Whether the hub group of this name may carry the target's grant. */
export function mayCarryGrant({ grantGroup }: Pick<Target, 'grantGroup'>, group: string): boolean {
  return grantGroup === undefined || sameName(grantGroup, group);
}
