import type { Reading } from './reading.ts';

/** Values of condition keys, by the key in lower case; a missing key is absent. */
export type Context = ReadonlyMap<string, readonly string[]>;

/** What a pattern is read in. */
export interface Surroundings {
  /** Only the newer of the two versions of the language has policy variables. */
  readonly variables: boolean;
  /** Where variables get their values from. */
  readonly context: Context;
  readonly reading: Reading;
}

const PATTERNS = new Map<string, RegExp>();
const KEPT = 5_000;

/** Whether a text matches a pattern of `*` (any run of characters) and `?` (any one). */
export function matches(pattern: string, text: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === text;
  if (pattern === '*') return true;
  let compiled = PATTERNS.get(pattern);
  if (compiled === undefined) {
    compiled = compile([{ text: pattern, plain: false, ofVariable: false }]);
    if (PATTERNS.size >= KEPT) PATTERNS.clear();
    PATTERNS.set(pattern, compiled);
  }
  return compiled.test(text);
}

/** Whether a text matches a pattern that may have variables in it. */
export function matchesFilledIn(pattern: string, text: string, surroundings: Surroundings): boolean {
  if (!surroundings.variables || !pattern.includes('${')) return matches(pattern, text);
  const pieces = filledIn(pattern, surroundings);
  return pieces !== null && compile(pieces).test(text);
}

/** Whether a text matches the pattern of a Resource: the segments that an ARN leaves out are any. */
export function matchesResource(pattern: string, resource: string, surroundings: Surroundings): boolean {
  const missing = pattern.startsWith('arn:') ? 6 - pattern.replace(/\$\{[^}]*\}/g, '').split(':').length : 0;
  return matchesFilledIn(pattern + ':*'.repeat(Math.max(0, missing)), resource, surroundings);
}

/** The text that a value with variables stands for, wildcards and all; `null` for none. */
export function textOf(value: string, surroundings: Surroundings): string | null {
  return (
    filledIn(value, surroundings)
      ?.map(({ text }) => text)
      .join('') ?? null
  );
}

/** Segment by segment; the sixth is all the rest. */
export function matchesArn(pattern: string, value: string, surroundings: Surroundings): boolean {
  const pieces = filledIn(pattern, surroundings);
  if (!pieces || value.split(':').length < 6) return false;
  let source = '';
  let segment = 1;
  for (const { text, plain, ofVariable } of pieces) {
    const isText = ofVariable && surroundings.reading.colonsOfVariables === 'text';
    // No segment but the last of a value has a colon in it.
    if (isText && segment < 6 && text.includes(':')) return false;
    for (const char of text) {
      if (char === ':' && !isText) segment++;
      source += sourceOf(char, plain, segment < 6 ? '[^:]' : ANY);
    }
  }
  return new RegExp(`^${source}$`).test(value);
}

/** A part of a pattern: `plain` where no character of it is a wildcard. */
interface Piece {
  readonly text: string;
  readonly plain: boolean;
  readonly ofVariable: boolean;
}

/** The pattern with its variables filled in; `null` when one of them is absent, as nothing matches then. */
function filledIn(pattern: string, { variables, context, reading }: Surroundings): readonly Piece[] | null {
  const filled: Piece[] = [];
  for (const piece of variables ? pattern.split(/(\$\{[^}]*\})/) : [pattern]) {
    const [, name] = variables ? (/^\$\{([^}]*)\}$/.exec(piece) ?? []) : [];
    if (name === undefined) filled.push({ text: piece, plain: false, ofVariable: false });
    else if (['*', '?', '$'].includes(name)) filled.push({ text: name, plain: true, ofVariable: false });
    else {
      const [, key = '', fallback] = /^([^,]+)(?:,\s*'([^']*)')?$/.exec(name) ?? [];
      const value = context.get(key.toLowerCase()) ?? (fallback === undefined ? [] : [fallback]);
      if (value.length !== 1) return null;
      filled.push({ text: value[0] ?? '', plain: !reading.wildcardsOfVariables, ofVariable: true });
    }
  }
  return filled;
}

const ANY = '[\\s\\S]';

function compile(pieces: readonly Piece[]): RegExp {
  const source = pieces.map(({ text, plain }) =>
    [...(plain ? text : text.replace(/\*+/g, '*'))].map((char) => sourceOf(char, plain, ANY)).join(''),
  );
  return new RegExp(`^${source.join('')}$`);
}

function sourceOf(char: string, plain: boolean, wild: string): string {
  if (!plain && char === '*') return `${wild}*`;
  return !plain && char === '?' ? wild : char.replace(/[.*+?^${}()|[\]\\]/, '\\$&');
}
