import type { Pattern } from '../pattern.ts';

/** A pattern and its groups. */
export interface Entry {
  readonly pattern: Pattern;
  /** The groups to which a text belongs if it matches the pattern. */
  readonly groups: readonly number[];
  /** The question is only about texts to which a wanted pattern adds a group. */
  readonly wanted: boolean;
}

export interface TextQuestion {
  readonly entries: readonly Entry[];
  /** By group, those that no longer matter for a text that belongs to the group for good. */
  readonly overruled: ReadonlyMap<number, readonly number[]>;
  /** Only texts that match this count. */
  readonly universe: Pattern | null;
  /** Texts that make good samples if they fit, best first. */
  readonly examples: readonly string[];
  /** Plain texts are compared in lower case. */
  readonly lowerCase: boolean;
}

/** The text before the first wildcard, variable or letter in either case; all of it for a single text. */
export function plainStart({ tokens }: Pattern): string {
  let text = '';
  for (const token of tokens) {
    if (token.kind !== 'char' || token.chars.length > 1) break;
    text += token.chars;
  }
  return text;
}
