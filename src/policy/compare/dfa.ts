import { isMany, type Token, takes } from '../pattern.ts';
import type { Budget } from './budget.ts';

/** A state of one pattern's deterministic automaton, made when it is first reached. */
export interface DfaState {
  /** Unique among the states of all automata of one product. */
  readonly id: number;
  readonly accepting: boolean;
  /** Accepting, whatever follows. */
  readonly absorbing: boolean;
  /** Characters that lead to another state than all other characters do. */
  readonly chars: string;
  /** Tokens that may be read next, ascending; one past the last if the text may end here. */
  readonly positions: readonly number[];
  /** The states that are known to follow. */
  readonly next: Map<string | null, DfaState | null>;
}

/** The subset construction for one pattern. A state is made when it is first reached. */
export class Dfa {
  readonly start: DfaState;
  private readonly tokens: readonly Token[];
  private readonly newId: () => number;
  private readonly budget: Budget;
  private readonly states = new Map<string, DfaState>();

  constructor(tokens: readonly Token[], newId: () => number, budget: Budget) {
    this.tokens = tokens;
    this.newId = newId;
    this.budget = budget;
    this.start = this.state([0]);
  }

  /** The state after one more character (`null`: one that no pattern names); `null` if the text can no longer belong to the pattern. */
  step(from: DfaState, char: string | null): DfaState | null {
    const known = from.next.get(char);
    if (known !== undefined) return known;
    this.budget.spend(from.positions.length * 4);
    const reached: number[] = [];
    for (const position of from.positions) {
      const token = this.tokens[position];
      if (token && takes(token, char)) reached.push(isMany(token) ? position : position + 1);
    }
    const next = reached.length === 0 ? null : this.state(reached);
    from.next.set(char, next);
    return next;
  }

  private state(reached: readonly number[]): DfaState {
    const positions = this.settle(reached);
    const key = positions.join();
    const known = this.states.get(key);
    if (known) return known;
    this.budget.spend(positions.length * 16 + 8);
    const state: DfaState = {
      id: this.newId(),
      accepting: positions.includes(this.tokens.length),
      absorbing: this.tokens.at(-1)?.kind === 'many' && positions.includes(this.tokens.length - 1),
      chars: this.charsAt(positions),
      positions,
      next: new Map(),
    };
    this.states.set(key, state);
    return state;
  }

  /**
   * Adds to ascending positions those that are reached without reading, and drops all before the last `*`: whatever could still match from there
   * passes that `*`, which reads any text.
   */
  private settle(reached: readonly number[]): readonly number[] {
    let positions: number[] = [];
    let last = -1;
    for (const position of reached) {
      let next = position;
      while (next > last) {
        const token = this.tokens[next];
        if (token?.kind === 'many') positions = [];
        positions.push(next);
        last = next;
        if (isMany(token)) next++;
      }
    }
    return positions;
  }

  private charsAt(positions: readonly number[]): string {
    const chars = new Set<string>();
    for (const position of positions) {
      const token = this.tokens[position];
      if (token?.kind === 'char') for (const char of token.chars) chars.add(char);
      if (token?.kind === 'one-but-colon' || token?.kind === 'many-but-colon') chars.add(':');
    }
    return [...chars].join('');
  }
}
