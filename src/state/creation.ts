import { isDeepStrictEqual } from 'node:util';
import { type Comparer, type Policy, parsePolicy } from '../policy/index.ts';
import type { Entity } from './entity.ts';
import { isMapping, policySource, tagList } from './json.ts';
import type { Group, Role, User } from './state.ts';
import type { Tag } from './tag.ts';

/** What a user, group or role is created with. */
export type Creation =
  | { readonly kind: 'User'; readonly path: string; readonly boundary: string | null }
  | { readonly kind: 'Group'; readonly path: string }
  | RoleCreation;

export interface RoleCreation extends RoleSettings {
  readonly kind: 'Role';
  readonly path: string;
  readonly trust: Policy;
  readonly boundary: string | null;
  readonly tags: readonly Tag[];
}

/** What UpdateRole sets, both at once. https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html */
export interface RoleSettings {
  readonly description: string;
  /** Seconds. */
  readonly maxSessionDuration: number;
}

/** `undefined` when a part of it was not read. */
export function creationOf(found: User | Group | Role): Creation | undefined {
  const { path } = found;
  if (path === undefined) return undefined;
  if ('trust' in found) {
    const { trust, boundary, tags } = found;
    const settings = settingsOf(found);
    if (trust === undefined || boundary === undefined || tags === undefined || settings === undefined) return undefined;
    return { kind: 'Role', path, trust, ...settings, boundary, tags: tagList(tags) };
  }
  if (!('boundary' in found)) return { kind: 'Group', path };
  return found.boundary === undefined ? undefined : { kind: 'User', path, boundary: found.boundary };
}

export function sameCreation(one: Creation, other: Creation, comparer: Comparer): boolean {
  if (one.kind !== 'Role' || other.kind !== 'Role') return isDeepStrictEqual(one, other);
  const { trust, tags, ...rest } = one;
  const { trust: otherTrust, tags: otherTags, ...otherRest } = other;
  return (
    isDeepStrictEqual(rest, otherRest) && isDeepStrictEqual(tagList(tags), tagList(otherTags)) && samePolicy(trust, otherTrust, comparer)
  );
}

/** Whether two documents say the same. What is not a valid policy says the same as itself alone. */
export function samePolicy(one: Policy, other: Policy, comparer: Comparer): boolean {
  return isDeepStrictEqual(one.json, other.json) || comparer.isSame(one, other);
}

export function creationToJson(creation: Creation): unknown {
  if (creation.kind !== 'Role') {
    const { kind: _kind, ...json } = creation;
    return json;
  }
  const { path, trust, description, maxSessionDuration, boundary, tags } = creation;
  return { path, trust: trust.json, description, maxSessionDuration, boundary, tags: tagList(tags) };
}

/** `undefined` for what no run writes. */
export function creationFromJson(json: unknown, { kind, account }: Entity, partition: string): Creation | undefined {
  if (!isMapping(json) || typeof json.path !== 'string') return undefined;
  const { path } = json;
  const boundary = typeof json.boundary === 'string' ? json.boundary : null;
  if (kind === 'User') return { kind, path, boundary };
  if (kind === 'Group') return { kind, path };
  const trust = policySource(json.trust);
  const settings = settingsFromJson(json);
  if (trust === undefined || settings === undefined) return undefined;
  return { kind, path, trust: parsePolicy(trust, 'trust', { partition, account }), ...settings, boundary, tags: tagList(json.tags) };
}

/** `undefined` when one of the two was not read. */
export function settingsOf({ description, maxSessionDuration }: Role): RoleSettings | undefined {
  return description === undefined || maxSessionDuration === undefined ? undefined : { description, maxSessionDuration };
}

export function settingsFromJson(json: unknown): RoleSettings | undefined {
  if (!isMapping(json)) return undefined;
  const { description, maxSessionDuration } = json;
  return typeof description === 'string' && typeof maxSessionDuration === 'number' ? { description, maxSessionDuration } : undefined;
}
