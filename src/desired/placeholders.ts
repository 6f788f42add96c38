import type { PolicySource } from '../policy/types.ts';

/** What may stand in braces in any string of the file. */
export const PLACEHOLDERS = ['hubAccount', 'account', 'roleName', 'partition', 'targetName'] as const;

export type Placeholder = (typeof PLACEHOLDERS)[number];

/** Those that only a target gives a value to. */
export const TARGET_PLACEHOLDERS: readonly Placeholder[] = ['account', 'roleName', 'targetName'];

export type PlaceholderValues = ReadonlyMap<string, string>;

/** Stand-ins, to judge the form of a text before its target is known. */
export const SAMPLE_VALUES: PlaceholderValues = new Map<Placeholder, string>([
  ['hubAccount', '111122223333'],
  ['account', '444455556666'],
  ['roleName', 'Role'],
  ['partition', 'aws'],
  ['targetName', 'name'],
]);

/**
 * `{…}` on one line without quotes: braces of JSON text always hold a quote, `${…}` is an IAM policy variable.
 * The length is bounded to keep the time linear.
 */
const BRACES = /(?<!\$)\{([^{}"\\\n]{1,64})\}/g;

/** The names in braces, in order, known or not. What holds no letter (`{2}`, `{ }`) is no placeholder. */
export function placeholdersIn(text: string): readonly string[] {
  return [...text.matchAll(BRACES)].map((match) => match[1] ?? '').filter((name) => /[A-Za-z]/.test(name));
}

export function hasPlaceholder(text: string): boolean {
  return text.includes('{') && placeholdersIn(text).length > 0;
}

export function isPlaceholder(name: string): name is Placeholder {
  return (PLACEHOLDERS as readonly string[]).includes(name);
}

/** Replaces the placeholders that have a value; the others by `unknown`, or not at all. */
export function expandText(text: string, values: PlaceholderValues, unknown?: string): string {
  if (!text.includes('{')) return text;
  return text.replace(BRACES, (whole, name: string) => {
    if (!/[A-Za-z]/.test(name)) return whole;
    return values.get(name) ?? unknown ?? whole;
  });
}

/** A document with the placeholders in its keys and strings replaced. In JSON text the values are escaped as JSON asks. */
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

export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
