import type { PolicySource } from '../policy/index.ts';
import type { Tag } from './tag.ts';

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A policy document, as an object or as text. */
export function policySource(value: unknown): PolicySource | undefined {
  return typeof value === 'string' || isMapping(value) ? value : undefined;
}

/** Tags in the order of their keys, as AWS keeps none. What is not a tag is left out. */
export function tagList(value: unknown): readonly Tag[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  const tags = list.flatMap((tag) =>
    isMapping(tag) && typeof tag.key === 'string' && typeof tag.value === 'string' ? [{ key: tag.key, value: tag.value }] : [],
  );
  return tags.toSorted((one, other) => (one.key.toLowerCase() < other.key.toLowerCase() ? -1 : 1));
}
