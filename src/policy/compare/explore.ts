import type { PolicyKind } from '../types.ts';
import { actionBranches, type BranchContext, type CallerKind, callerBranches, resourceBranches } from './branches.ts';
import { type Budget, TooLarge } from './budget.ts';
import { type ContextDifference, Contexts, NOTHING_ASSUMED } from './contexts.ts';
import type { PreparedPair } from './prepared.ts';
import { ACTION, type Residual, Residuals, TARGET } from './residual.ts';

/** Requests that the two documents answer differently. */
export interface AnswerDifference extends ContextDifference {
  readonly actions: readonly string[];
  /** Resources or callers. */
  readonly targets: readonly string[];
  readonly caller: CallerKind;
}

/** The walk recurses for each key, and each key adds to what is remembered. Real documents have a dozen. */
const MOST_KEYS = 200;

/** Enough for explanations. Beyond this number, only differences of a new kind are kept. */
const MOST_DIFFERENCES = 500;

/**
 * Walks through all requests, dimension by dimension, in classes of requests that the same statements match, and reports each class that the
 * two documents answer differently. Skips classes in which both sides have the same statements left.
 */
export class Explorer {
  private readonly pair: PreparedPair;
  private readonly kind: PolicyKind;
  private readonly budget: Budget;
  private readonly residuals: Residuals;
  private readonly contexts: Contexts;
  private readonly found: AnswerDifference[] = [];
  private readonly kinds = new Set<string>();

  constructor(pair: PreparedPair, kind: PolicyKind, budget: Budget) {
    this.pair = pair;
    this.kind = kind;
    this.budget = budget;
    this.residuals = new Residuals(pair, budget);
    this.contexts = new Contexts(pair, this.residuals, budget);
  }

  differences(): readonly AnswerDifference[] {
    const all = this.pair.statements.map((_, index) => index);
    const start = this.residuals.reduce(all, ACTION);
    if (!start) return [];
    if (this.pair.keys.length > MOST_KEYS) throw new TooLarge();
    for (const { matching, samples } of actionBranches(this.branchContext(start))) {
      this.budget.spend(matching.length * 4 + 8);
      const residual = this.residuals.reduce(matching, TARGET);
      if (residual) this.throughTargets(residual, samples);
    }
    return this.found;
  }

  private throughTargets(residual: Residual, actions: readonly string[]): void {
    const context = this.branchContext(residual);
    const branches = this.kind === 'identity' ? resourceBranches(context) : callerBranches(context);
    for (const branch of branches) {
      const assumed = this.contexts.assume(NOTHING_ASSUMED, branch, null);
      if (!assumed) continue;
      for (const difference of this.contexts.differences(branch.matching, assumed)) {
        this.add({ ...difference, actions, targets: branch.samples, caller: branch.caller });
      }
    }
  }

  private add(difference: AnswerDifference): void {
    const { direction, certain } = difference;
    const kind = `${direction} ${certain}`;
    if (this.found.length >= MOST_DIFFERENCES && this.kinds.has(kind)) return;
    this.kinds.add(kind);
    this.found.push(difference);
  }

  private branchContext(residual: Residual): BranchContext {
    return { pair: this.pair, kind: this.kind, residual, residuals: this.residuals, budget: this.budget };
  }
}
