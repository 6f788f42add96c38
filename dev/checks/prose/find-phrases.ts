import { PHRASES, type Phrase } from './phrases.ts';

export interface Found {
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
  readonly phrase: Phrase;
}

/** White space, also where a line of a comment, a quotation or a list ends. */
const GAP = String.raw`(?:\s+(?:(?:#|//|>|\*)\s+)?)`;

const MATCHERS = PHRASES.map((phrase) => ({ phrase, pattern: new RegExp(phrase.avoid.source.replaceAll(' ', GAP), 'giu') }));

/** Every phrase to avoid in a text, in the order of the lines. @param line of the first line of the text */
export function findPhrases(text: string, line = 1): readonly Found[] {
  return MATCHERS.flatMap(({ phrase, pattern }) =>
    [...text.matchAll(pattern)].map(({ index, 0: match }) => ({
      line: line + text.slice(0, index).split('\n').length - 1,
      text: match.replace(/\s+/g, ' '),
      phrase,
    })),
  ).toSorted((a, b) => a.line - b.line);
}
