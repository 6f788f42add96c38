import type { Policy } from '../policy.ts';
import type { Comparison, Wording } from '../types.ts';
import { Budget } from './budget.ts';
import { comparePolicies, MOST_STEPS } from './index.ts';

/** About ten seconds for all comparisons of a run: the file of a pull request may hold many documents that each take a third of a second. */
const STEPS_OF_A_RUN = 100_000_000;

/** What a comparison gets even when the run has used up its steps: about 30 milliseconds, many times what documents of everyday size take. */
const STEPS_AT_LEAST = 300_000;

/** Pairs that are remembered. An estate has few, however many accounts: most roles have the same trust and the same policies. */
const MOST_REMEMBERED = 1_000;

/**
 * Compares the policies of one run. The same two documents are compared once, and all comparisons share a budget of work. When hostile documents have
 * used it up, later comparisons still get enough to decide documents of everyday size.
 */
export class Comparer {
  readonly #known: Map<string, Comparison>;
  readonly #steps: { left: number };
  readonly #wording: Wording;

  /** @param shared of a comparer of the same run, with which this one shares its budget and what it knows */
  constructor(steps = STEPS_OF_A_RUN, wording: Wording = 'difference', shared?: Comparer) {
    this.#known = shared === undefined ? new Map() : shared.#known;
    this.#steps = shared === undefined ? { left: steps } : shared.#steps;
    this.#wording = wording;
  }

  /** The same comparer, explaining in other words. */
  inWords(wording: Wording): Comparer {
    return new Comparer(0, wording, this);
  }

  /** Live seen from desired. Both have to be of one kind. */
  compare(desired: Policy, live: Policy): Comparison {
    const account = live.account ?? desired.account;
    // Most trusts name nobody of their role's own account: what is found for one role holds for all.
    const own = account !== undefined && (desired.text.includes(account) || live.text.includes(account)) ? account : null;
    const key = JSON.stringify([desired.kind, desired.partition, desired.text, live.partition, live.text, own, this.#wording]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const budget = new Budget(Math.max(STEPS_AT_LEAST, Math.min(MOST_STEPS, this.#steps.left)));
    const comparison = comparePolicies(desired, live, budget, this.#wording);
    this.#steps.left -= budget.spent;
    if (this.#known.size < MOST_REMEMBERED) this.#known.set(key, comparison);
    return comparison;
  }

  /** Whether no request tells the two apart. */
  isSame(one: Policy, other: Policy): boolean {
    return this.compare(one, other).verdict === 'same';
  }
}
