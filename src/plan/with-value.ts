import { entityArn } from '../iam/arn.ts';
import { sameName } from '../iam/names.ts';
import type { PolicySource } from '../policy/types.ts';
import type { AccessKeys, Group, InlinePolicy, Lookup, Member, NameSet, Role, State, Tag, User } from '../state/state.ts';
import { fields, tagList } from './call-for.ts';
import { type Entity, type Part, sameEntity } from './part.ts';

/** The state in which a part has another value: what `valueIn` reads, written. Parts of what the state does not hold change nothing. */
export function withValue(part: Part, state: State, value: unknown): State {
  const { of } = part;
  if (part.kind === 'member') return withMembership(state, of, part.user, value !== null);
  if (part.kind === 'entity') return withEntity(state, of, value);
  switch (of.kind) {
    case 'User':
      return mapUser(state, of, (user) => user && withPart(part, user, value));
    case 'Group':
      return mapGroup(state, of, (group) => group && withPart(part, group, value));
    case 'Role':
      return mapRole(state, of, (role) => role && withPart(part, role, value));
  }
}

/** What users, groups and roles share, and what only some have. */
type Parts = Pick<Group, 'managedPolicies' | 'inlinePolicies'> & Partial<Pick<Role, 'trust' | 'boundary' | 'description' | 'tags'>>;

function withPart<T extends Parts>(part: Part, found: T, value: unknown): T {
  switch (part.kind) {
    case 'trust':
      return { ...found, trust: source(value) };
    case 'boundary':
      return { ...found, boundary: value };
    case 'settings':
      return { ...found, ...fields(value) };
    case 'attached':
      return { ...found, managedPolicies: attached(found.managedPolicies, part.arn, value !== null) };
    case 'inline':
      return { ...found, inlinePolicies: inline(found.inlinePolicies ?? [], part.name, value) };
    case 'tags':
      return { ...found, tags: retagged(found.tags ?? [], part.keys, tagList(value)) };
    default:
      return found;
  }
}

function attached(policies: NameSet | undefined, arn: string, isThere: boolean): NameSet {
  const others = (policies?.required ?? []).filter((other) => other !== arn);
  return { required: isThere ? [...others, arn] : others, optional: [] };
}

function inline(policies: readonly InlinePolicy[], name: string, value: unknown): readonly InlinePolicy[] {
  if (value === null) return policies.filter((policy) => policy.name !== name);
  const written = { name, document: source(value) };
  if (!policies.some((policy) => policy.name === name)) return [...policies, written];
  return policies.map((policy) => (policy.name === name ? written : policy));
}

function retagged(tags: readonly Tag[], keys: readonly string[], to: readonly Tag[]): readonly Tag[] {
  return [...tags.filter(({ key }) => !keys.some((other) => sameName(key, other))), ...to];
}

function source(value: unknown): PolicySource {
  return typeof value === 'string' ? value : fields(value);
}

function mapUser(state: State, { name }: Entity, edit: (found: Lookup<User>['value']) => Lookup<User>['value']): State {
  const { user } = state.hub;
  return sameName(user.name, name) ? { ...state, hub: { ...state.hub, user: { ...user, value: edit(user.value) } } } : state;
}

function mapGroup(state: State, { name }: Entity, edit: (found: Lookup<Group>['value']) => Lookup<Group>['value']): State {
  const groups = state.hub.groups.map((group) => (sameName(group.name, name) ? { ...group, value: edit(group.value) } : group));
  return { ...state, hub: { ...state.hub, groups } };
}

function mapRole(state: State, of: Entity, edit: (found: Lookup<Role>['value']) => Lookup<Role>['value']): State {
  const targets = state.targets.map((target) => {
    const isIt = sameEntity({ kind: 'Role', account: target.account, name: target.roleName }, of);
    return isIt ? { ...target, role: { ...target.role, value: edit(target.role.value) } } : target;
  });
  return { ...state, targets };
}

const NONE: NameSet = { required: [], optional: [] };
const NO_KEYS: AccessKeys = { min: 0, max: 0, maxAgeDays: undefined, listed: [] };

function withEntity(state: State, of: Entity, value: unknown): State {
  const isGone = value === null;
  const { path: given, boundary: limit, trust, description, maxSessionDuration, tags } = fields(value);
  const path = typeof given === 'string' ? given : '/';
  const boundary = typeof limit === 'string' ? limit : null;
  const arn = `arn:${state.partition}:iam::${of.account}:${of.kind.toLowerCase()}${path}${of.name}`;
  const bare = { path, arn, managedPolicies: NONE, inlinePolicies: [] };
  switch (of.kind) {
    case 'User':
      return mapUser(state, of, () =>
        isGone ? null : { ...bare, boundary, groups: NONE, groupArns: [], accessKeys: NO_KEYS, consoleLogin: false },
      );
    case 'Group':
      return mapGroup(state, of, () => (isGone ? null : { ...bare, members: [] }));
    case 'Role':
      return mapRole(state, of, () =>
        isGone
          ? null
          : {
              ...bare,
              boundary,
              trust: source(trust),
              description: typeof description === 'string' ? description : '',
              maxSessionDuration: typeof maxSessionDuration === 'number' ? maxSessionDuration : 3600,
              tags: tagList(tags),
            },
      );
  }
}

/** A membership shows on the group and on the user. */
function withMembership(state: State, of: Entity, user: string, isIn: boolean): State {
  const { hub, partition } = state;
  const known = sameName(hub.user.name, user) ? hub.user.value?.arn : undefined;
  const member: Member = { name: user, arn: known ?? entityArn(partition, hub.account, 'user', user) };
  const inGroup = mapGroup(state, of, (group) => group && { ...group, members: group.members && listed(group.members, member, isIn) });
  return mapUser(inGroup, { ...of, name: user }, (found) => {
    if (!found) return found;
    const arn = state.hub.groups.find(({ name }) => sameName(name, of.name))?.value?.arn;
    const group: Member = { name: of.name, arn: arn ?? entityArn(partition, hub.account, 'group', of.name) };
    const { groups, groupArns } = found;
    const names =
      groups &&
      listed(
        groups.required.map((name) => ({ name, arn: '' })),
        group,
        isIn,
      ).map(({ name }) => name);
    return {
      ...found,
      groups: names && { required: names, optional: [] },
      ...(groupArns === undefined ? {} : { groupArns: listed(groupArns, group, isIn) }),
    };
  });
}

function listed(members: readonly Member[], member: Member, isIn: boolean): readonly Member[] {
  const others = members.filter(({ name }) => !sameName(name, member.name));
  return isIn ? [...others, member] : others;
}
