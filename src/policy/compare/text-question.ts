import type { Pattern } from '../pattern.ts';

/** A pattern, and what it stands for. */
export interface Entry {
  readonly pattern: Pattern;
  /** The groups that a text belongs to when it matches this pattern. */
  readonly groups: readonly number[];
  /** Only texts that a wanted pattern adds a group to are asked for. */
  readonly wanted: boolean;
}

export interface TextQuestion {
  readonly entries: readonly Entry[];
  /** Groups that do not matter any more for a text that belongs to the given group, for good. */
  readonly overruled: ReadonlyMap<number, readonly number[]>;
  /** Only texts that match this count. */
  readonly universe: Pattern | null;
  /** Texts that make good samples, where they fit; the best first. */
  readonly examples: readonly string[];
  /** Plain texts are compared in lower case. */
  readonly lowerCase: boolean;
}

/** What comes before the first wildcard, variable or folded letter: of a single text all of it. */
export function plainStart({ tokens }: Pattern): string {
  let text = '';
  for (const token of tokens) {
    if (token.kind !== 'char' || token.chars.length > 1) break;
    text += token.chars;
  }
  return text;
}
