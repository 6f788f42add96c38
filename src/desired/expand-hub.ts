import { entityArn } from '../iam/arn.ts';
import { pathAndName } from '../iam/names.ts';
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
  const { content, path, member, iamPath } = userOf(hub, scope);
  const user: User = {
    path: iamPath,
    arn: member.arn,
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
  return { name: member.name, value: user };
}

/** The hub user as a member of groups and as a principal in trust policies. */
export function hubUser(hub: HubContent, scope: Scope): Member {
  return userOf(hub, scope).member;
}

interface PlacedUser {
  readonly content: UserContent;
  readonly path: Path;
  readonly member: Member;
  readonly iamPath: string | undefined;
}

function userOf(hub: HubContent, scope: Scope): PlacedUser {
  const path: Path = ['hub', 'user'];
  const content = typeof hub.user === 'string' ? { name: hub.user } : hub.user;
  const namePath = typeof hub.user === 'string' ? path : [...path, 'name'];
  return { content, path, ...placed('user', expandedText(scope, namePath, content.name, USER_NAME), scope) };
}

/**
 * A user or group that the file names. IAM finds it by the name alone, and the path is in its ARN.
 *
 * @returns `iamPath`: `undefined` where the file states none; the ARN is then that of the path `/`
 */
function placed(kind: 'user' | 'group', stated: string, { partition, account }: Scope): { member: Member; iamPath: string | undefined } {
  const { path, name } = pathAndName(stated);
  return { member: { name, arn: entityArn(partition, account, kind, name, path) }, iamPath: path === '/' ? undefined : path };
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
    const stated = expandedText(scope, typeof given === 'string' ? path : [...path, 'name'], content.name, GROUP_NAME);
    const { member: named, iamPath } = placed('group', stated, scope);
    const member = (raw: string, index: number): Member =>
      placed('user', expandedText(scope, [...path, 'members', index], raw, USER_NAME), scope).member;
    const group: Group = {
      path: iamPath,
      arn: named.arn,
      members: content.members?.map(member) ?? [user],
      ...expandedGroupPolicies(scope, path, content),
    };
    return { path, name: named.name, group };
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
    const isBare = typeof content === 'string';
    const stated = expandedText(scope, isBare ? path : [...path, 'name'], isBare ? content : content.name, GROUP_NAME);
    const {
      member: { name, arn },
      iamPath,
    } = placed('group', stated, scope);
    if (isBare) return { path, name, group: undefined };
    const group: Group = {
      path: iamPath,
      arn,
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
