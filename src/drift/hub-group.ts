import { entityArn } from '../iam/arn.ts';
import { sameName } from '../iam/names.ts';
import { locateIn } from '../state/entities.ts';
import type { Member } from '../state/state.ts';
import type { Owner } from './differences/kind.ts';
import type { FindingInput } from './finding.ts';
import type { GroupPair } from './group-policies.ts';
import { attachedPolicyDrift, inlinePolicyDrift } from './owned.ts';
import type { Sides } from './sides.ts';
import { suggestedGroups } from './suggestions.ts';

/** All rules `hub-group-…` of one hub group. A group that is missing is one finding, without findings for its parts. */
export function hubGroupDrift(sides: Sides, { name, desired, live, desiredParts, liveParts }: GroupPair): FindingInput[] {
  if (live === undefined) return [];
  const { locate, comparer } = sides;
  const of: Owner<'Group'> = { kind: 'Group', account: sides.desired.hub.account, name, arn: live?.arn ?? desired.arn };
  if (live === null) {
    const difference = { kind: 'existence', of, desired: of.arn, live: null, suggested: suggestedGroups(sides) } as const;
    return [{ difference, access: 'narrowed', location: locate.group(name) }];
  }
  const locateKey = locateIn(locate, of);
  return [
    ...memberDrift(sides, of, desired.members, live.members),
    ...attachedPolicyDrift(
      of,
      locateKey,
      desired.managedPolicies,
      live.managedPolicies,
      sides.live.hub.driftedDocuments ?? [],
      sides.desired.hub.policies,
    ),
    ...inlinePolicyDrift(comparer, of, locateKey, desiredParts.others, liveParts?.others),
  ];
}

type Members = readonly Member[] | undefined;

/** Rules `hub-group-member-missing` and `-extra`. A user that does not exist takes its memberships with it. */
function memberDrift(
  { desired: { partition }, live: { hub }, locate }: Sides,
  of: Owner<'Group'>,
  desired: Members,
  live: Members,
): FindingInput[] {
  if (desired === undefined || live === undefined) return [];
  const location = locate.group(of.name, 'members');
  const isHubUser = ({ name }: Member) => sameName(name, hub.user.name);
  const lacks = (list: readonly Member[], member: Member) => !list.some((other) => sameName(other.name, member.name));
  const missing = desired.filter((member) => lacks(live, member) && !(isHubUser(member) && hub.user.value === null));
  const extra = live.filter((member) => lacks(desired, member));
  const arnOf = (member: Member) =>
    (isHubUser(member) ? hub.user.value?.arn : undefined) ?? entityArn(partition, of.account, 'user', member.name);
  return [
    ...missing.map((member): FindingInput => {
      const user = { name: member.name, arn: arnOf(member) };
      return { difference: { kind: 'member', of, user, desired: true, live: false }, access: 'narrowed', location };
    }),
    ...extra.map(
      (user): FindingInput => ({ difference: { kind: 'member', of, user, desired: false, live: true }, access: 'widened', location }),
    ),
  ];
}
