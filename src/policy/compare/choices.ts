import type { Pattern } from '../pattern.ts';
import type { Budget } from './budget.ts';
import { TooLarge } from './budget.ts';
import { isWithin } from './inclusion.ts';

/** A pattern with policy variables that may or may not match here. */
export interface Candidate {
  readonly at: number;
  readonly pattern: Pattern;
}

/** One way in which such patterns may turn out. */
export interface Choice {
  /** Positions of the candidates that match. */
  readonly matched: readonly number[];
  /** Whether it surely can turn out so. */
  readonly certain: boolean;
  /** Variables that had a say, and those of them that have to be there. */
  readonly variables: readonly string[];
  readonly needed: readonly string[];
}

/** More at one place than documents have; each doubles the work. */
const MOST = 12;

const NO_CHOICE: Choice = { matched: [], certain: true, variables: [], needed: [] };

/**
 * All the ways in which these may turn out. That none matches can always be brought about, and so can every combination where no variable stands
 * twice; else it is not known what can be told apart, but that what one matches is matched by those around it.
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

/** The candidates that match whatever this pattern matches, as bits. */
function bitsAround(inner: Pattern, candidates: readonly Candidate[], budget: Budget): number {
  return candidates.reduce((bits, { pattern }, index) => (isWithin(inner, pattern, budget) ? bits | (1 << index) : bits), 0);
}

type Way = Pick<Choice, 'certain' | 'variables' | 'needed'>;

/**
 * Adds one to the ways in which the same comes about. Dropped is what another is as good as: as sure, asking as little of variables, and
 * needing no variable that it does not need, as that one may turn out to be absent.
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
