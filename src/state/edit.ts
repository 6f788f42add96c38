import { entityArn } from '../iam/arn.ts';
import { sameName } from '../iam/names.ts';
import type { Creation } from './creation.ts';
import { arnOfEntity, type Entity, type PolicyEntity, roleOfTarget, sameEntity } from './entity.ts';
import type { AccessKeys, Group, Lookup, ManagedPolicy, Member, NameSet, OtherCredentials, Role, State, User } from './state.ts';
import { findTarget } from './targets.ts';

/** The user, group or role of a state; `null`: there is none, `undefined`: not known, or not one that the state holds. */
export function findEntity({ kind, account, name }: Entity, { hub, targets }: State): User | Group | Role | null | undefined {
  if (kind === 'Role') return findTarget(targets, { account, roleName: name })?.role.value;
  if (account !== hub.account) return undefined;
  if (kind === 'User') return sameName(hub.user.name, name) ? hub.user.value : undefined;
  return groupsOf(hub).find((group) => sameName(group.name, name))?.value;
}

/** The hub groups and the user's other groups, as far as the state holds them. */
function groupsOf({ groups, otherGroups = [] }: State['hub']): readonly Lookup<Group>[] {
  return [...groups, ...otherGroups];
}

/** What becomes of an entity, by its kind. A kind without an edit stays as it is. */
export interface EntityEdits {
  readonly User?: (user: User) => User;
  readonly Group?: (group: Group) => Group;
  readonly Role?: (role: Role) => Role;
}

/** The state with one entity edited, if the state holds that entity. */
export function editEntity(state: State, of: Entity, { User, Group, Role }: EntityEdits): State {
  switch (of.kind) {
    case 'User':
      return User === undefined ? state : editUser(state, of, (user) => user && User(user));
    case 'Group':
      return Group === undefined ? state : editGroup(state, of, (group) => group && Group(group));
    case 'Role':
      return Role === undefined ? state : editRole(state, of, (role) => role && Role(role));
  }
}

/** The state in which a managed policy says something else, if the state says anything of it. */
export function editContent(
  state: State,
  { arn, account, isInHub }: PolicyEntity,
  edit: (content: ManagedPolicy['content']) => ManagedPolicy['content'],
): State {
  const edited = (policies: readonly ManagedPolicy[]) =>
    policies.map((policy) => (policy.arn === arn ? { arn, content: edit(policy.content) } : policy));
  const { hub } = state;
  if (isInHub) return hub.policies === undefined ? state : { ...state, hub: { ...hub, policies: edited(hub.policies) } };
  const accounts = state.accounts.map((other) =>
    other.account === account && other.policies !== undefined ? { ...other, policies: edited(other.policies) } : other,
  );
  return { ...state, accounts };
}

/** The state that says of these policies alone what they say, where the policy is. */
export function withContents(state: State, { account, isInHub }: PolicyEntity, policies: readonly ManagedPolicy[]): State {
  if (isInHub) return { ...state, hub: { ...state.hub, policies } };
  return { ...state, accounts: state.accounts.map((other) => (other.account === account ? { ...other, policies } : other)) };
}

type Policies = Pick<Group, 'managedPolicies' | 'inlinePolicies'>;

/** The state with the policies of an entity edited, which users, groups and roles all have. */
export function editPolicies(state: State, of: Entity, edit: (policies: Policies) => Partial<Policies>): State {
  return editEntity(state, of, {
    User: (user) => ({ ...user, ...edit(user) }),
    Group: (group) => ({ ...group, ...edit(group) }),
    Role: (role) => ({ ...role, ...edit(role) }),
  });
}

const NO_NAMES: NameSet = { required: [], optional: [] };
const NO_KEYS: AccessKeys = { min: 0, max: 0, maxAgeDays: undefined, listed: [] };
const NO_CREDENTIALS: OtherCredentials = { any: false, listed: [] };

/** The state in which an entity was just created. */
export function withCreation(state: State, of: Entity, creation: Creation): State {
  const arn = arnOfEntity(state.partition, of, creation.path);
  const bare = { path: creation.path, arn, managedPolicies: NO_NAMES, inlinePolicies: [] };
  switch (creation.kind) {
    case 'User': {
      const { boundary } = creation;
      return editUser(state, of, () => ({
        ...bare,
        boundary,
        groups: NO_NAMES,
        groupArns: [],
        accessKeys: NO_KEYS,
        otherCredentials: NO_CREDENTIALS,
        consoleLogin: false,
      }));
    }
    case 'Group':
      return editGroup(state, of, () => ({ ...bare, members: [] }));
    case 'Role': {
      const { trust, description, maxSessionDuration, boundary, tags } = creation;
      return editRole(state, of, () => ({ ...bare, trust, description, maxSessionDuration, boundary, tags }));
    }
  }
}

/** The state in which an entity does not exist. */
export function withoutEntity(state: State, of: Entity): State {
  switch (of.kind) {
    case 'User':
      return editUser(state, of, () => null);
    case 'Group':
      return editGroup(state, of, () => null);
    case 'Role':
      return editRole(state, of, () => null);
  }
}

/** The state in which a user is in a group, or is not. A membership shows on the group and on the user. */
export function withMembership(state: State, group: Entity, userName: string, isIn: boolean): State {
  const { hub, partition } = state;
  const userArn = sameName(hub.user.name, userName) ? hub.user.value?.arn : undefined;
  const member = { name: userName, arn: userArn ?? entityArn(partition, hub.account, 'user', userName) };
  const groupArn = hub.groups.find(({ name }) => sameName(name, group.name))?.value?.arn;
  const joined = { name: group.name, arn: groupArn ?? entityArn(partition, hub.account, 'group', group.name) };
  const inGroup = editGroup(state, group, (found) => found && { ...found, members: found.members && listed(found.members, member, isIn) });
  return editUser(inGroup, { ...group, name: userName }, (found) => {
    if (!found) return found;
    const { groups, groupArns } = found;
    return {
      ...found,
      groups: groups && { required: withName(groups.required, joined.name, isIn), optional: [] },
      ...(groupArns === undefined ? {} : { groupArns: listed(groupArns, joined, isIn) }),
    };
  });
}

function listed(members: readonly Member[], member: Member, isIn: boolean): readonly Member[] {
  const others = members.filter(({ name }) => !sameName(name, member.name));
  return isIn ? [...others, member] : others;
}

function withName(names: readonly string[], name: string, isIn: boolean): readonly string[] {
  const others = names.filter((other) => !sameName(other, name));
  return isIn ? [...others, name] : others;
}

type Edit<T> = (found: Lookup<T>['value']) => Lookup<T>['value'];

function editUser(state: State, { account, name }: Entity, edit: Edit<User>): State {
  const { user } = state.hub;
  const isIt = account === state.hub.account && sameName(user.name, name);
  return isIt ? { ...state, hub: { ...state.hub, user: { ...user, value: edit(user.value) } } } : state;
}

function editGroup(state: State, { account, name }: Entity, edit: Edit<Group>): State {
  if (account !== state.hub.account) return state;
  const edited = (groups: readonly Lookup<Group>[]) =>
    groups.map((group) => (sameName(group.name, name) ? { ...group, value: edit(group.value) } : group));
  const { groups, otherGroups } = state.hub;
  return {
    ...state,
    hub: { ...state.hub, groups: edited(groups), ...(otherGroups === undefined ? {} : { otherGroups: edited(otherGroups) }) },
  };
}

function editRole(state: State, of: Entity, edit: Edit<Role>): State {
  const targets = state.targets.map((target) =>
    sameEntity(roleOfTarget(target), of) ? { ...target, role: { ...target.role, value: edit(target.role.value) } } : target,
  );
  return { ...state, targets };
}
