import { entityArn } from '../iam/arn.ts';
import { sameName } from '../iam/names.ts';
import { locateIn } from '../state/entities.ts';
import type { Group } from '../state/state.ts';
import type { Owner } from './differences/kind.ts';
import type { FindingInput } from './finding.ts';
import { attachedPolicyDrift, inlinePolicyDrift } from './owned.ts';
import type { Sides } from './sides.ts';

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
      ...attachedPolicyDrift(of, locate, desired.managedPolicies, live.managedPolicies, sides.live.hub.driftedDocuments ?? []),
      ...inlinePolicyDrift(sides.comparer, of, locate, desired.inlinePolicies, live.inlinePolicies),
    ];
  });
}

/** The ARNs of the other groups that the user is in without the file stating their policies. */
export function uncomparedOtherGroups(sides: Sides): readonly string[] {
  const { desired, live } = sides;
  const allowed = desired.hub.user.value?.groups?.optional ?? [];
  const compared = otherGroupPairs(sides);
  const has = (names: readonly string[], name: string) => names.some((other) => sameName(other, name));
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
      return known?.arn ?? entityArn(desired.partition, desired.hub.account, 'group', name);
    });
}

function otherGroupPairs({ desired, live }: Sides): readonly OtherGroupPair[] {
  return (desired.hub.otherGroups ?? []).flatMap(({ name, value: stated }) => {
    const found = live.hub.otherGroups?.find((group) => sameName(group.name, name))?.value;
    return stated && found ? [{ name, desired: stated, live: found }] : [];
  });
}
