import type { Pattern } from '../pattern.ts';
import type { Budget } from './budget.ts';
import { TooLarge } from './budget.ts';
import { isWithin } from './inclusion.ts';

/** A pattern with policy variables that may or may not match here. */
export interface Candidate {
  readonly at: number;
  readonly pattern: Pattern;
}

/** One combination in which such patterns may match. */
export interface Choice {
  /** Positions of the candidates that match. */
  readonly matched: readonly number[];
  /** Whether the combination certainly occurs. */
  readonly certain: boolean;
  /** Variables that decide whether it does, and those of them that must be present. */
  readonly variables: readonly string[];
  readonly needed: readonly string[];
}

/** More candidates than real documents have at one place. Each one doubles the work. */
const MOST = 12;

const NO_CHOICE: Choice = { matched: [], certain: true, variables: [], needed: [] };

/**
 * All combinations in which the candidates may match. That none matches can always be brought about, and so can every combination if no variable
 * occurs twice. Otherwise it is unknown which of them occur, except that whatever one pattern matches, the patterns around it match, too.
 */
export function choicesOf(candidates: readonly Candidate[], budget: Budget): readonly Choice[] {
  if (candidates.length === 0) return [NO_CHOICE];
  if (candidates.length > MOST) throw new TooLarge();
  budget.spend(candidates.length * 2 ** candidates.length);
  const names = candidates.flatMap(({ pattern }) => pattern.variables);
  const independent = new Set(names).size === names.length;
  const around = candidates.map(({ pattern }) => (independent ? 0 : bitsAround(pattern, candidates, budget)));
  const all = Array.from({ length: 2 ** candidates.length }, (_, bits) => bits);
  const possible = all.filter((bits) => around.every((others, index) => !((bits >> index) & 1) || (bits & others) === others));
  return possible.map((bits) => {
    const matched = candidates.filter((_candidate, index) => (bits >> index) & 1);
    return {
      matched: matched.map(({ at }) => at),
      certain: matched.length === 0 || (independent && matched.every(({ pattern }) => pattern.parts !== null)),
      variables: [...new Set(names)],
      needed: matched.flatMap(({ pattern }) => pattern.required),
    };
  });
}

/** As bits, the candidates that match whatever this pattern matches. */
function bitsAround(inner: Pattern, candidates: readonly Candidate[], budget: Budget): number {
  return candidates.reduce((bits, { pattern }, index) => (isWithin(inner, pattern, budget) ? bits | (1 << index) : bits), 0);
}

type Way = Pick<Choice, 'certain' | 'variables' | 'needed'>;

/**
 * Adds one to the ways in which the same thing comes about. A way is dropped if another is at least as good: as certain, as independent of variables,
 * and in need of no other variable, since that may turn out to be absent.
 */
export function withWay<T extends Way>(ways: readonly T[], one: T): readonly T[] {
  if (ways.some((way) => isAsGood(way, one))) return ways;
  return [...ways.filter((way) => !isAsGood(one, way)), one];
}

function isAsGood(one: Way, other: Way): boolean {
  return worth(one) >= worth(other) && one.needed.every((name) => other.needed.includes(name));
}

function worth({ certain, variables }: Way): number {
  return (certain ? 2 : 0) + (variables.length > 0 ? 0 : 1);
}
