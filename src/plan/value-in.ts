import { isDeepStrictEqual } from 'node:util';
import { shown } from '../drift/documents.ts';
import { sameName } from '../iam/names.ts';
import { comparePolicies } from '../policy/index.ts';
import type { PolicyKind } from '../policy/types.ts';
import type { Group, InlinePolicy, NameSet, Role, State, User } from '../state/state.ts';
import { fields, tagList } from './call-for.ts';
import type { Entity, Part } from './part.ts';

/** The part's value in a state; `null`: not there, `undefined`: not known. */
export function valueIn(part: Part, state: State): unknown {
  if (part.kind === 'member') return memberValue(part.of, part.user, state);
  const found = find(part.of, state);
  if (!found) return found;
  switch (part.kind) {
    case 'entity':
      return createdWith(found);
    case 'trust':
      return 'trust' in found && found.trust !== undefined ? shown(found.trust) : undefined;
    case 'boundary':
      return 'boundary' in found ? found.boundary : null;
    case 'settings':
      return 'description' in found ? settingsOf(found) : undefined;
    case 'attached':
      return attachedValue(found.managedPolicies, part.arn);
    case 'inline':
      return inlineValue(found.inlinePolicies, part.name);
    case 'tags':
      return 'tags' in found
        ? found.tags && tagList(found.tags).filter(({ key }) => part.keys.some((other) => sameName(key, other)))
        : undefined;
  }
}

/** The user, group or role of a state; `null`: there is none, `undefined`: not known, or not one that the state holds. */
export function find(entity: Entity, { hub, targets }: State): User | Group | Role | null | undefined {
  const { kind, account, name } = entity;
  if (kind === 'Role') return targets.find((target) => target.account === account && sameName(target.roleName, name))?.role.value;
  if (account !== hub.account) return undefined;
  if (kind === 'User') return sameName(hub.user.name, name) ? hub.user.value : undefined;
  return hub.groups.find((group) => sameName(group.name, name))?.value;
}

/** What CreateUser, CreateGroup or CreateRole sets. */
function createdWith(found: User | Group | Role): unknown {
  const { path } = found;
  if (path === undefined) return undefined;
  if ('trust' in found) {
    const { trust, description, maxSessionDuration, boundary, tags } = found;
    if ([trust, description, maxSessionDuration, boundary, tags].includes(undefined)) return undefined;
    return { path, trust: trust && shown(trust), description, maxSessionDuration, boundary, tags: tagList(tags) };
  }
  if (!('boundary' in found)) return { path };
  return found.boundary === undefined ? undefined : { path, boundary: found.boundary };
}

function settingsOf({ description, maxSessionDuration }: Role): unknown {
  return description === undefined || maxSessionDuration === undefined ? undefined : { description, maxSessionDuration };
}

function attachedValue(policies: NameSet | undefined, arn: string): unknown {
  if (policies === undefined) return undefined;
  return policies.required.includes(arn) ? arn : null;
}

function inlineValue(policies: readonly InlinePolicy[] | undefined, name: string): unknown {
  if (policies === undefined) return undefined;
  const policy = policies.find((other) => other.name === name);
  return policy === undefined ? null : shown(policy.document);
}

/** Told by the group where the state holds it, else by the user: that may be in groups which are not the hub's. */
function memberValue(group: Entity, user: string, state: State): unknown {
  const found = find(group, state);
  if (found === null) return null;
  const names = found !== undefined && 'members' in found ? found.members?.map(({ name }) => name) : undefined;
  const { hub } = state;
  if (names !== undefined) return names.some((name) => sameName(name, user)) ? true : null;
  if (!sameName(hub.user.name, user)) return undefined;
  if (!hub.user.value) return hub.user.value;
  const groups = hub.user.value.groups?.required;
  return groups && (groups.some((name) => sameName(name, group.name)) ? true : null);
}

/**
 * Whether AWS shows what was written. It may show the same document in another form (principals in another order, an account id as its root), so
 * documents are compared by what they allow.
 */
export function isAsWritten(part: Part, written: unknown, there: unknown): boolean {
  if (isDeepStrictEqual(written, there)) return true;
  switch (part.kind) {
    case 'trust':
      return sameDocument(written, there, 'trust');
    case 'inline':
      return sameDocument(written, there, 'identity');
    case 'entity': {
      const { trust, tags, ...rest } = fields(written);
      const { trust: trustThere, tags: tagsThere, ...restThere } = fields(there);
      const isThere = written !== null && there !== null && there !== undefined;
      return isThere && isDeepStrictEqual(rest, restThere) && sameTags(tags, tagsThere) && sameDocument(trust, trustThere, 'trust');
    }
    case 'tags':
      return sameTags(written, there);
    default:
      return false;
  }
}

function sameDocument(a: unknown, b: unknown, kind: PolicyKind): boolean {
  if (isDeepStrictEqual(a, b)) return true;
  return isSource(a) && isSource(b) && comparePolicies(a, b, kind).verdict === 'same';
}

/** Whether a value is a document, as JSON or as text. */
export function isSource(value: unknown): value is string | Readonly<Record<string, unknown>> {
  return typeof value === 'string' || (typeof value === 'object' && value !== null && !Array.isArray(value));
}

function sameTags(a: unknown, b: unknown): boolean {
  return Array.isArray(a) === Array.isArray(b) && isDeepStrictEqual(tagList(a), tagList(b));
}
