import { entityArn } from '../iam/arn.ts';
import { sameName } from '../iam/names.ts';
import type { Member } from '../state/state.ts';
import { attachedPolicyDrift } from './attached.ts';
import type { Draft, Sides } from './draft.ts';
import type { GroupPair } from './group-policies.ts';
import { inlinePolicyDrift } from './inline.ts';
import type { Owner } from './owner.ts';

/** All rules `hub-group-…` of one hub group. A group that is missing is one finding, without findings for its parts. */
export function hubGroupDrift(sides: Sides, pair: GroupPair): Draft[] {
  const { locate } = sides;
  const { account } = sides.desired.hub;
  const { name, desired, live } = pair;
  if (live === undefined) return [];
  if (live === null) {
    const message = `The hub group ${name} does not exist; neither do its memberships and grants.`;
    const about = { account, resource: desired.arn, location: locate.group(name), desired: desired.arn };
    return [{ ...about, rule: 'hub-group-missing', access: 'narrowed', message }];
  }
  const locateKey = (key: string) => locate.group(name, key);
  const owner: Owner<'hub-group'> = { rules: 'hub-group', label: `hub group ${name}`, account, arn: live.arn, locate: locateKey };
  return [
    ...memberDrift(sides, owner, desired.members, live.members),
    ...attachedPolicyDrift(owner, desired.managedPolicies, live.managedPolicies),
    ...inlinePolicyDrift(owner, pair.wanted.others, pair.there?.others),
  ];
}

/** Rules `hub-group-member-missing` and `-extra`. A user that does not exist takes its memberships with it. */
function memberDrift(
  { desired, live }: Sides,
  owner: Owner,
  wanted: readonly Member[] | undefined,
  there: readonly Member[] | undefined,
): Draft[] {
  if (wanted === undefined || there === undefined) return [];
  const about = { account: owner.account, entity: owner.arn, location: owner.locate('members') };
  const user = live.hub.user;
  const isGone = (member: Member) => user.value === null && sameName(member.name, user.name);
  const without = (list: readonly Member[], member: Member) => !list.some((other) => sameName(other.name, member.name));
  const missing = wanted.filter((member) => without(there, member) && !isGone(member));
  const extra = there.filter((member) => without(wanted, member));
  return [
    ...missing.map((member): Draft => {
      const known = user.value && sameName(member.name, user.name) ? user.value.arn : undefined;
      const resource = known ?? entityArn(desired.partition, owner.account, 'user', member.name);
      const message = `The user ${member.name} is not in the ${owner.label}.`;
      return { ...about, rule: 'hub-group-member-missing', resource, access: 'narrowed', message, desired: member.name };
    }),
    ...extra.map((member): Draft => {
      const message = `The user ${member.name} is in the ${owner.label} and gets all its grants; the file does not name this member.`;
      return { ...about, rule: 'hub-group-member-extra', resource: member.arn, access: 'widened', message, live: member.name };
    }),
  ];
}
