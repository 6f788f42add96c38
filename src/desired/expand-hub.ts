import { entityArn } from '../iam/arn.ts';
import type { GrantForm } from '../state/desired.ts';
import { inlineSize } from '../state/entities.ts';
import type { AccessKeys, Group, Hub, Lookup, Member, User } from '../state/state.ts';
import type { Path } from './file-node.ts';
import { allocate, type Grantee, grantPolicies } from './grants.ts';
import type { GroupContent, HubContent, UserContent } from './schema.ts';
import { expandedBoundary, expandedInlinePolicies, expandedPolicies, expandedText, type Scope } from './scope.ts';
import { GROUP_NAME, INLINE_POLICY_NAME, USER_NAME } from './syntax.ts';

/** The quota of IAM (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html). */
const MAX_ACCESS_KEYS = 2;

/** A hub group without its grants, with its place in the file. */
export interface PlacedGroup {
  readonly path: Path;
  readonly name: string;
  readonly group: Group;
}

/** The hub user. It has to be a member of every hub group, and may be one of the other groups. */
export function expandUser(
  hub: HubContent,
  scope: Scope,
  groups: readonly PlacedGroup[],
  otherGroups: readonly Pick<PlacedGroup, 'name'>[],
): Lookup<User> {
  const { content, path, name } = userOf(hub, scope);
  const user: User = {
    path: undefined,
    arn: userArn(scope, name),
    managedPolicies: expandedPolicies(scope, [...path, 'managedPolicies'], content.managedPolicies ?? ['IAMReadOnlyAccess']),
    inlinePolicies: expandedInlinePolicies(scope, [...path, 'inlinePolicies'], content.inlinePolicies ?? new Map(), INLINE_POLICY_NAME),
    boundary: expandedBoundary(scope, [...path, 'permissionsBoundary'], content.permissionsBoundary),
    groups: { required: groups.map((group) => group.name), optional: otherGroups.map((group) => group.name) },
    accessKeys: expandAccessKeys(content.accessKeys),
    otherCredentials: {
      any: content.otherCredentials ?? false,
      listed: [],
      ...(content.otherCredentials === undefined ? { isDefault: true } : {}),
    },
    consoleLogin: content.consoleLogin ?? false,
  };
  return { name, value: user };
}

/** The hub user as a member of groups and as a principal in trust policies. */
export function hubUser(hub: HubContent, scope: Scope): Member {
  const { name } = userOf(hub, scope);
  return { name, arn: userArn(scope, name) };
}

function userOf(hub: HubContent, scope: Scope): { content: UserContent; path: Path; name: string } {
  const path: Path = ['hub', 'user'];
  const content = typeof hub.user === 'string' ? { name: hub.user } : hub.user;
  const namePath = typeof hub.user === 'string' ? path : [...path, 'name'];
  return { content, path, name: expandedText(scope, namePath, content.name, USER_NAME) };
}

/** The ARN of a user with the path `/`; the file does not state paths of users. */
function userArn(scope: Scope, name: string): string {
  return entityArn(scope.partition, scope.account, 'user', name);
}

function expandAccessKeys(content: UserContent['accessKeys']): AccessKeys {
  const max = content?.max ?? MAX_ACCESS_KEYS;
  return { min: content?.min ?? Math.min(1, max), max, maxAgeDays: content?.maxAgeDays, listed: [] };
}

/** The groups under `groups`, or the one under `group`. */
export function statedGroups(hub: HubContent): readonly { path: Path; content: string | GroupContent }[] {
  const list = (hub.groups ?? []).map((content, index) => ({ path: ['hub', 'groups', index], content }));
  return hub.group === undefined ? list : [{ path: ['hub', 'group'], content: hub.group }, ...list];
}

export function expandGroups(hub: HubContent, scope: Scope): readonly PlacedGroup[] {
  const user = hubUser(hub, scope);
  return statedGroups(hub).map(({ path, content: given }) => {
    const content: GroupContent = typeof given === 'string' ? { name: given } : given;
    const name = expandedText(scope, typeof given === 'string' ? path : [...path, 'name'], content.name, GROUP_NAME);
    const member = (raw: string, index: number): Member => {
      const memberName = expandedText(scope, [...path, 'members', index], raw, USER_NAME);
      return { name: memberName, arn: userArn(scope, memberName) };
    };
    const group: Group = {
      path: undefined,
      arn: entityArn(scope.partition, scope.account, 'group', name),
      members: content.members?.map(member) ?? [user],
      ...expandedGroupPolicies(scope, path, content),
    };
    return { path, name, group };
  });
}

/** A group beside the hub's own that the user may be in. */
export interface PlacedOtherGroup extends Pick<PlacedGroup, 'path' | 'name'> {
  /** `undefined`: the file does not state its policies. */
  readonly group: Group | undefined;
}

export function expandOtherGroups(hub: HubContent, scope: Scope): readonly PlacedOtherGroup[] {
  const given = typeof hub.user === 'string' ? [] : (hub.user.otherGroups ?? []);
  return given.map((content, index) => {
    const path: Path = ['hub', 'user', 'otherGroups', index];
    if (typeof content === 'string') return { path, name: expandedText(scope, path, content, GROUP_NAME), group: undefined };
    const name = expandedText(scope, [...path, 'name'], content.name, GROUP_NAME);
    const group: Group = {
      path: undefined,
      arn: entityArn(scope.partition, scope.account, 'group', name),
      members: undefined,
      ...expandedGroupPolicies(scope, path, content),
    };
    return { path, name, group };
  });
}

/** What is left out means none. */
function expandedGroupPolicies(
  scope: Scope,
  path: Path,
  { managedPolicies = [], inlinePolicies = new Map() }: Pick<GroupContent, 'managedPolicies' | 'inlinePolicies'>,
): Pick<Group, 'managedPolicies' | 'inlinePolicies'> {
  return {
    managedPolicies: expandedPolicies(scope, [...path, 'managedPolicies'], managedPolicies),
    inlinePolicies: expandedInlinePolicies(scope, [...path, 'inlinePolicies'], inlinePolicies, INLINE_POLICY_NAME),
  };
}

/** Adds the grants for all targets to the inline policies of the groups. */
export function withGrants(groups: readonly PlacedGroup[], grantees: readonly Grantee[], form: GrantForm, scope: Scope): Hub['groups'] {
  const shares = allocate(
    groups.map(({ name, group }) => ({ name, used: inlineSize(group) })),
    grantees,
    form,
  );
  return groups.map(({ name, group }, index) => {
    const inlinePolicies = [...(group.inlinePolicies ?? []), ...grantPolicies(shares[index] ?? [], form)];
    refuseSameName(
      name,
      inlinePolicies.map((policy) => policy.name),
      scope,
    );
    return { name, value: { ...group, inlinePolicies } };
  });
}

function refuseSameName(group: string, names: readonly string[], scope: Scope): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  scope.complaints.add(['hub', 'grants', 'policyName'], {
    message: `the group ${group} would have two inline policies named ${twice}`,
    expected: 'a name that differs by target, such as assume-{account}-{roleName}, and from the stated inline policies',
    at: 'key',
  });
}
