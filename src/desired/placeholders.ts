import type { PolicySource } from '../policy/types.ts';
import { isMapping } from '../state/json.ts';

/** The placeholders that a text in the file may contain, in braces. */
export const PLACEHOLDERS = ['hubAccount', 'account', 'roleName', 'partition', 'targetName'] as const;

export type Placeholder = (typeof PLACEHOLDERS)[number];

/** The placeholders that take their value from a target. */
export const TARGET_PLACEHOLDERS: readonly Placeholder[] = ['account', 'roleName', 'targetName'];

export type PlaceholderValues = ReadonlyMap<string, string>;

/** Sample values, to check the form of a text before its target is known. */
export const SAMPLE_VALUES: PlaceholderValues = new Map<Placeholder, string>([
  ['hubAccount', '111122223333'],
  ['account', '444455556666'],
  ['roleName', 'Role'],
  ['partition', 'aws'],
  ['targetName', 'name'],
]);

/**
 * `{…}` on one line without quotes. The braces of JSON text always contain a quote, and `${…}` is an IAM policy variable.
 * The limit of the length keeps the time linear.
 */
const BRACES = /(?<!\$)\{([^{}"\\\n]{1,64})\}/g;

/** The names in braces in the order of the text, known or not. Braces without a letter (`{2}`, `{ }`) are not placeholders. */
export function placeholdersIn(text: string): readonly string[] {
  return [...text.matchAll(BRACES)].map((match) => match[1] ?? '').filter((name) => /[A-Za-z]/.test(name));
}

export function hasPlaceholder(text: string): boolean {
  return text.includes('{') && placeholdersIn(text).length > 0;
}

export function isPlaceholder(name: string): name is Placeholder {
  return PLACEHOLDERS.some((placeholder) => placeholder === name);
}

/** Replaces the placeholders that have a value. The others are replaced by `fallback`, or left as they are without one. */
export function expandText(text: string, values: PlaceholderValues, fallback?: string): string {
  if (!text.includes('{')) return text;
  return text.replace(BRACES, (whole, name: string) => {
    if (!/[A-Za-z]/.test(name)) return whole;
    return values.get(name) ?? fallback ?? whole;
  });
}

/** Replaces the placeholders in the keys and strings of a document. In JSON text the values are escaped. */
export function expandDocument(document: PolicySource, values: PlaceholderValues): PolicySource {
  if (typeof document === 'string') {
    return expandText(document, new Map([...values].map(([name, value]) => [name, JSON.stringify(value).slice(1, -1)])));
  }
  return expandMapping(document, values);
}

function expandMapping(mapping: Readonly<Record<string, unknown>>, values: PlaceholderValues): Record<string, unknown> {
  return Object.fromEntries(Object.entries(mapping).map(([key, value]) => [expandText(key, values), expandJson(value, values)]));
}

function expandJson(value: unknown, values: PlaceholderValues): unknown {
  if (typeof value === 'string') return expandText(value, values);
  if (Array.isArray(value)) return value.map((item) => expandJson(item, values));
  if (isMapping(value)) return expandMapping(value, values);
  return value;
}
