import { patternsOf } from '../drift/assume-statement.ts';
import type { Difference } from '../drift/difference.ts';
import type { Finding } from '../drift/finding.ts';
import { entityArn, nameOf } from '../iam/arn.ts';
import { sameName } from '../iam/names.ts';
import { Policy, patternsOverlap } from '../policy/index.ts';
import type { Desired } from '../state/desired.ts';
import { type Entity, type IamResource, isOfTarget } from '../state/entity.ts';
import type { IamProperty, PropertyValue } from '../state/property.ts';
import type { Group, Lookup, State } from '../state/state.ts';
import { targetsIn } from '../state/targets.ts';
import { findPolicy, requiredPolicies } from '../state/used-policies.ts';
import { isPlainGrant } from './grant-policy.ts';

/** Why repairing a finding would cut the path by which the run itself works, or take the user out of its hub; `undefined`: it would not. */
export type SelfLockoutGuard = (finding: Finding) => string | undefined;

/**
 * What a repair must leave alone for the next run to work.
 *
 * @param own ARNs: the roles that the run assumes in the hub, whoever assumes them, and whoever it works as
 */
export function selfLockoutGuard(desired: Desired, live: State, own: readonly string[]): SelfLockoutGuard {
  const principals = own.flatMap(principalOf);
  const users = principals.filter(({ kind }) => kind === 'User');
  const isNeeded = neededPatterns(desired);
  return ({ difference, access }) => {
    if ('of' in difference && isOfTarget(difference.of)) return ownRole(desired, principals, difference.of);
    if (difference.kind === 'member' && difference.live) return ownMembership(desired, users, difference.user.arn, difference.of.arn);
    const takes = access === 'widened' || access === 'changed';
    if (!takes || users.length === 0) return undefined;
    const pattern = grantedBy(difference);
    if (pattern !== undefined && !isNeeded(pattern)) return undefined;
    const user = users.find(({ name }) => dependsOn(name, difference, live));
    return user === undefined ? undefined : partOfAccess(user);
  };
}

/**
 * The same for a change that is taken back: why it is left as it is. What a repair gave to the hub user may be taken from it again, as that was asked for.
 *
 * @param takes whether it takes access away
 * @param now what the change set, as it is live
 */
export function selfLockoutGuardBack(
  desired: Desired,
  live: State,
  own: readonly string[],
): (property: IamProperty, takes: boolean, now: PropertyValue) => string | undefined {
  const principals = own.flatMap(principalOf);
  const users = principals.filter(({ kind }) => kind === 'User');
  const isNeeded = neededPatterns(desired);
  return (property, takes, now) => {
    const { of } = property;
    if (isOfTarget(of)) return ownRole(desired, principals, of);
    const isElsewhere = property.kind === 'inline' && now instanceof Policy && isGrantElsewhere(now, isNeeded);
    const user = users.find(({ name }) => {
      if (of.kind === 'User') return sameName(name, of.name);
      if (!takes || of.kind === 'Role') return false;
      if (of.kind === 'Policy') return usesPolicy(name, of.arn, live);
      return property.kind === 'member' ? sameName(name, property.user) : isMember(name, of, live) && !isElsewhere;
    });
    return user === undefined ? undefined : partOfAccess(user);
  };
}

const ADVICE =
  "Use GitHub's OIDC token, or a user that is neither the hub user nor in a hub group, to assume the roles of the run (inputs auditor-role and fixer-role).";

function partOfAccess({ name }: Entity): string {
  return `The run depends on the user ${name}, and this call would reduce the access of that user. ${ADVICE}`;
}

/** Auditor, fixer and whoever else the run works as must not be the role that it writes to, nor one that may have the policy. */
function ownRole({ auditor, fixer, state }: Desired, principals: readonly Entity[], of: IamResource): string | undefined {
  const { account } = of;
  const others = principals.filter((principal) => principal.kind === 'Role' && principal.account === account);
  const own = [auditor.roleName, fixer.roleName, ...others.map((other) => other.name)];
  const written = of.kind === 'Policy' ? targetsIn(state.targets, account).map(({ roleName }) => roleName) : [of.name];
  const name = written.find((one) => own.some((other) => sameName(other, one)));
  return name !== undefined
    ? `The run itself uses the role ${name} in ${account}, so it does not change that role. Change it by hand.`
    : undefined;
}

function ownMembership({ state }: Desired, users: readonly Entity[], userArn: string, groupArn: string): string | undefined {
  const name = nameOf(userArn);
  if (sameName(name, state.hub.user.name)) {
    return `This call would remove the hub user ${name} from the group ${nameOf(groupArn)}, and so from its targets. Add the user to the members of the group in the file.`;
  }
  const isOwn = users.some((user) => sameName(user.name, name));
  return isOwn ? `The run depends on the user ${name}, and this call would remove that user from the group. ${ADVICE}` : undefined;
}

/** Where the members of one of the user's other groups could not be read, anybody may be one. */
function isMember(name: string, { name: group }: Entity, { hub: { groups, otherGroups = [] } }: State): boolean {
  const isIn = (found: Lookup<Group> | undefined) => found?.value?.members?.some((member) => sameName(member.name, name));
  const own = groups.find((other) => sameName(other.name, group));
  return own === undefined ? (isIn(otherGroups.find((other) => sameName(other.name, group))) ?? true) : (isIn(own) ?? false);
}

/** A policy that does nothing but let its group assume roles by which the run does not work. */
function isGrantElsewhere({ statements }: Policy, isNeeded: (pattern: string) => boolean): boolean {
  return statements?.every((statement) => isPlainGrant(statement) && !patternsOf(statement).some(isNeeded)) ?? false;
}

/** What a finding about a grant is a grant of. */
function grantedBy(difference: Difference): string | undefined {
  switch (difference.kind) {
    case 'grant':
    case 'grant-content':
      return difference.target.roleArn;
    case 'extra-grant':
      return difference.pattern;
    default:
      return undefined;
  }
}

/** Whether a user has what repairing the difference takes: as the hub user, or as a member of the group. */
function dependsOn(name: string, difference: Difference, live: State): boolean {
  if (!('of' in difference)) {
    const { groups } = live.hub;
    return grantedBy(difference) !== undefined && groups.some(({ value }) => value?.members?.some((member) => sameName(member.name, name)));
  }
  const { of } = difference;
  if (of.kind === 'Policy') return usesPolicy(name, of.arn, live);
  return of.kind === 'User' ? sameName(name, live.hub.user.name) : isMember(name, { ...of, name: nameOf(of.arn) }, live);
}

/** Whether a user has the managed policy, or as its boundary: as the hub user, or as a member of a group that has it, as far as is known who has it. */
function usesPolicy(name: string, arn: string, live: State): boolean {
  const { account, user, groups, otherGroups = [] } = live.hub;
  if (sameName(name, user.name) && user.value && requiredPolicies(user.value).includes(arn)) return true;
  const having = [...groups, ...otherGroups].filter(({ value }) => value && requiredPolicies(value).includes(arn));
  const listed = findPolicy(live, arn)?.content?.standing?.users?.filter(({ kind }) => kind === 'Group') ?? [];
  return [...having, ...listed].some((group) => isMember(name, { kind: 'Group', account, name: group.name }, live));
}

/** Grants that the run may need: to IAM in the hub, and to its roles in the targets. */
function neededPatterns({ state, auditor, fixer }: Desired): (pattern: string) => boolean {
  const { partition, hub, accounts } = state;
  const roles = accounts.flatMap(({ account }) => [auditor, fixer].map(({ roleName }) => entityArn(partition, account, 'role', roleName)));
  const needed = [`arn:${partition}:iam::${hub.account}:*`, ...roles];
  return (pattern) => needed.some((other) => patternsOverlap(pattern, other));
}

/** Whom an ARN stands for; a session stands for its role. */
function principalOf(arn: string): Entity[] {
  const [, account = '', user, role, session] =
    /^arn:[^:]+:(?:iam|sts)::(\d{12}):(?:user\/(?:.*\/)?([^/]+)|role\/(?:.*\/)?([^/]+)|assumed-role\/([^/]+)\/.*)$/.exec(arn) ?? [];
  const name = user ?? role ?? session;
  return name === undefined ? [] : [{ kind: user === undefined ? 'Role' : 'User', account, name }];
}
