import { grouped } from './grouped.ts';

type Group<T> = readonly [T, ...T[]];

/** Groups that differ by names alone are put together from this number on: fewer are read faster as they are. */
const MANY = 4;

/**
 * Groups of items that are the same, in the order in which they first come. Where many groups differ by nothing but names, they are one entry; any other
 * group is an entry of its own.
 *
 * @param namelessKeyOf like `keyOf`, without names. Groups whose items differ in it stay as they are
 */
export function alike<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  namelessKeyOf: (item: T) => string,
): readonly (readonly [Group<T>, ...Group<T>[]])[] {
  const groups = [...grouped(items, keyOf)].map(([key, group]) => ({ key, group }));
  const together = grouped(groups, ({ key, group }) => {
    const nameless = new Set(group.map(namelessKeyOf));
    return nameless.size === 1 ? `nameless ${[...nameless].join('')}` : `own ${key}`;
  });
  return [...together.values()].flatMap((entry) => {
    const [first, ...others] = entry.map(({ group }) => group);
    if (first === undefined) return [];
    return entry.length < MANY ? entry.map(({ group }): [Group<T>] => [group]) : [[first, ...others] as const];
  });
}

/** The groups of one entry, in as few parts as can be that have nobody twice. */
export function disjoint<T>(groups: readonly Group<T>[], whoOf: (item: T) => string): readonly Group<T>[] {
  const parts: { readonly known: Set<string>; readonly items: [T, ...T[]] }[] = [];
  for (const group of groups) {
    const own = group.map(whoOf);
    const part = parts.find(({ known }) => own.every((who) => !known.has(who)));
    if (part === undefined) parts.push({ known: new Set(own), items: [...group] });
    else {
      part.items.push(...group);
      for (const who of own) part.known.add(who);
    }
  }
  return parts.map(({ items }) => items);
}
