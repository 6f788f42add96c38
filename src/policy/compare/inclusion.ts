import { isMany, type Pattern, type PatternPart, takes } from '../pattern.ts';
import type { Budget } from './budget.ts';
import { mayHoldWildcards } from './known-keys.ts';

/**
 * What is read in one step: a character (`''`: one that neither pattern names) or, if longer, the whole of what a variable stands for. Whatever text
 * that is, putting it in its place keeps one pattern inside another, as long as no wildcard but `*` reads it as a letter.
 */
type Letter = string;

type Variable = Extract<PatternPart, { readonly kind: 'variable' }>;

/** A default value with wildcards: it is unknown whether they count as wildcards, and whether they do so alike in two patterns. */
const UNKNOWN: Letter = 'unknown';

/**
 * Does every text of the inner pattern belong to the outer one, whatever their variables stand for? Also `false` where that is unknown.
 * Reads the inner pattern letter by letter, and keeps all positions of the outer one that the same letters reach.
 */
export function isWithin(inner: Pattern, outer: Pattern, budget: Budget): boolean {
  const [parts, others] = [inner.parts, outer.parts];
  if (!parts || !others) return false;
  const characters: readonly Letter[] = [...new Set([...parts, ...others].flatMap(charactersOf)), ''];
  const seen = new Set<string>();
  const open: { readonly position: number; readonly reached: readonly number[] }[] = [{ position: 0, reached: closure([0], others) }];
  for (let step = open.pop(); step; step = open.pop()) {
    const { position, reached } = step;
    const key = `${position} ${reached.join()}`;
    if (seen.has(key)) continue;
    seen.add(key);
    budget.spend(reached.length + 8);
    const part = parts[position];
    if (!part) {
      if (!reached.includes(others.length)) return false;
      continue;
    }
    if (isManyOf(part)) open.push({ position: position + 1, reached });
    for (const letter of lettersOf(part, characters)) {
      budget.spend(reached.length + 4);
      const next = closure(
        reached.flatMap((at) => (reads(others[at], letter) ? [isManyOf(others[at]) ? at : at + 1] : [])),
        others,
      );
      // Whatever was read so far begins a text of the inner pattern.
      if (next.length === 0) return false;
      open.push({ position: isManyOf(part) ? position : position + 1, reached: next });
    }
  }
  return true;
}

function isManyOf(part: PatternPart | undefined): boolean {
  return part !== undefined && part.kind !== 'variable' && isMany(part);
}

/** The colon is among them wherever it matters: patterns with wildcards that exclude it have colons in them. */
function charactersOf(part: PatternPart): readonly Letter[] {
  return part.kind === 'char' ? [...part.chars] : [];
}

/** The letters that the part may stand for. A wildcard stands for characters only, of which all that a variable stands for is made. */
function lettersOf(part: PatternPart, characters: readonly Letter[]): readonly Letter[] {
  return part.kind === 'variable' ? variableLetters(part) : characters.filter((letter) => takes(part, letter === '' ? null : letter));
}

function reads(part: PatternPart | undefined, letter: Letter): boolean {
  if (!part) return false;
  if (letter === UNKNOWN) return part.kind === 'many';
  if (letter.length > 1) return part.kind === 'many' || (part.kind === 'variable' && variableLetters(part).includes(letter));
  return part.kind !== 'variable' && takes(part, letter === '' ? null : letter);
}

/**
 * The key's value as it is, in other case and as a pattern, and the default value. The default value in other case or as a pattern needs no letter: it
 * goes wherever that of the key's value goes. (Read as a pattern, a text also matches itself.)
 */
function variableLetters({ name, fallback, ignoreCase, wildcards }: Variable): readonly Letter[] {
  const isPattern = wildcards && mayHoldWildcards(name);
  const value = [
    `value ${name}`,
    ...(ignoreCase ? [`value ${name} in other case`] : []),
    ...(isPattern ? [`value ${name} as a pattern`] : []),
  ];
  return fallback === null ? value : [...value, /[*?]/.test(fallback) ? UNKNOWN : `default ${name} ${fallback}`];
}

/** Ascending, with the positions that are reached without reading: a `*` may stand for nothing. */
function closure(positions: readonly number[], parts: readonly PatternPart[]): readonly number[] {
  const all = new Set(positions);
  for (const position of all) if (isManyOf(parts[position])) all.add(position + 1);
  return [...all].sort((a, b) => a - b);
}
