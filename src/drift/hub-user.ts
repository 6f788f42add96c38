import { entityArn } from '../iam/arn.ts';
import { sameName } from '../iam/names.ts';
import type { State, User } from '../state/state.ts';
import { accessKeyDrift } from './access-keys.ts';
import { attachedPolicyDrift } from './attached.ts';
import { boundaryDrift } from './boundary.ts';
import type { Draft, Sides } from './draft.ts';
import { inlinePolicyDrift } from './inline.ts';
import type { Owner } from './owner.ts';

/** All rules `hub-user-…`. A user that is missing is one finding, without findings for its parts. */
export function hubUserDrift({ desired, live, locate, at }: Sides): Draft[] {
  const wanted = desired.hub.user.value;
  const there = live.hub.user.value;
  if (!wanted || there === undefined) return [];
  const { account } = desired.hub;
  const name = desired.hub.user.name;
  if (there === null) {
    const message = `The hub user ${name} does not exist.`;
    const about = { account, resource: wanted.arn, location: locate.hub('user'), desired: wanted.arn };
    return [{ ...about, rule: 'hub-user-missing', access: 'narrowed', message }];
  }
  const locateKey = (key: string) => locate.hub(`user.${key}`);
  const owner: Owner<'hub-user'> = { rules: 'hub-user', label: `hub user ${name}`, account, arn: there.arn, locate: locateKey };
  return [
    ...attachedPolicyDrift(owner, wanted.managedPolicies, there.managedPolicies),
    ...inlinePolicyDrift(owner, wanted.inlinePolicies, there.inlinePolicies),
    ...boundaryDrift(owner, wanted.boundary, there.boundary),
    ...extraGroups(owner, name, wanted, there, desired),
    ...loginDrift(owner, wanted, there),
    ...accessKeyDrift({ account, arn: there.arn, name, location: locateKey('accessKeys') }, wanted.accessKeys, there.accessKeys, at),
  ];
}

/** Rule `hub-user-group-extra`: groups beside the hub's own. That the user is missing in a hub group is that group's finding. */
function extraGroups(owner: Owner, name: string, wanted: User, there: User, desired: State): Draft[] {
  if (wanted.groups === undefined || there.groups === undefined) return [];
  const allowed = [...wanted.groups.required, ...wanted.groups.optional];
  const extra = there.groups.required.filter((group) => !allowed.some((other) => sameName(group, other)));
  return extra.map((group): Draft => {
    const listed = there.groupArns?.find((other) => sameName(other.name, group));
    return {
      rule: 'hub-user-group-extra',
      account: owner.account,
      entity: owner.arn,
      resource: listed?.arn ?? entityArn(desired.partition, owner.account, 'group', group),
      access: 'widened',
      message: `The hub user ${name} is in the group ${group}, which the file does not allow.`,
      location: owner.locate('otherGroups'),
      live: group,
    };
  });
}

/** Rule `hub-user-login-extra`. */
function loginDrift(owner: Owner, wanted: User, there: User): Draft[] {
  if (wanted.consoleLogin !== false || there.consoleLogin !== true) return [];
  const message = `The ${owner.label} has a console password; this user is for programs only.`;
  const about = { account: owner.account, resource: owner.arn, location: owner.locate('consoleLogin'), desired: false, live: true };
  return [{ ...about, rule: 'hub-user-login-extra', access: 'widened', message }];
}
