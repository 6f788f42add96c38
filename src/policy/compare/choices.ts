import type { Budget } from './budget.ts';
import { TooLarge } from './budget.ts';

/** One way in which patterns with policy variables may turn out, and whether it surely can. */
export interface Choice {
  readonly taken: readonly number[];
  readonly certain: boolean;
}

/** More at one place than documents have; each doubles the work. */
const MOST = 6;

/**
 * All the ways in which these may turn out. That none matches can always be brought about, and so can either answer for a single one; of
 * several, which may share variables, it is not known whether they can be told apart.
 */
export function choicesOf(candidates: readonly number[], budget: Budget): readonly Choice[] {
  if (candidates.length > MOST) throw new TooLarge();
  budget.spend(2 ** candidates.length);
  return Array.from({ length: 2 ** candidates.length }, (_, bits) => {
    const taken = candidates.filter((_candidate, index) => (bits >> index) & 1);
    return { taken, certain: taken.length === 0 || candidates.length === 1 };
  });
}
