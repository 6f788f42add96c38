import { Policy } from '../policy/index.ts';

/**
 * Whether two parts of a state hold the same, whatever the order of their lists and keys: the order of things in a state has no meaning. Policies
 * are compared as JSON values, so that white space does not count.
 */
export function sameContent(one: unknown, other: unknown): boolean {
  return JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));
}

function ordered(value: unknown): unknown {
  if (value instanceof Policy) return ordered(value.json);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(ordered).sort(byJson);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  // Pairs in place of an object: `__proto__` is a valid name.
  return entries.map(([key, item]): [string, unknown] => [key, ordered(item)]).sort(([a], [b]) => Number(a > b) - Number(a < b));
}

function byJson(one: unknown, other: unknown): number {
  const [a, b] = [JSON.stringify(one), JSON.stringify(other)];
  return Number(a > b) - Number(a < b);
}
