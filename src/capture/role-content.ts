import { hasPlaceholder } from '../desired/placeholders.ts';
import { trustPolicy } from '../iam/grant-document.ts';
import { policyReference } from '../iam/managed-policy.ts';
import { type Comparer, type Policy, parsePolicy, policyOf, withoutUniqueIds } from '../policy/index.ts';
import type { InlinePolicy, NameSet, Role } from '../state/state.ts';
import type { Tag } from '../state/tag.ts';

/** Whose content it is. */
export interface ContentOwner {
  readonly partition: string;
  readonly account: string;
}

/** What the hub is called in trust policies. */
export interface HubPrincipals {
  readonly root: string;
  readonly user: string;
}

/*
 * Live values in the words of the desired-state file. `undefined` is what the file has no words for: a literal `{name}` outside of documents (it would
 * be a placeholder), a document that is no policy.
 */

/** Exactly these; where the file tells required policies from optional ones, those that are not optional in it. */
export function policiesContent(
  { required }: NameSet,
  { partition, account }: ContentOwner,
  optional: readonly string[] = [],
): readonly string[] | undefined {
  const references = required.filter((arn) => !optional.includes(arn)).map((arn) => policyReference(arn, partition, account));
  return references.some(hasPlaceholder) ? undefined : references;
}

export function boundaryContent(arn: string | null, { partition, account }: ContentOwner): string | undefined {
  if (arn === null) return 'none';
  const reference = policyReference(arn, partition, account);
  return hasPlaceholder(reference) ? undefined : reference;
}

/** Those that can be stated; what is left out is drift at the next audit. */
export function inlineContent(policies: readonly InlinePolicy[], comparer: Comparer): ReadonlyMap<string, unknown> {
  const stated = policies.map(({ name, document }) => [name, documentContent(document, comparer)] as const);
  return new Map(stated.filter(([, document]) => document !== undefined));
}

/** Without principals that show as unique ids: these can't be restored, and an audit goes on reporting them. */
export function trustContent(trust: Policy, hub: HubPrincipals, comparer: Comparer): unknown {
  const { policy } = withoutUniqueIds(trust);
  if (policy === null) return undefined;
  if (comparer.isSame(trustPolicy(hub.root, policy), policy)) return 'hub-account';
  if (comparer.isSame(trustPolicy(hub.user, policy), policy)) return 'hub-user';
  return documentContent(policy, comparer);
}

export function descriptionContent(description: string): string | undefined {
  return hasPlaceholder(description) ? undefined : description;
}

/** Of the tags that the file names, those that are there. */
export function tagsContent({ tags = [] }: Role, stated: readonly Tag[]): ReadonlyMap<string, string> | undefined {
  const named = stated.flatMap(({ key }) => tags.filter((tag) => tag.key.toLowerCase() === key.toLowerCase()));
  return named.some(({ key, value }) => hasPlaceholder(key) || hasPlaceholder(value))
    ? undefined
    : new Map(named.map(({ key, value }) => [key, value]));
}

/**
 * A document as a mapping, or as JSON text where a mapping would not come back as it is: JSON can escape the brace of what looks like a placeholder, and
 * characters that YAML does not take.
 */
export function documentContent(policy: Policy, comparer: Comparer): unknown {
  if (policy.problem !== null) return undefined;
  const text = JSON.stringify(policy.kind === 'trust' ? withoutBareStar(policy) : policy.json);
  const content = isPlain(text) ? JSON.parse(text) : escaped(text);
  return comparer.isSame(policy, parsePolicy(content, policy.kind, policy)) ? content : undefined;
}

/** A file does not take a principal `"*"`, which IAM does not either; it stands for `{"AWS": "*"}`. */
function withoutBareStar({ json, kind, statements }: Policy): unknown {
  return /"Principal":"\*"/.test(JSON.stringify(json)) ? policyOf(statements ?? [], kind).source : json;
}

/** Numbers are left out of it as well: YAML has more ways to read them than JSON. */
function isPlain(json: string): boolean {
  return /^[\x20-\x7e\xa1-\xff]*$/.test(json) && !/\\u/.test(json) && !hasPlaceholder(json) && !/[:,[]-?\d/.test(json);
}

function escaped(json: string): string {
  return json
    .replace(/[^\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/"(?:[^"\\]|\\.)*"/g, (text) => text.replace(/(?<!\$)\{/g, '\\u007b'));
}

/** The same content for whichever account: its own id is a placeholder. */
export function forAnyAccount(content: unknown, account: string): unknown {
  if (typeof content === 'string') return content.replaceAll(new RegExp(`(?<!\\d)${account}(?!\\d)`, 'g'), '{account}');
  if (Array.isArray(content)) return content.map((item: unknown) => forAnyAccount(item, account));
  if (content instanceof Map)
    return new Map([...content].map(([key, item]) => [forAnyAccount(key, account), forAnyAccount(item, account)]));
  if (typeof content !== 'object' || content === null) return content;
  return Object.fromEntries(
    Object.entries(content).map(([key, item]) => [String(forAnyAccount(key, account)), forAnyAccount(item, account)]),
  );
}

/** Tells contents apart; the order of names and policies does not matter. */
export function contentKey(content: unknown): string {
  if (content instanceof Map) return JSON.stringify([...content].toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1)));
  return JSON.stringify(Array.isArray(content) ? content.toSorted() : content);
}
