import type { Pattern, Token } from '../pattern.ts';
import type { Budget } from './budget.ts';
import { Machine, type MachineState } from './machine.ts';
import { Trie, type TrieNode } from './trie.ts';

/** All texts that the same patterns match. */
export interface TextAtom {
  /** Indexes of these patterns, ascending. */
  readonly accepted: readonly number[];
  /** One of the texts. */
  readonly sample: string;
}

export interface TextQuestion {
  readonly patterns: readonly Pattern[];
  /** Only texts that match this one count. */
  readonly universe: Pattern | null;
  /** Only atoms that one of these patterns matches are asked for; `null`: all. */
  readonly wanted: ReadonlySet<number> | null;
  /** Texts that make good samples, where they fit. */
  readonly examples: readonly string[];
  /** Plain texts are compared in lower case. */
  readonly lowerCase: boolean;
}

/** A set of machine states, one for each wildcard pattern that can still match. */
interface Front {
  readonly id: number;
  readonly parts: readonly Part[];
  readonly chars: ReadonlySet<string>;
  readonly accepted: readonly number[];
  readonly inUniverse: boolean;
  readonly wanted: boolean;
  readonly next: Map<string | null, Front | null>;
}

interface Part {
  readonly pattern: number;
  readonly state: MachineState;
}

/** A text read so far, as a chain of characters. */
interface Step {
  readonly front: Front | null;
  readonly node: TrieNode | null;
  readonly before: Step | null;
  readonly char: string;
}

const UNIVERSE = -1;

/** Letters first: samples are for people. */
const SAMPLE_CHARS = 'xyzabcdefghijklmnopqrstuvw0123456789XYZABCDEFGHIJKLMNOPQRSTUVW-_.=@+,/';

/**
 * Cuts the set of all texts along the patterns: one atom for each set of patterns that is exactly what some text matches. The patterns'
 * machines run side by side, from the empty text, through every combination of states that is reached; plain texts share a prefix tree,
 * so they cost their length and no states. Exponential in the number of `*…*` patterns at worst: the budget bounds it.
 */
export function textAtoms(question: TextQuestion, budget: Budget): readonly TextAtom[] {
  return new Product(question, budget).atoms();
}

function isPlain(pattern: Pattern): boolean {
  return pattern.tokens.every((token) => token.kind === 'char' && token.chars.length === 1);
}

function plainText(tokens: readonly Token[]): string {
  return tokens.map((token) => (token.kind === 'char' ? token.chars : '')).join('');
}

class Product {
  private readonly question: TextQuestion;
  private readonly budget: Budget;
  private readonly machines = new Map<number, Machine>();
  private readonly trie = new Trie();
  private readonly fronts = new Map<string, Front>();
  private ids = 0;

  constructor(question: TextQuestion, budget: Budget) {
    this.question = question;
    this.budget = budget;
    const newId = (): number => ++this.ids;
    question.patterns.forEach((pattern, index) => {
      if (isPlain(pattern)) this.trie.add(plainText(pattern.tokens), pattern.text, index, question.wanted?.has(index) ?? true);
      else this.machines.set(index, new Machine(pattern.tokens, newId, budget));
    });
    if (question.universe) this.machines.set(UNIVERSE, new Machine(question.universe.tokens, newId, budget));
    for (const example of question.examples) this.trie.add(question.lowerCase ? example.toLowerCase() : example, example, null, false);
    budget.spend(this.trie.size);
  }

  atoms(): readonly TextAtom[] {
    const found = new Map<string, { atom: TextAtom; shown: boolean }>();
    const start = this.front([...this.machines].map(([pattern, { start: state }]) => ({ pattern, state })));
    const seen = new Set<number>();
    const open: Step[] = [];
    const visit = (step: Step): void => {
      const key = (step.front?.id ?? 0) * (this.trie.size + 1) + (step.node?.id ?? 0);
      if (seen.has(key) || !this.leadsOn(step)) return;
      seen.add(key);
      this.budget.spend(1);
      open.push(step);
    };
    visit({ front: start, node: this.trie.root, before: null, char: '' });
    for (let index = 0; index < open.length; index++) {
      const step = open[index];
      if (!step) break;
      this.emit(step, found);
      for (const next of this.steps(step)) visit(next);
    }
    return [...found.values()].map(({ atom }) => atom);
  }

  private leadsOn({ front, node }: Step): boolean {
    if (this.question.universe && !front?.parts.some(({ pattern }) => pattern === UNIVERSE)) return false;
    if (!this.question.wanted) return true;
    return (front?.wanted ?? false) || (node?.wanted ?? false);
  }

  private emit(step: Step, found: Map<string, { atom: TextAtom; shown: boolean }>): void {
    if (this.question.universe && !step.front?.inUniverse) return;
    const accepted = [...(step.front?.accepted ?? []), ...(step.node?.accepted ?? [])].sort((a, b) => a - b);
    const key = accepted.join();
    const label = step.node?.label ?? null;
    const known = found.get(key);
    if (known && (known.shown || label === null)) return;
    found.set(key, { atom: { accepted, sample: label ?? textOf(step) }, shown: label !== null });
  }

  private *steps(step: Step): Generator<Step> {
    const { front, node } = step;
    const chars = new Set([...(node?.next.keys() ?? []), ...(front?.chars ?? [])]);
    for (const char of chars) {
      yield { front: this.advance(front, char), node: node?.next.get(char) ?? null, before: step, char };
    }
    yield { front: this.advance(front, null), node: null, before: step, char: otherThan(chars) };
  }

  private advance(front: Front | null, char: string | null): Front | null {
    if (!front) return null;
    const symbol = char !== null && front.chars.has(char) ? char : null;
    const known = front.next.get(symbol);
    if (known !== undefined) return known;
    this.budget.spend(front.parts.length);
    const parts = front.parts.flatMap(({ pattern, state }): Part[] => {
      const next = this.machines.get(pattern)?.step(state, symbol !== null && state.chars.includes(symbol) ? symbol : null);
      return next ? [{ pattern, state: next }] : [];
    });
    const next = this.front(parts);
    front.next.set(symbol, next);
    return next;
  }

  /** `null` when no wildcard pattern can match any more. */
  private front(parts: readonly Part[]): Front | null {
    if (parts.length === 0) return null;
    const key = parts.map(({ state }) => state.id).join();
    const known = this.fronts.get(key);
    if (known) return known;
    this.budget.spend(parts.length + 4);
    const accepting = parts.filter(({ state }) => state.accepting).map(({ pattern }) => pattern);
    const front: Front = {
      id: this.fronts.size + 1,
      parts,
      chars: new Set(parts.flatMap(({ state }) => [...state.chars])),
      accepted: accepting.filter((pattern) => pattern !== UNIVERSE),
      inUniverse: accepting.includes(UNIVERSE),
      wanted: parts.some(({ pattern }) => this.question.wanted?.has(pattern) ?? true),
      next: new Map(),
    };
    this.fronts.set(key, front);
    return front;
  }
}

function textOf(step: Step): string {
  const chars: string[] = [];
  for (let at: Step | null = step; at; at = at.before) chars.push(at.char);
  return chars.reverse().join('');
}

/** A character that nothing in play names; there always is one, as texts are not bound to Latin-1 here. */
function otherThan(chars: ReadonlySet<string>): string {
  for (const char of SAMPLE_CHARS) if (!chars.has(char)) return char;
  for (let code = 0x100; ; code++) if (!chars.has(String.fromCharCode(code))) return String.fromCharCode(code);
}
