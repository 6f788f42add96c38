import { grantsOf } from '../drift/grants.ts';
import { groupPairs } from '../drift/group-policies.ts';
import { withUserPath } from '../drift/trust.ts';
import { shortName } from '../iam/arn.ts';
import { sameName } from '../iam/names.ts';
import { type Entity, entityLabel, mayCarryGrant, roleOfTarget, targetLabel } from '../state/entity.ts';
import { tagList } from '../state/json.ts';
import type { Group, Role, Target } from '../state/state.ts';
import { findTarget, placeLabel } from '../state/targets.ts';
import type { Phase } from './call.ts';
import { placeGrant } from './grant.ts';
import { type PlanTransaction, Refused } from './plan-builder.ts';
import type { RepairContext } from './repair-input.ts';

/**
 * With its policies, its members, and the grants that are nowhere else. A user that does not exist gets no memberships.
 *
 * @returns what is left to do by hand, as does the next
 */
export function createGroup(input: RepairContext, of: Entity, group: Group, transaction: PlanTransaction): string {
  const { desired, live, phase, isSeen } = input;
  const { state } = desired;
  const label = entityLabel(of);
  transaction.set(phase, { kind: 'entity', of }, { kind: 'Group', path: group.path ?? '/' }, `Create the ${label}`);
  const stated = groupPairs(state, live).find((pair) => sameName(pair.name, of.name))?.desiredParts.others ?? [];
  const inlinePolicies = group.inlinePolicies?.filter(({ name }) => stated.some((policy) => policy.name === name));
  setPolicies(phase, of, { ...group, inlinePolicies }, transaction);
  for (const { name } of group.members ?? []) {
    const isGone = sameName(name, state.hub.user.name) && transaction.state.hub.user.value === null;
    if (!isGone) transaction.set(phase, { kind: 'member', of, user: name }, true, `Add the user ${name} to the ${label}`);
  }
  const pairs = groupPairs(state, transaction.state);
  const left = state.targets.filter((target) => mayCarryGrant(target, of.name) && grantsOf(target, pairs).length === 0);
  const seen = left.filter((target) => findTarget(live.targets, target) !== undefined && isSeen(target));
  const refused = seen.filter((target) => !isPlaced(input, target, transaction));
  const without = [...left.filter((target) => !seen.includes(target)), ...refused].map((target) => placeLabel(target, state));
  return without.length === 0
    ? ''
    : `The grants for ${without.join(', ')} are not included: their roles could not be read, or need a repair first.`;
}

function isPlaced(input: RepairContext, target: Target, transaction: PlanTransaction): boolean {
  try {
    placeGrant(input, target, transaction);
    return true;
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}

/** The hub user's ARN in its trust is the one that the user has, path included. */
export function createRole({ desired, live, phase }: RepairContext, target: Target, role: Role, transaction: PlanTransaction): string {
  if (role.trust === undefined) throw new Refused('The file does not state a trust policy for the role.');
  const of = roleOfTarget(target);
  const creation = {
    kind: 'Role',
    path: role.path,
    trust: withUserPath(role.trust, { desired: desired.state, live }),
    description: role.description ?? '',
    maxSessionDuration: role.maxSessionDuration ?? 3600,
    boundary: role.boundary ?? null,
    tags: tagList(role.tags),
  } as const;
  transaction.set(phase, { kind: 'entity', of }, creation, `Create the ${targetLabel(target)}`);
  setPolicies(phase, of, role, transaction);
  return '';
}

/** All policies of something that was just created. */
function setPolicies(
  phase: Phase,
  of: Entity,
  { managedPolicies, inlinePolicies = [] }: Pick<Group, 'managedPolicies' | 'inlinePolicies'>,
  transaction: PlanTransaction,
): void {
  const label = entityLabel(of);
  for (const arn of managedPolicies?.required ?? []) {
    transaction.set(phase, { kind: 'attached', of, arn }, arn, `Attach ${shortName(arn)} to ${label}`);
  }
  for (const { name, document } of inlinePolicies) {
    transaction.set(phase, { kind: 'inline', of, name }, document, `Add the inline policy ${name} to ${label}`);
  }
}
