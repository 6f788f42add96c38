/** The items by what `key` says of them, both in the order in which they first come. */
export function grouped<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** The most frequent text with its number; of several the first in order. `undefined` of none. */
export function mostUsual(texts: readonly string[]): { readonly text: string; readonly count: number } | undefined {
  const counted = [...grouped(texts, (text) => text)].map(([text, all]) => ({ text, count: all.length }));
  return counted.toSorted((one, other) => other.count - one.count || (one.text < other.text ? -1 : 1))[0];
}
