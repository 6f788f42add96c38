import { grouped } from '../text/grouped.ts';

/** The most frequent text with its number; of several the first in order. `undefined` of none. */
export function mostUsual(texts: readonly string[]): { readonly text: string; readonly count: number } | undefined {
  const counted = [...grouped(texts, (text) => text)].map(([text, all]) => ({ text, count: all.length }));
  return counted.toSorted((one, other) => other.count - one.count || (one.text < other.text ? -1 : 1))[0];
}
