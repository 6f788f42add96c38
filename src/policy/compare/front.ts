import type { Budget } from './budget.ts';
import { Machine, type MachineState } from './machine.ts';
import { plainStart, type TextQuestion } from './text-question.ts';

/** Where all machines stand after the same text. */
export interface Front {
  readonly id: number;
  /** Machines that can still change anything. */
  readonly parts: readonly Part[];
  readonly settled: Settled;
  /** A wanted pattern matches, or still may. */
  readonly wanted: boolean;
  /** No text from here on is in the universe. */
  readonly outside: boolean;
  readonly inUniverse: boolean;
  /** Groups and entries with variables of the text that ends here. */
  readonly groups: readonly number[];
  readonly variable: readonly number[];
  /** Characters that lead elsewhere than any other character does. */
  readonly chars: ReadonlySet<string>;
  readonly next: Map<string | null, Front>;
}

interface Part {
  /** Index of the entry; -1 for the universe. */
  readonly entry: number;
  readonly state: MachineState;
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

/** The product of the machines of all wildcard patterns, each from its first wildcard on; made as it is walked through. */
export class Fronts {
  readonly start: Front;
  private readonly question: TextQuestion;
  private readonly budget: Budget;
  private readonly machines = new Map<number, Machine>();
  private readonly known = new Map<string, Front>();
  private ids = 0;

  constructor(question: TextQuestion, budget: Budget) {
    this.question = question;
    this.budget = budget;
    let ids = 0;
    const newId = (): number => ++ids;
    question.entries.forEach(({ pattern }, index) => {
      const tail = pattern.tokens.slice(plainStart(pattern).length);
      if (tail.length > 0) this.machines.set(index, new Machine(tail, newId, budget));
    });
    if (question.universe) this.machines.set(UNIVERSE, new Machine(question.universe.tokens, newId, budget));
    this.start = this.front(this.startsOf([UNIVERSE]), {
      groups: new Set(),
      variable: [],
      wanted: false,
      universe: question.universe === null,
      key: '',
    });
  }

  /** The front after one more character; `null` is any that the front does not name. */
  after(front: Front, char: string | null): Front {
    const known = front.next.get(char);
    if (known) return known;
    this.budget.spend(front.parts.length * 2 + 2);
    const parts: Part[] = [];
    for (const { entry, state } of front.parts) {
      const symbol = char !== null && state.chars.includes(char) ? char : null;
      const next = this.machines.get(entry)?.step(state, symbol);
      if (next) parts.push({ entry, state: next });
    }
    const next = this.front(parts, front.settled);
    front.next.set(char, next);
    return next;
  }

  /** The front with the machines of more entries, at their start. */
  joined(front: Front, entries: readonly number[]): Front {
    const all = [...front.parts, ...this.startsOf(entries)];
    this.budget.spend(all.length * 2);
    return this.front(all, front.settled);
  }

  private startsOf(entries: readonly number[]): readonly Part[] {
    return entries.flatMap((entry) => {
      const state = this.machines.get(entry)?.start;
      return state ? [{ entry, state }] : [];
    });
  }

  private front(all: readonly Part[], before: Settled): Front {
    const settled = this.settle(all, before);
    const parts = all.filter(({ entry, state }) => !state.absorbing && this.matters(entry, settled));
    const key = `${parts.map(({ state }) => state.id).join()} ${settled.key}`;
    const known = this.known.get(key);
    if (known) return known;
    this.budget.spend(parts.length * 4 + settled.groups.size + 24);
    const front = this.describe(parts, settled);
    this.known.set(key, front);
    return front;
  }

  private settle(all: readonly Part[], before: Settled): Settled {
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

  private describe(parts: readonly Part[], settled: Settled): Front {
    const { entries } = this.question;
    const groups = new Set(settled.groups);
    const variable = [...settled.variable];
    const chars = new Set<string>();
    let { universe, wanted } = settled;
    for (const { entry, state } of parts) {
      for (const char of state.chars) chars.add(char);
      wanted ||= entries[entry]?.wanted ?? false;
      if (!state.accepting) continue;
      if (entry === UNIVERSE) universe = true;
      else if (entries[entry]?.pattern.variables.length) variable.push(entry);
      else for (const group of entries[entry]?.groups ?? []) groups.add(group);
    }
    return {
      id: ++this.ids,
      parts,
      settled,
      wanted,
      outside: !settled.universe && !parts.some(({ entry }) => entry === UNIVERSE),
      inUniverse: universe,
      groups: [...groups],
      variable: variable.sort((a, b) => a - b),
      chars,
      next: new Map(),
    };
  }
}
