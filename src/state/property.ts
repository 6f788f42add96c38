import { isDeepStrictEqual } from 'node:util';
import { sameName } from '../iam/names.ts';
import { type Comparer, type DocumentHints, type Policy, parsePolicy } from '../policy/index.ts';
import {
  type Creation,
  creationFromJson,
  creationOf,
  creationToJson,
  type RoleSettings,
  sameCreation,
  samePolicy,
  settingsFromJson,
  settingsOf,
} from './creation.ts';
import { editContent, editEntity, editPolicies, findEntity, withCreation, withMembership, withoutEntity } from './edit.ts';
import { type Entity, entityKey, type PolicyEntity } from './entity.ts';
import { asText, isMapping, policySource, tagList } from './json.ts';
import type { Group, InlinePolicy, PolicyContent, Role, State, User } from './state.ts';
import type { Tag } from './tag.ts';
import { findPolicy } from './used-policies.ts';

interface Addresses {
  readonly entity: { readonly of: Entity };
  readonly trust: { readonly of: Entity };
  readonly boundary: { readonly of: Entity };
  readonly settings: { readonly of: Entity };
  readonly attached: { readonly of: Entity; readonly arn: string };
  readonly inline: { readonly of: Entity; readonly name: string };
  readonly tags: { readonly of: Entity; readonly keys: readonly string[] };
  readonly member: { readonly of: Entity; readonly user: string };
  /** What a customer managed policy says: its default version. */
  readonly content: { readonly of: PolicyEntity };
  /** One version of it, default or not. */
  readonly version: { readonly of: PolicyEntity; readonly id: string };
}

interface Values {
  readonly entity: Creation;
  readonly trust: Policy;
  /** ARN of the boundary. */
  readonly boundary: string;
  readonly settings: RoleSettings;
  /** ARN of the policy. */
  readonly attached: string;
  readonly inline: Policy;
  /** Those of the keys that the role has. */
  readonly tags: readonly Tag[];
  readonly member: true;
  readonly content: DefaultVersion;
  readonly version: Policy;
}

/** `id: undefined`: of a version that is to be created, or whose number was not seen. */
export interface DefaultVersion {
  readonly id: string | undefined;
  readonly document: Policy;
}

export type PropertyKind = keyof Values;

/**
 * What one call to IAM sets: a property of a user, group or role. Planning, verifying and undoing all go by properties, and this module is the one way
 * to read and to write them in a state.
 */
export type IamProperty<K extends PropertyKind = PropertyKind> = { [P in K]: { readonly kind: P } & Addresses[P] }[K];

/** `null`: it is not there. */
export type PropertyValue<K extends PropertyKind = PropertyKind> = Values[K] | null;

/** A property that goes from one value to another. */
export interface PropertyChange<K extends PropertyKind = PropertyKind> {
  readonly property: IamProperty<K>;
  readonly before: PropertyValue<K>;
  readonly after: PropertyValue<K>;
}

/** How the properties of one kind are read, written, compared and shown. */
interface PropertyType<K extends PropertyKind> {
  readonly read: (property: IamProperty<K>, state: State) => PropertyValue<K> | undefined;
  readonly write: (property: IamProperty<K>, state: State, value: PropertyValue<K>) => State;
  readonly isSame: (one: Values[K], other: Values[K], comparer: Comparer) => boolean;
  readonly toJson: (value: Values[K]) => unknown;
  /** `undefined` for what no run writes. */
  readonly fromJson: (json: unknown, property: IamProperty<K>, partition: string) => Values[K] | undefined;
}

const TYPES: { readonly [K in PropertyKind]: PropertyType<K> } = {
  entity: {
    read: ({ of }, state) => readEntity(of, state, creationOf),
    write: ({ of }, state, value) => (value === null ? withoutEntity(state, of) : withCreation(state, of, value)),
    isSame: sameCreation,
    toJson: creationToJson,
    fromJson: (json, { of }, partition) => creationFromJson(json, of, partition),
  },
  trust: {
    read: ({ of }, state) => readEntity(of, state, (found) => ('trust' in found ? found.trust : undefined)),
    write: ({ of }, state, value) => editEntity(state, of, { Role: (role) => (value === null ? role : { ...role, trust: value }) }),
    isSame: samePolicy,
    toJson: (policy) => policy.json,
    fromJson: (json, { of: { account } }, partition) => policyFrom(json, 'trust', { partition, account }),
  },
  boundary: {
    read: ({ of }, state) => readEntity(of, state, (found) => ('boundary' in found ? found.boundary : null)),
    write: ({ of }, state, value) =>
      editEntity(state, of, { User: (user) => ({ ...user, boundary: value }), Role: (role) => ({ ...role, boundary: value }) }),
    isSame: Object.is,
    toJson: (arn) => arn,
    fromJson: asText,
  },
  settings: {
    read: ({ of }, state) => readEntity(of, state, (found) => ('description' in found ? settingsOf(found) : undefined)),
    write: ({ of }, state, value) => editEntity(state, of, { Role: (role) => (value === null ? role : { ...role, ...value }) }),
    isSame: (one, other) => isDeepStrictEqual(one, other),
    toJson: (settings) => settings,
    fromJson: settingsFromJson,
  },
  attached: {
    read: ({ of, arn }, state) =>
      readEntity(of, state, ({ managedPolicies }) => managedPolicies && (managedPolicies.required.includes(arn) ? arn : null)),
    write: ({ of, arn }, state, value) =>
      editPolicies(state, of, ({ managedPolicies }) => {
        const others = (managedPolicies?.required ?? []).filter((other) => other !== arn);
        return { managedPolicies: { required: value === null ? others : [...others, arn], optional: [] } };
      }),
    isSame: Object.is,
    toJson: (arn) => arn,
    fromJson: asText,
  },
  inline: {
    read: ({ of, name }, state) =>
      readEntity(
        of,
        state,
        ({ inlinePolicies }) => inlinePolicies && (inlinePolicies.find((policy) => policy.name === name)?.document ?? null),
      ),
    write: ({ of, name }, state, value) =>
      editPolicies(state, of, ({ inlinePolicies = [] }) => ({ inlinePolicies: withInline(inlinePolicies, name, value) })),
    isSame: samePolicy,
    toJson: (policy) => policy.json,
    fromJson: (json, _property, partition) => policyFrom(json, 'identity', { partition }),
  },
  tags: {
    read: ({ of, keys }, state) =>
      readEntity(of, state, (found) =>
        'tags' in found ? found.tags && tagList(found.tags.filter((tag) => hasKey(keys, tag))) : undefined,
      ),
    write: ({ of, keys }, state, value) =>
      editEntity(state, of, {
        Role: (role) => ({ ...role, tags: [...(role.tags ?? []).filter((tag) => !hasKey(keys, tag)), ...(value ?? [])] }),
      }),
    isSame: (one, other) => isDeepStrictEqual(tagList(one), tagList(other)),
    toJson: (tags) => tagList(tags),
    fromJson: (json) => (Array.isArray(json) ? tagList(json) : undefined),
  },
  member: {
    read: ({ of, user }, state) => readMembership(of, user, state),
    write: ({ of, user }, state, value) => withMembership(state, of, user, value !== null),
    isSame: () => true,
    toJson: () => true,
    fromJson: (json) => (json === true ? true : undefined),
  },
  content: {
    read: ({ of }, state) => readContent(of, state, ({ version: id, document }) => document && { id, document }),
    write: ({ of }, state, value) => editContent(state, of, (content) => withDefault(content, value)),
    isSame: (one, other, comparer) => samePolicy(one.document, other.document, comparer),
    toJson: ({ id, document }) => ({ version: id ?? null, document: document.json }),
    fromJson: defaultVersionFrom,
  },
  version: {
    read: ({ of, id }, state) => readContent(of, state, (content) => versionIn(content, id)),
    write: ({ of, id }, state, value) =>
      editContent(state, of, (content) => content && { ...content, former: withVersion(content.former, id, value) }),
    isSame: samePolicy,
    toJson: (policy) => policy.json,
    fromJson: (json, _property, partition) => policyFrom(json, 'identity', { partition }),
  },
};

/** The property's value in a state; `null`: not there, `undefined`: not known. */
export function readProperty<K extends PropertyKind>(property: IamProperty<K>, state: State): PropertyValue<K> | undefined {
  return typeOf(property).read(property, state);
}

/** The state in which a property has another value. A property of something that the state does not hold changes nothing. */
export function writeProperty<K extends PropertyKind>(property: IamProperty<K>, state: State, value: PropertyValue<K>): State {
  return typeOf(property).write(property, state, value);
}

/**
 * Whether two values say the same. AWS may show a document in another form than it was written (principals in another order, an account id as its root), so
 * documents are compared by what they allow.
 */
export function isSameValue<K extends PropertyKind>(
  property: IamProperty<K>,
  one: PropertyValue<K> | undefined,
  other: PropertyValue<K> | undefined,
  comparer: Comparer,
): boolean {
  if (one === null || other === null || one === undefined || other === undefined) return one === other;
  return typeOf(property).isSame(one, other, comparer);
}

/** The value as reports have it. */
export function valueToJson<K extends PropertyKind>(property: IamProperty<K>, value: PropertyValue<K>): unknown {
  return value === null ? null : typeOf(property).toJson(value);
}

/** A change as reports have it. */
export function changeToJson({ property, before, after }: PropertyChange): { readonly before: unknown; readonly after: unknown } {
  return { before: valueToJson(property, before), after: valueToJson(property, after) };
}

/** The value after a change that made a new default version, with the id that AWS gave it; `undefined` for any other change. */
export function withVersionId({ property, after }: PropertyChange, id: string): DefaultVersion | undefined {
  const isVersion = property.kind === 'content' && typeof after === 'object' && after !== null && 'id' in after && 'document' in after;
  return isVersion ? { id, document: after.document } : undefined;
}

/** The reverse of `valueToJson`, for reports that are read back; `undefined` for what no run writes. */
export function valueFromJson<K extends PropertyKind>(
  property: IamProperty<K>,
  json: unknown,
  partition: string,
): PropertyValue<K> | undefined {
  return json === null ? null : typeOf(property).fromJson(json, property, partition);
}

function typeOf<K extends PropertyKind>({ kind }: { readonly kind: K }): PropertyType<K> {
  return TYPES[kind];
}

/** Equal for the same property, whatever the case of names. */
export function propertyKey(property: IamProperty): string {
  return JSON.stringify([property.kind, entityKey(property.of), detailOf(property)]);
}

function detailOf(property: IamProperty): string | readonly string[] {
  switch (property.kind) {
    case 'attached':
      return property.arn;
    case 'inline':
      return property.name;
    case 'tags':
      return property.keys.map((key) => key.toLowerCase()).toSorted();
    case 'member':
      return property.user.toLowerCase();
    case 'version':
      return property.id;
    default:
      return '';
  }
}

function readContent<T>(of: PolicyEntity, state: State, read: (content: PolicyContent) => T): T | null | undefined {
  const content = findPolicy(state, of.arn)?.content;
  return content ? read(content) : content;
}

/** Where not all versions were read, only those are known that were the default one. */
function versionIn({ version, document, standing, former = [] }: PolicyContent, id: string): Policy | null | undefined {
  if (version === id) return document;
  const known = [...former, ...(standing?.versions ?? [])].find((one) => one.id === id);
  return known === undefined ? standing?.versions && null : known.document;
}

function withDefault(content: PolicyContent | null | undefined, value: DefaultVersion | null): PolicyContent | null | undefined {
  if (content === undefined || value === null) return content && null;
  const { id: version, document } = value;
  if (!content) return { version, document };
  const isKnown = content.version !== undefined && content.document !== undefined;
  const former = isKnown ? withVersion(content.former, content.version, content.document) : content.former;
  return { ...content, version, document, ...(former === undefined ? {} : { former }) };
}

function withVersion(former: PolicyContent['former'] = [], id: string, document: Policy | null): NonNullable<PolicyContent['former']> {
  return [...former.filter((version) => version.id !== id), { id, document }];
}

function defaultVersionFrom(json: unknown, _property: IamProperty<'content'>, partition: string): DefaultVersion | undefined {
  const document = isMapping(json) ? policyFrom(json.document, 'identity', { partition }) : undefined;
  return document && { id: isMapping(json) ? asText(json.version) : undefined, document };
}

function readEntity<T>(of: Entity, state: State, read: (found: User | Group | Role) => T): T | null | undefined {
  const found = findEntity(of, state);
  return found ? read(found) : found;
}

function policyFrom(json: unknown, kind: Policy['kind'], hints: DocumentHints): Policy | undefined {
  const source = policySource(json);
  return source === undefined ? undefined : parsePolicy(source, kind, hints);
}

function withInline(policies: readonly InlinePolicy[], name: string, value: Policy | null): readonly InlinePolicy[] {
  if (value === null) return policies.filter((policy) => policy.name !== name);
  const written = { name, document: value };
  if (!policies.some((policy) => policy.name === name)) return [...policies, written];
  return policies.map((policy) => (policy.name === name ? written : policy));
}

function hasKey(keys: readonly string[], { key }: Tag): boolean {
  return keys.some((other) => sameName(key, other));
}

/** The group says who its members are; of a group that the state does not hold, the hub user says it. */
function readMembership(group: Entity, user: string, state: State): true | null | undefined {
  const found = findEntity(group, state);
  if (found === null) return null;
  const members = found !== undefined && 'members' in found ? found.members : undefined;
  if (members !== undefined) return members.some(({ name }) => sameName(name, user)) ? true : null;
  const { hub } = state;
  if (group.account !== hub.account || !sameName(hub.user.name, user)) return undefined;
  if (!hub.user.value) return hub.user.value;
  const groups = hub.user.value.groups?.required;
  return groups && (groups.some((name) => sameName(name, group.name)) ? true : null);
}
