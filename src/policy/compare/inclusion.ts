import { isMany, type Pattern, type PatternPart, takes } from '../pattern.ts';
import type { Budget } from './budget.ts';
import { mayHoldWildcards } from './known-keys.ts';

/**
 * What is read one by one: a character of a text (`''`: one that neither pattern names), or, longer than that, what a variable stands for,
 * whole. Whatever text that is, putting it in its place keeps one pattern inside another, as long as no wildcard but `*` takes it for a letter.
 */
type Letter = string;

type Variable = Extract<PatternPart, { readonly kind: 'variable' }>;

/** Whether wildcards in a default value are any is not known, nor whether that is the same in two patterns. */
const UNKNOWN: Letter = 'unknown';

/**
 * Is every text of the inner pattern one of the outer pattern's, whatever their variables stand for? `false` where it is not known, too.
 * Reads the inner pattern letter by letter and keeps all positions of the outer one that are reached by the same letters.
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
      // Whatever is read so far can be read to an end.
      if (next.length === 0) return false;
      open.push({ position: isManyOf(part) ? position : position + 1, reached: next });
    }
  }
  return true;
}

function isManyOf(part: PatternPart | undefined): boolean {
  return part !== undefined && part.kind !== 'variable' && isMany(part);
}

/** A pattern with wildcards that take no colon has colons in it. */
function charactersOf(part: PatternPart): readonly Letter[] {
  return part.kind === 'char' ? [...part.chars] : [];
}

/** The letters that the part may stand for. A wildcard stands for characters alone: all that a variable stands for is made of them. */
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
 * The key's value as it is, in other case and as a pattern, and the default value; in other case or as a pattern, that goes wherever the key's value
 * does. A text is one of those that it is a pattern of.
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

/** Ascending, with the positions reached without reading: a `*` may stand for nothing. */
function closure(positions: readonly number[], parts: readonly PatternPart[]): readonly number[] {
  const all = new Set(positions);
  for (const position of all) if (isManyOf(parts[position])) all.add(position + 1);
  return [...all].sort((a, b) => a - b);
}
