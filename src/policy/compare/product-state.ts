import type { Budget } from './budget.ts';
import { Dfa, type DfaState } from './dfa.ts';
import { plainStart, type TextQuestion } from './text-question.ts';

/** The states that all automata are in after the same text. */
export interface ProductState {
  readonly id: number;
  /** Those that can still change anything. */
  readonly components: readonly Component[];
  readonly settled: Settled;
  /** A wanted pattern matches, or still may. */
  readonly wanted: boolean;
  /** No text from here on is in the universe. */
  readonly outside: boolean;
  readonly inUniverse: boolean;
  /** Groups and entries with variables of the text that ends here. */
  readonly groups: readonly number[];
  readonly variable: readonly number[];
  /** Characters that lead to another state than all other characters do. */
  readonly chars: ReadonlySet<string>;
  readonly next: Map<string | null, ProductState>;
}

interface Component {
  /** Index of the entry; -1 for the universe. */
  readonly entry: number;
  readonly state: DfaState;
}

/** What holds of every text from here on. */
interface Settled {
  /** It belongs to these groups. */
  readonly groups: ReadonlySet<number>;
  /** These entries with variables may match it. */
  readonly variable: readonly number[];
  /** A wanted pattern matches it. */
  readonly wanted: boolean;
  readonly universe: boolean;
  /** Equal for equal ones. */
  readonly key: string;
}

const UNIVERSE = -1;

/** The product of the automata of all wildcard patterns, each from its pattern's first wildcard on. States are made when they are first reached. */
export class Product {
  readonly start: ProductState;
  private readonly question: TextQuestion;
  private readonly budget: Budget;
  private readonly dfas = new Map<number, Dfa>();
  private readonly known = new Map<string, ProductState>();
  private ids = 0;

  constructor(question: TextQuestion, budget: Budget) {
    this.question = question;
    this.budget = budget;
    let ids = 0;
    const newId = (): number => ++ids;
    question.entries.forEach(({ pattern }, index) => {
      const tail = pattern.tokens.slice(plainStart(pattern).length);
      if (tail.length > 0) this.dfas.set(index, new Dfa(tail, newId, budget));
    });
    if (question.universe) this.dfas.set(UNIVERSE, new Dfa(question.universe.tokens, newId, budget));
    this.start = this.stateOf(this.startsOf([UNIVERSE]), {
      groups: new Set(),
      variable: [],
      wanted: false,
      universe: question.universe === null,
      key: '',
    });
  }

  /** The state after one more character; `null` is any character that the state does not name. */
  step(from: ProductState, char: string | null): ProductState {
    const known = from.next.get(char);
    if (known) return known;
    this.budget.spend(from.components.length * 2 + 2);
    const components: Component[] = [];
    for (const { entry, state } of from.components) {
      const symbol = char !== null && state.chars.includes(char) ? char : null;
      const next = this.dfas.get(entry)?.step(state, symbol);
      if (next) components.push({ entry, state: next });
    }
    const next = this.stateOf(components, from.settled);
    from.next.set(char, next);
    return next;
  }

  /** The state with the automata of more entries, which start here. */
  join(state: ProductState, entries: readonly number[]): ProductState {
    const all = [...state.components, ...this.startsOf(entries)];
    this.budget.spend(all.length * 2);
    return this.stateOf(all, state.settled);
  }

  private startsOf(entries: readonly number[]): readonly Component[] {
    return entries.flatMap((entry) => {
      const state = this.dfas.get(entry)?.start;
      return state ? [{ entry, state }] : [];
    });
  }

  private stateOf(all: readonly Component[], before: Settled): ProductState {
    const settled = this.settle(all, before);
    const components = all.filter(({ entry, state }) => !state.absorbing && this.matters(entry, settled));
    const key = `${components.map(({ state }) => state.id).join()} ${settled.key}`;
    const known = this.known.get(key);
    if (known) return known;
    this.budget.spend(components.length * 4 + settled.groups.size + 24);
    const state = this.describe(components, settled);
    this.known.set(key, state);
    return state;
  }

  private settle(all: readonly Component[], before: Settled): Settled {
    if (!all.some(({ state }) => state.absorbing)) return before;
    const groups = new Set(before.groups);
    const variable = new Set(before.variable);
    let { wanted, universe } = before;
    for (const { entry, state } of all) {
      if (!state.absorbing) continue;
      if (entry === UNIVERSE) universe = true;
      else if (this.question.entries[entry]?.pattern.variables.length) variable.add(entry);
      else for (const group of this.question.entries[entry]?.groups ?? []) groups.add(group);
      wanted ||= this.question.entries[entry]?.wanted ?? false;
    }
    for (const group of [...groups]) for (const other of this.question.overruled.get(group) ?? []) groups.add(other);
    const matter = [...variable].filter((entry) => this.matters(entry, { groups }));
    const sorted = [...groups].sort((a, b) => a - b);
    const variables = matter.sort((a, b) => a - b);
    const key = `${sorted.join()} ${variables.join()} ${wanted} ${universe}`;
    return { groups: new Set(sorted), variable: variables, wanted, universe, key };
  }

  /** Does the entry belong to a group that is not settled? */
  private matters(entry: number, { groups }: Pick<Settled, 'groups'>): boolean {
    if (entry === UNIVERSE) return true;
    return this.question.entries[entry]?.groups.some((group) => !groups.has(group)) ?? false;
  }

  private describe(components: readonly Component[], settled: Settled): ProductState {
    const { entries } = this.question;
    const groups = new Set(settled.groups);
    const variable = [...settled.variable];
    const chars = new Set<string>();
    let { universe, wanted } = settled;
    for (const { entry, state } of components) {
      for (const char of state.chars) chars.add(char);
      wanted ||= entries[entry]?.wanted ?? false;
      if (!state.accepting) continue;
      if (entry === UNIVERSE) universe = true;
      else if (entries[entry]?.pattern.variables.length) variable.push(entry);
      else for (const group of entries[entry]?.groups ?? []) groups.add(group);
    }
    return {
      id: ++this.ids,
      components,
      settled,
      wanted,
      outside: !settled.universe && !components.some(({ entry }) => entry === UNIVERSE),
      inUniverse: universe,
      groups: [...groups],
      variable: variable.sort((a, b) => a - b),
      chars,
      next: new Map(),
    };
  }
}
