/**
 * Whether two JSON values are the same whatever the order of their lists and keys. Text that holds a JSON object counts as that object: documents come
 * both ways. Nothing that is in a state has a meaning that hangs on the order.
 */
export function sameValue(one: unknown, other: unknown): boolean {
  return JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));
}

function ordered(value: unknown): unknown {
  if (typeof value === 'string') return asObject(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(ordered).sort(byJson);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  // Pairs in place of an object: `__proto__` is a valid name.
  return entries.map(([key, item]): [string, unknown] => [key, ordered(item)]).sort(([a], [b]) => Number(a > b) - Number(a < b));
}

function asObject(text: string): unknown {
  if (!text.startsWith('{')) return text;
  try {
    return ordered(JSON.parse(text));
  } catch {
    return text;
  }
}

function byJson(one: unknown, other: unknown): number {
  const [a, b] = [JSON.stringify(one), JSON.stringify(other)];
  return Number(a > b) - Number(a < b);
}
