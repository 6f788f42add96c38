import { hasPlaceholder } from '../desired/placeholders.ts';
import { policyReference } from '../iam/managed-policy.ts';
import { type Comparer, type Policy, parsePolicy, policyOf, withoutUniqueIds } from '../policy/index.ts';
import { isMapping, policySource } from '../state/json.ts';
import type { InlinePolicy, NameSet, Role } from '../state/state.ts';
import type { Tag } from '../state/tag.ts';
import { type HubArns, shortTrust } from './short-trust.ts';

/** Whose content it is. */
export interface ContentOwner {
  readonly partition: string;
  readonly account: string;
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
export function trustContent(trust: Policy, hub: HubArns, comparer: Comparer): unknown {
  const { policy } = withoutUniqueIds(trust);
  if (policy === null) return undefined;
  return shortTrust(policy, hub, comparer) ?? documentContent(policy, comparer);
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
  const json = withPlainNumbers(policy.kind === 'trust' ? withoutBareStar(policy) : policy.json);
  const content = isPlain(JSON.stringify(json)) ? json : escaped(JSON.stringify(json, null, 2));
  const source = policySource(content);
  return source !== undefined && comparer.isSame(policy, parsePolicy(source, policy.kind, policy)) ? content : undefined;
}

/** A file does not take a principal `"*"`, which IAM does not either; it stands for `{"AWS": "*"}`. */
function withoutBareStar({ json, kind, statements }: Policy): unknown {
  return /"Principal":"\*"/.test(JSON.stringify(json)) ? policyOf(statements ?? [], kind).source : json;
}

/** YAML has more ways to read a number than JSON, so all but plain ones are text, which means the same. */
function withPlainNumbers(json: unknown): unknown {
  if (typeof json === 'number') return Number.isSafeInteger(json) && !Object.is(json, -0) ? json : String(json);
  if (Array.isArray(json)) return json.map(withPlainNumbers);
  return isMapping(json) ? Object.fromEntries(Object.entries(json).map(([key, item]) => [key, withPlainNumbers(item)])) : json;
}

/** Whether a file can hold it: no literal placeholders, and no characters but those that people see. */
function isPlain(json: string): boolean {
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]*$/u.test(json) && !/\\u/.test(json) && !hasPlaceholder(json);
}

function escaped(json: string): string {
  return json
    .replace(/[^\x20-\x7e\n]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/"(?:[^"\\]|\\.)*"/g, (text) => text.replace(/(?<!\$)\{/g, '\\u007b'));
}
