import { entityArn } from '../iam/arn.ts';
import { sameName } from '../iam/names.ts';
import { locateIn } from '../state/entities.ts';
import type { Group, Hub } from '../state/state.ts';
import type { Owner } from './differences/kind.ts';
import type { FindingInput } from './finding.ts';
import { attachedPolicyDrift, inlinePolicyDrift } from './owned.ts';
import type { Sides } from './sides.ts';
import type { NotCompared } from './uncompared-entry.ts';

/*
 * The groups beside the hub's own that the user is in, and that the file allows. No grant is looked for in them, so their statements about sts:AssumeRole are
 * compared as any other.
 */

interface OtherGroupPair {
  readonly name: string;
  readonly desired: Group;
  readonly live: Group;
}

/** Rules `hub-group-policy-…` and `hub-group-inline-policy-…` of the other groups whose policies the file states. */
export function otherGroupDrift(sides: Sides): FindingInput[] {
  const { account } = sides.desired.hub;
  return otherGroupPairs(sides).flatMap(({ name, desired, live }) => {
    const of: Owner<'Group'> = { kind: 'Group', account, name, arn: live.arn };
    const locate = locateIn(sides.locate, of);
    return [
      ...attachedPolicyDrift(
        of,
        locate,
        desired.managedPolicies,
        live.managedPolicies,
        sides.live.hub.driftedDocuments ?? [],
        sides.desired.hub.policies,
      ),
      ...inlinePolicyDrift(sides.comparer, of, locate, desired.inlinePolicies, live.inlinePolicies),
    ];
  });
}

/** The other groups that the user is in without the file stating their policies. */
export function uncomparedOtherGroups(sides: Sides): readonly NotCompared[] {
  const { desired, live } = sides;
  const allowed = desired.hub.user.value?.groups?.optional ?? [];
  const compared = otherGroupPairs(sides);
  return (live.hub.user.value?.groups?.required ?? [])
    .filter(
      (name) =>
        has(allowed, name) &&
        !has(
          [...desired.hub.groups, ...compared].map((group) => group.name),
          name,
        ),
    )
    .map((name) => {
      const known = live.hub.user.value?.groupArns?.find((group) => sameName(group.name, name));
      const resource = known?.arn ?? entityArn(desired.partition, desired.hub.account, 'group', name);
      return { resource, what: 'group-policies', accounts: 1 };
    });
}

/** The desired hub without those of the other groups that the user is known not to be in: what these hold gives it nothing. */
export function withJoinedGroups({ desired, live }: Pick<Sides, 'desired' | 'live'>): Hub {
  const { value: user } = live.hub.user;
  const joined = user === null ? [] : user?.groups?.required;
  const { otherGroups } = desired.hub;
  if (joined === undefined || otherGroups === undefined) return desired.hub;
  return { ...desired.hub, otherGroups: otherGroups.filter(({ name }) => has(joined, name)) };
}

function has(names: readonly string[], name: string): boolean {
  return names.some((other) => sameName(other, name));
}

function otherGroupPairs({ desired, live }: Sides): readonly OtherGroupPair[] {
  return (desired.hub.otherGroups ?? []).flatMap(({ name, value: stated }) => {
    const found = live.hub.otherGroups?.find((group) => sameName(group.name, name))?.value;
    return stated && found ? [{ name, desired: stated, live: found }] : [];
  });
}
