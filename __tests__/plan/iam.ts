import { policySize, QUOTAS } from '../../src/iam/quotas.ts';
import type { IamCall } from '../../src/plan/call.ts';
import type { Group, InlinePolicy, Member, NameSet, Role, State, User } from '../../src/state/state.ts';
import type { Tag } from '../../src/state/tag.ts';
import { identityPolicy, trustPolicy } from '../drift/estate.ts';

/**
 * What IAM does to a state on a call, by its documentation and without a look at how calls are planned. What IAM would refuse is thrown.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html
 */
export function applyCall(state: State, { action, account, input }: IamCall): State {
  const verb = action.replace('iam:', '');
  const text = (key: string): string => {
    const value = input[key];
    if (typeof value !== 'string') throw new Error(`${verb}: ${key} is missing`);
    return value;
  };
  const world = new World(state, account, verb);
  switch (verb) {
    case 'CreateGroup':
      return world.group(text('GroupName'), (found) => {
        if (found) throw new Error('EntityAlreadyExists');
        return { ...bare(state, account, 'group', String(input.Path ?? '/'), text('GroupName')), members: [] };
      });
    case 'DeleteGroup':
      return world.group(text('GroupName'), (found) => {
        if (!found || (found.members?.length ?? 0) > 0 || !isBare(found)) throw new Error('DeleteConflict');
        return null;
      });
    case 'CreateRole':
      return world.role(text('RoleName'), (found) => {
        if (found) throw new Error('EntityAlreadyExists');
        return {
          ...bare(state, account, 'role', String(input.Path ?? '/'), text('RoleName')),
          trust: trustPolicy(text('AssumeRolePolicyDocument'), account),
          description: input.Description === undefined ? '' : text('Description'),
          maxSessionDuration: input.MaxSessionDuration === undefined ? 3600 : Number(input.MaxSessionDuration),
          boundary: input.PermissionsBoundary === undefined ? null : text('PermissionsBoundary'),
          tags: tagsOf(input.Tags),
        };
      });
    case 'DeleteRole':
      return world.role(text('RoleName'), (found) => {
        if (!found || !isBare(found)) throw new Error('DeleteConflict');
        return null;
      });
    case 'UpdateAssumeRolePolicy':
      return world.role(text('RoleName'), (found) => ({ ...there(found), trust: trustPolicy(text('PolicyDocument'), account) }));
    case 'UpdateRole':
      return world.role(text('RoleName'), (found) => ({
        ...there(found),
        description: input.Description === undefined ? there(found).description : text('Description'),
        // https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html: left out, it is set to one hour.
        maxSessionDuration: input.MaxSessionDuration === undefined ? 3600 : Number(input.MaxSessionDuration),
      }));
    case 'TagRole': {
      const added = tagsOf(input.Tags);
      return world.role(text('RoleName'), (found) => ({ ...there(found), tags: [...untagged(there(found).tags, added), ...added] }));
    }
    case 'UntagRole': {
      const keys = Array.isArray(input.TagKeys) ? input.TagKeys.map((key) => ({ key: String(key), value: '' })) : [];
      return world.role(text('RoleName'), (found) => ({ ...there(found), tags: untagged(there(found).tags, keys) }));
    }
    case 'AddUserToGroup':
      return world.membership(text('GroupName'), text('UserName'), true);
    case 'RemoveUserFromGroup':
      return world.membership(text('GroupName'), text('UserName'), false);
    default:
      return ofAny(world, verb, text);
  }
}

/** The calls that users, groups and roles share. */
function ofAny(world: World, verb: string, text: (key: string) => string): State {
  const [, start, kind, end] = /^(Attach|Detach|Put|Delete)(User|Group|Role)(Policy|PermissionsBoundary)$/.exec(verb) ?? [];
  const edit = <T extends User | Group | Role>(found: T): T => {
    if (end === 'PermissionsBoundary') return { ...found, boundary: start === 'Put' ? text('PermissionsBoundary') : null };
    const { required = [] } = found.managedPolicies ?? {};
    const inline = found.inlinePolicies ?? [];
    switch (start) {
      case 'Attach':
        return { ...found, managedPolicies: set([...required.filter((arn) => arn !== text('PolicyArn')), text('PolicyArn')]) };
      case 'Detach':
        if (!required.includes(text('PolicyArn'))) throw new Error('NoSuchEntity');
        return { ...found, managedPolicies: set(required.filter((arn) => arn !== text('PolicyArn'))) };
      case 'Put': {
        const put = { name: text('PolicyName'), document: identityPolicy(text('PolicyDocument')) };
        const next = inline.some(({ name }) => name === put.name)
          ? inline.map((one) => (one.name === put.name ? put : one))
          : [...inline, put];
        const limits: Readonly<Record<string, number>> = QUOTAS.inline;
        const limit = limits[kind ?? ''] ?? 0;
        if (sizeOf(next) > limit && sizeOf(next) > sizeOf(inline)) throw new Error(`LimitExceeded: ${sizeOf(next)}`);
        return { ...found, inlinePolicies: next };
      }
      default:
        if (!inline.some(({ name }) => name === text('PolicyName'))) throw new Error('NoSuchEntity');
        return { ...found, inlinePolicies: inline.filter(({ name }) => name !== text('PolicyName')) };
    }
  };
  if (kind === 'User') return world.user(text('UserName'), (found) => edit(there(found)));
  if (kind === 'Group') return world.group(text('GroupName'), (found) => edit(there(found)));
  if (kind === 'Role') return world.role(text('RoleName'), (found) => edit(there(found)));
  throw new Error(`no call of a plan: ${verb}`);
}

const NONE: NameSet = { required: [], optional: [] };

function set(required: readonly string[]): NameSet {
  return { required, optional: [] };
}

export function sizeOf(policies: readonly InlinePolicy[]): number {
  return policies.reduce((sum, { document }) => sum + policySize(document.source), 0);
}

function there<T>(found: T | null | undefined): T {
  if (found === null || found === undefined) throw new Error('NoSuchEntity');
  return found;
}

function isBare({ managedPolicies, inlinePolicies }: Group | Role): boolean {
  return managedPolicies?.required.length === 0 && inlinePolicies?.length === 0;
}

function bare({ partition }: State, account: string, kind: string, path: string, name: string) {
  return { path, arn: `arn:${partition}:iam::${account}:${kind}${path}${name}`, managedPolicies: NONE, inlinePolicies: [] };
}

function tagsOf(value: unknown): Tag[] {
  return Array.isArray(value) ? value.map(({ Key, Value }) => ({ key: String(Key), value: String(Value) })) : [];
}

function untagged(tags: readonly Tag[] | undefined, gone: readonly Tag[]): Tag[] {
  return (tags ?? []).filter(({ key }) => !gone.some((other) => other.key.toLowerCase() === key.toLowerCase()));
}

type Edit<T> = (found: T | null | undefined) => T | null | undefined;

/** An account of a state. */
class World {
  readonly #state: State;
  readonly #account: string;
  readonly #verb: string;

  constructor(state: State, account: string, verb: string) {
    this.#state = state;
    this.#account = account;
    this.#verb = verb;
  }

  user(name: string, edit: Edit<User>): State {
    const { hub } = this.#state;
    if (this.#account !== hub.account || !same(hub.user.name, name)) throw new Error(`${this.#verb}: no user ${name} here`);
    return { ...this.#state, hub: { ...hub, user: { ...hub.user, value: edit(hub.user.value) } } };
  }

  group(name: string, edit: Edit<Group>): State {
    const { hub } = this.#state;
    if (this.#account !== hub.account || !hub.groups.some((group) => same(group.name, name)))
      throw new Error(`${this.#verb}: no group ${name} here`);
    const groups = hub.groups.map((group) => (same(group.name, name) ? { ...group, value: edit(group.value) } : group));
    return { ...this.#state, hub: { ...hub, groups } };
  }

  role(name: string, edit: Edit<Role>): State {
    const { targets } = this.#state;
    const isIt = ({ account, roleName }: State['targets'][number]) => account === this.#account && same(roleName, name);
    if (!targets.some(isIt)) throw new Error(`${this.#verb}: no role ${name} here`);
    return {
      ...this.#state,
      targets: targets.map((target) => (isIt(target) ? { ...target, role: { ...target.role, value: edit(target.role.value) } } : target)),
    };
  }

  /** Of any user, in any group: only the hub's show in the state. */
  membership(groupName: string, userName: string, isIn: boolean): State {
    const { hub } = this.#state;
    const isUser = same(hub.user.name, userName);
    if (isUser) there(hub.user.value);
    const group = hub.groups.find(({ name }) => same(name, groupName));
    if (group !== undefined) there(group.value);
    const arn = (isUser ? hub.user.value?.arn : undefined) ?? `arn:${this.#state.partition}:iam::${hub.account}:user/${userName}`;
    const groupArn = group?.value?.arn ?? `arn:${this.#state.partition}:iam::${hub.account}:group/${groupName}`;
    const change = (list: readonly Member[], member: Member) => {
      const others = list.filter(({ name }) => !same(name, member.name));
      return isIn ? [...others, member] : others;
    };
    const groups = hub.groups.map((other) =>
      other === group && other.value
        ? { ...other, value: { ...other.value, members: change(other.value.members ?? [], { name: userName, arn }) } }
        : other,
    );
    const user = isUser && hub.user.value ? this.#listed(hub.user.value, { name: groupName, arn: groupArn }, change) : hub.user.value;
    return { ...this.#state, hub: { ...hub, groups, user: { ...hub.user, value: user } } };
  }

  #listed(user: User, group: Member, change: (list: readonly Member[], member: Member) => readonly Member[]): User {
    const names = (user.groups?.required ?? []).map((name) => ({ name, arn: '' }));
    return {
      ...user,
      groups: set(change(names, group).map(({ name }) => name)),
      ...(user.groupArns === undefined ? {} : { groupArns: change(user.groupArns, group) }),
    };
  }
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
