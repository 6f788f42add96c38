import type { PolicyKind } from '../types.ts';
import { actionBranches, type BranchContext, callerBranches, resourceBranches, type World } from './branches.ts';
import type { Budget } from './budget.ts';
import type { Choice } from './choices.ts';
import { type KeyState, keyStates } from './key-states.ts';
import type { PreparedPair, Side } from './prepared.ts';
import { ACTION, FIRST_KEY, type Residue, Residues, TARGET } from './residue.ts';

export type Level = 'deny' | 'none' | 'allow';

/** Requests that the two documents answer differently. */
export interface Difference {
  readonly direction: 'gained' | 'lost';
  readonly desired: Level;
  readonly live: Level;
  /** Whether there surely is such a request. */
  readonly certain: boolean;
  readonly actions: readonly string[];
  /** Resources or callers. */
  readonly targets: readonly string[];
  /** What holds of the context. */
  readonly context: readonly KeyValue[];
  /** Policy variables that have to stand for what makes the request match. */
  readonly needed: readonly string[];
  /** Statements that match, as indexes in the pair. */
  readonly matching: readonly number[];
  readonly world: World | null;
}

/** A condition key and its values; `null`: it is absent. */
export interface KeyValue {
  readonly key: string;
  readonly values: readonly string[] | null;
}

/** A point on the way through the dimensions. */
interface Path extends Pick<Difference, 'actions' | 'targets' | 'context' | 'world'>, Part {}

type Part = Pick<Choice, 'certain' | 'variables' | 'needed'>;

const START: Path = { certain: true, variables: [], needed: [], actions: [], targets: [], context: [], world: null };

const RANK: Readonly<Record<Level, number>> = { deny: 0, none: 1, allow: 2 };

/**
 * Walks through all requests, dimension by dimension, in classes of requests that the same statements match, and reports each class that the
 * two documents answer differently. Classes in which both sides have the same statements left are not looked into.
 */
export class Explorer {
  private readonly pair: PreparedPair;
  private readonly kind: PolicyKind;
  private readonly budget: Budget;
  private readonly residues: Residues;
  private readonly seen = new Set<string>();
  private readonly states = new Map<string, readonly KeyState[]>();
  /** Variables that are keys of conditions, too: what they stand for is not free. (Conditions on their presence don't bind them.) */
  private readonly bound: ReadonlySet<string>;
  /** All variables of both documents, lower case. */
  private readonly variables: ReadonlySet<string>;
  private readonly found: Difference[] = [];

  constructor(pair: PreparedPair, kind: PolicyKind, budget: Budget) {
    this.pair = pair;
    this.kind = kind;
    this.budget = budget;
    this.residues = new Residues(pair);
    this.bound = new Set(pair.leaves.filter(({ operator }) => operator.test !== 'null').map(({ key }) => key));
    const takers = pair.leaves.flatMap((leaf) => leaf.takers).flatMap((taker) => (taker.family === 'text' ? [taker.pattern] : []));
    this.variables = new Set([...pair.patterns, ...takers].flatMap(({ variables }) => variables));
  }

  differences(): readonly Difference[] {
    const all = this.pair.statements.map((_, index) => index);
    this.from(ACTION, all, START);
    return this.found;
  }

  private from(stage: number, matching: readonly number[], path: Path): void {
    this.budget.spend(matching.length * 4 + 8);
    const residue = this.residues.reduce(matching, stage);
    if (!residue) return;
    this.budget.spend(residue.alive.length * 2 + 8);
    const key = `${stage} ${path.certain} ${path.variables.join()} ${path.needed.join()} ${path.world ? `${path.world.id} ${path.world.as}` : ''} ${residue.alive.join()}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    if (stage === ACTION) this.throughActions(residue, path);
    else if (stage === TARGET) this.throughTargets(residue, path);
    else this.throughKeys(stage, residue, path);
  }

  private throughActions(residue: Residue, path: Path): void {
    for (const branch of actionBranches(this.branchContext(residue))) {
      this.from(TARGET, branch.matching, { ...path, actions: branch.samples });
    }
  }

  private throughTargets(residue: Residue, path: Path): void {
    const context = this.branchContext(residue);
    const branches = this.kind === 'identity' ? resourceBranches(context) : callerBranches(context);
    for (const branch of branches) {
      this.from(FIRST_KEY, branch.matching, { ...path, ...this.joined(path, branch, []), targets: branch.samples, world: branch.world });
    }
  }

  private branchContext(residue: Residue): BranchContext {
    return { pair: this.pair, kind: this.kind, residue, residues: this.residues, budget: this.budget };
  }

  private throughKeys(stage: number, residue: Residue, path: Path): void {
    const key = this.nextKey(stage, residue);
    if (key === null) {
      this.settle(residue, path);
      return;
    }
    const { statements, leaves } = this.pair;
    const own = residue.alive.map((index) => ({
      index,
      leaves: (statements[index]?.leaves ?? []).filter((one) => one.key === key).map(({ leaf }) => leaf),
    }));
    const involved = [...new Set(own.flatMap((one) => one.leaves))].sort((a, b) => a - b);
    for (const state of this.statesOf(involved)) {
      this.budget.spend(own.length * 4);
      const holds = new Set(involved.filter((_, at) => state.truth[at]));
      const matching = own.filter((one) => one.leaves.every((leaf) => holds.has(leaf))).map(({ index }) => index);
      const context = [...path.context, { key: leaves[involved[0] ?? -1]?.name ?? '', values: state.values }];
      this.from(FIRST_KEY + key + 1, matching, { ...path, ...this.joined(path, state, context), context });
    }
  }

  /** The first key from this stage on that a statement still has a condition on. */
  private nextKey(stage: number, { alive }: Residue): number | null {
    const keys = alive.flatMap((index) => (this.pair.statements[index]?.leaves ?? []).map(({ key }) => key));
    const left = keys.filter((key) => key >= stage - FIRST_KEY);
    return left.length === 0 ? null : left.reduce((least, key) => Math.min(least, key));
  }

  private statesOf(involved: readonly number[]): readonly KeyState[] {
    const name = involved.join();
    const known = this.states.get(name);
    if (known) return known;
    const leaves = involved.flatMap((index) => this.pair.leaves[index] ?? []);
    const states = keyStates(leaves, this.variables.has(leaves[0]?.key ?? ''), this.budget);
    this.states.set(name, states);
    return states;
  }

  /** Two choices about one variable may hang together, and then nobody knows whether both can be made. A variable without value matches nothing. */
  private joined(path: Path, part: Part, context: Difference['context']): Part {
    const free = part.variables.every((name) => !path.variables.includes(name) && !this.bound.has(name));
    const needed = [...new Set([...path.needed, ...part.needed])];
    const absent = context.some(({ key, values }) => values === null && needed.includes(key.toLowerCase()));
    return {
      certain: path.certain && part.certain && free && !absent,
      variables: [...new Set([...path.variables, ...part.variables])],
      needed,
    };
  }

  private settle({ alive }: Residue, path: Path): void {
    const desired = this.level(alive, 'desired');
    const live = this.level(alive, 'live');
    if (desired === live) return;
    const { certain, actions, targets, context, needed, world } = path;
    const direction = RANK[live] > RANK[desired] ? 'gained' : 'lost';
    this.found.push({ direction, desired, live, certain, actions, targets, context, needed, matching: alive, world });
  }

  private level(alive: readonly number[], side: Side): Level {
    const effects = new Set(
      alive.flatMap((index) => {
        const statement = this.pair.statements[index];
        return statement?.side === side ? [statement.effect] : [];
      }),
    );
    if (effects.has('Deny')) return 'deny';
    return effects.has('Allow') ? 'allow' : 'none';
  }
}
