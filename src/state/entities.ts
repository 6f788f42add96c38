import { policySize } from '../iam/quotas.ts';
import type { Location, Locator } from './desired.ts';
import { type Entity, roleOfTarget } from './entity.ts';
import type { Group, Role, State, User } from './state.ts';

/** A user, group or role that exists in a state. */
export interface ExistingEntity {
  readonly of: Entity;
  readonly found: User | Group | Role;
}

/** The hub user, the hub groups, the user's other groups and the targets' roles, in this order, without those that do not exist or are not known. */
export function entitiesOf({ hub: { account, user, groups, otherGroups = [] }, targets }: State): readonly ExistingEntity[] {
  const all = [
    { of: { kind: 'User', account, name: user.name }, value: user.value } as const,
    ...[...groups, ...otherGroups].map(({ name, value }) => ({ of: { kind: 'Group', account, name }, value }) as const),
    ...targets.map((target) => ({ of: roleOfTarget(target), value: target.role.value })),
  ];
  return all.flatMap(({ of, value }) => (value ? [{ of, found: value }] : []));
}

/** Where the file speaks of one of an entity's keys, such as `managedPolicies`. */
export type LocateKey = (key: string) => Location;

export function locateIn(locate: Locator, { kind, account, name }: Entity): LocateKey {
  switch (kind) {
    case 'User':
      return (key) => locate.hub(`user.${key}`);
    case 'Group':
      return (key) => locate.group(name, key);
    case 'Role':
      return (key) => locate.target({ account, roleName: name }, key);
  }
}

/** Characters of a user's, group's or role's inline policies, as IAM counts them. */
export function inlineSize({ inlinePolicies = [] }: Pick<ExistingEntity['found'], 'inlinePolicies'>): number {
  return inlinePolicies.reduce((sum, { document }) => sum + policySize(document.source), 0);
}
