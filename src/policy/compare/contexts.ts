import type { Budget } from './budget.ts';
import type { Choice } from './choices.ts';
import { keyStates } from './key-states.ts';
import { type KeyUse, keyUsesIn } from './key-uses.ts';
import { isTypedKey } from './known-keys.ts';
import type { DocumentSide, PreparedPair } from './prepared.ts';
import { FIRST_KEY, type Residual, type Residuals } from './residual.ts';
import type { KeyState } from './truth.ts';

export type Level = 'deny' | 'none' | 'allow';

/** A condition key and its values; `null` if it is absent. */
export interface KeyValue {
  readonly key: string;
  readonly values: readonly string[] | null;
}

/** Contexts in which the two documents answer differently. */
export interface ContextDifference {
  readonly direction: 'gained' | 'lost';
  readonly desired: Level;
  readonly live: Level;
  /** Whether such a context certainly exists. */
  readonly certain: boolean;
  readonly context: readonly KeyValue[];
  /** Policy variables that must stand for the text that makes the request match. */
  readonly needed: readonly string[];
  /** Statements that match, as indexes in the pair. */
  readonly matching: readonly number[];
}

/** What was assumed on the way. */
export interface Assumed extends Pick<Choice, 'certain' | 'variables' | 'needed'> {
  /** Policy variables whose key is absent. */
  readonly absent: readonly string[];
}

export const NOTHING_ASSUMED: Assumed = { certain: true, variables: [], needed: [], absent: [] };

const RANK: Readonly<Record<Level, number>> = { deny: 0, none: 1, allow: 2 };

/** Most differences of one kind that are kept: enough for explanations. */
const MOST_OF_A_KIND = 6;

/** Walks through the contexts, one condition key after another, for the statements that match a request apart from their conditions. */
export class Contexts {
  private readonly pair: PreparedPair;
  private readonly residuals: Residuals;
  private readonly budget: Budget;
  private readonly known = new Map<string, readonly ContextDifference[]>();
  private readonly states = new Map<string, readonly KeyState[]>();
  /** Variables that are also keys of conditions, so that what they stand for is not free. (Conditions on their presence don't bind them.) */
  private readonly bound: ReadonlySet<string>;
  private readonly uses: readonly KeyUse[];

  constructor(pair: PreparedPair, residuals: Residuals, budget: Budget) {
    this.pair = pair;
    this.residuals = residuals;
    this.budget = budget;
    this.bound = new Set(pair.conditions.filter(({ operator }) => operator.test !== 'null').map(({ key }) => key));
    this.uses = keyUsesIn(pair);
  }

  /** At least one difference of each direction and certainty that exists. */
  differences(matching: readonly number[], assumed: Assumed, stage = FIRST_KEY): readonly ContextDifference[] {
    this.budget.spend(matching.length * 4 + 8);
    const residual = this.residuals.reduce(matching, stage);
    if (!residual) return [];
    const { certain, variables, needed, absent } = assumed;
    const name = JSON.stringify([stage, certain, variables, needed, absent, residual.alive]);
    const known = this.known.get(name);
    if (known) return known;
    const key = this.nextKey(stage, residual);
    const differences = key === null ? this.settle(residual, assumed) : this.throughKey(key, residual, assumed);
    this.known.set(name, differences);
    return differences;
  }

  /**
   * Adds a choice to what is assumed. Two choices about one variable may depend on each other, and then it is unknown whether both can be made.
   * `null` if a variable would have to be present and absent: there is no such context.
   *
   * @param absentVariable a policy variable whose key is absent here
   */
  assume(before: Assumed, part: Pick<Choice, 'certain' | 'variables' | 'needed'>, absentVariable: string | null): Assumed | null {
    const free = part.variables.every((name) => !before.variables.includes(name) && !this.bound.has(name) && !isTypedKey(name));
    const needed = [...new Set([...before.needed, ...part.needed])];
    const variables = [...new Set([...before.variables, ...part.variables])];
    const absent = absentVariable === null ? before.absent : [...before.absent, absentVariable];
    if (needed.some((name) => absent.includes(name))) return null;
    // If the key is absent, the default value stands in, and whether that matches was never asked.
    const isKnown = !variables.some((name) => absent.includes(name));
    return { certain: before.certain && part.certain && free && isKnown, variables, needed, absent };
  }

  /** The first key from this stage on that a statement still has a condition on. */
  private nextKey(stage: number, { alive }: Residual): number | null {
    const keys = alive.flatMap((index) => (this.pair.statements[index]?.conditions ?? []).map(({ key }) => key));
    const left = keys.filter((key) => key >= stage - FIRST_KEY);
    return left.length === 0 ? null : left.reduce((least, key) => Math.min(least, key));
  }

  private throughKey(key: number, { alive }: Residual, assumed: Assumed): readonly ContextDifference[] {
    const own = alive.map((index) => ({
      index,
      conditions: (this.pair.statements[index]?.conditions ?? []).filter((one) => one.key === key).map(({ condition }) => condition),
    }));
    const involved = [...new Set(own.flatMap(({ conditions }) => conditions))].sort((a, b) => a - b);
    const [first] = involved.flatMap((index) => this.pair.conditions[index] ?? []);
    const use = this.uses[key];
    const kept = new Kept();
    for (const state of use ? this.statesOf(use, involved) : []) {
      this.budget.spend(own.length * 4);
      const holds = new Set(involved.filter((_, at) => state.truth[at]));
      const matching = own.filter(({ conditions }) => conditions.every((condition) => holds.has(condition))).map(({ index }) => index);
      const next = this.assume(assumed, state, state.absent && use?.isVariable ? use.key : null);
      if (!next) continue;
      for (const difference of this.differences(matching, next, FIRST_KEY + key + 1)) {
        kept.add({ ...difference, context: [{ key: first?.name ?? '', values: state.values }, ...difference.context] });
      }
    }
    return kept.differences;
  }

  private statesOf(use: KeyUse, involved: readonly number[]): readonly KeyState[] {
    const name = involved.join();
    const known = this.states.get(name);
    if (known) return known;
    const conditions = involved.flatMap((index) => this.pair.conditions[index] ?? []);
    const states = keyStates(use, conditions, this.budget);
    this.states.set(name, states);
    return states;
  }

  /** Nothing is left to ask: each side has one statement at most, and the two differ. */
  private settle({ alive }: Residual, { certain, needed }: Assumed): readonly ContextDifference[] {
    const desired = this.level(alive, 'desired');
    const live = this.level(alive, 'live');
    const direction = RANK[live] > RANK[desired] ? 'gained' : 'lost';
    return [{ direction, desired, live, certain, context: [], needed, matching: alive }];
  }

  private level(alive: readonly number[], side: DocumentSide): Level {
    const own = alive.map((index) => this.pair.statements[index]).find((statement) => statement?.side === side);
    if (!own) return 'none';
    return own.effect === 'Deny' ? 'deny' : 'allow';
  }
}

/** A few differences of each kind. */
class Kept {
  readonly differences: ContextDifference[] = [];
  private readonly counts = new Map<string, number>();

  add(difference: ContextDifference): void {
    const kind = `${difference.desired} ${difference.live} ${difference.certain}`;
    const count = this.counts.get(kind) ?? 0;
    if (count >= MOST_OF_A_KIND) return;
    this.counts.set(kind, count + 1);
    this.differences.push(difference);
  }
}
