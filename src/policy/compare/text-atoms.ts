import { type Budget, TooLarge } from './budget.ts';
import { Product, type ProductState } from './product-state.ts';
import { plainStart, type TextQuestion } from './text-question.ts';
import { Trie, type TrieNode } from './trie.ts';

/** Texts that belong to the same groups. */
export interface TextAtom {
  /** Ascending; groups that others overrule may be missing. */
  readonly groups: readonly number[];
  /** Entries with policy variables that match if their variables stand for the right text. */
  readonly variable: readonly number[];
  /** Some of the texts, from different patterns if there are several; at least one. */
  readonly samples: readonly string[];
}

/** Most samples of one kind, as many as an explanation can use; also the most ways to one state that are remembered for their sake. */
export const MOST_SAMPLES = 8;

/** A text read so far, as a chain of characters. */
interface Step {
  readonly state: ProductState;
  readonly node: TrieNode | null;
  readonly before: Step | null;
  readonly char: string;
}

interface Found {
  readonly groups: readonly number[];
  readonly variable: readonly number[];
  /** Plain patterns among the texts, as written. */
  readonly plain: string[];
  /** The first of the question's examples among the texts, by its index. */
  example: number;
  /** Ways to these texts, the shortest first. */
  readonly ways: Step[];
}

/** Longer patterns name nothing (an ARN has at most 2,048 characters), and their samples are as long as they are. */
const LONGEST_PATTERN = 4096;

/** Letters first: samples are for people. */
const SAMPLE_CHARS = 'xyzabcdefghijklmnopqrstuvw0123456789XYZABCDEFGHIJKLMNOPQRSTUVW-_.=@+,/';

/**
 * Divides all texts by the groups that they belong to: one atom for each set of groups to which some text belongs, and to no others. Plain texts, and
 * the plain beginnings of wildcard patterns, share a prefix tree, so they cost no more than their length. From its first wildcard on, a pattern has an
 * automaton, and the automata run side by side through every combination of states that is reached. A pattern whose groups are all settled is dropped
 * on the way, so patterns of one group add up instead of multiplying. At worst exponential in the number of groups with `*…*` patterns, which the
 * budget bounds.
 */
export function textAtoms(question: TextQuestion, budget: Budget): readonly TextAtom[] {
  return question.entries.some(({ wanted }) => wanted) ? new Walk(question, budget).atoms() : [];
}

class Walk {
  private readonly question: TextQuestion;
  private readonly budget: Budget;
  private readonly product: Product;
  private readonly trie = new Trie();
  private readonly found = new Map<string, Found>();
  private readonly seen = new Set<number>();
  /** Other ways to states, by the state's key. */
  private readonly detours = new Map<number, Step[]>();
  private readonly open: Step[] = [];

  constructor(question: TextQuestion, budget: Budget) {
    this.question = question;
    this.budget = budget;
    this.product = new Product(question, budget);
    question.entries.forEach(({ pattern, wanted }, index) => {
      if (pattern.text.length > LONGEST_PATTERN) throw new TooLarge();
      const text = plainStart(pattern);
      budget.spend(text.length);
      if (text.length < pattern.tokens.length) this.trie.add(text, null, wanted).starting.push(index);
      else this.trie.add(text, question.lowerCase ? pattern.text : text, wanted).accepted.push(index);
    });
    for (const example of question.examples) this.trie.add(question.lowerCase ? example.toLowerCase() : example, example, false);
    budget.spend(this.trie.size * 4);
  }

  atoms(): readonly TextAtom[] {
    this.visit(this.firstStep());
    // The list grows in the loop.
    for (const step of this.open) {
      this.emit(step);
      this.advance(step);
    }
    return [...this.found.values()].map(({ groups, variable, plain, example, ways }) => ({
      groups,
      variable,
      samples: [...new Set([...plain, ...this.question.examples.slice(example, example + 1), ...this.textsOf(ways)])].slice(
        0,
        MOST_SAMPLES,
      ),
    }));
  }

  /** Skips the beginning that all wanted patterns share: a text that begins otherwise belongs to none of them. */
  private firstStep(): Step {
    let step: Step = { state: this.product.start, node: this.trie.root, before: null, char: '' };
    if (this.question.universe) return step;
    for (const [char, node] of this.trie.stem()) step = { ...step, node, before: step, char };
    return step;
  }

  private visit(arrived: Step): void {
    const { node } = arrived;
    const state = node && node.starting.length > 0 ? this.product.join(arrived.state, node.starting) : arrived.state;
    if (state.outside || !(state.wanted || node?.wanted)) return;
    const step = { ...arrived, state };
    const key = this.keyOf(step);
    if (this.seen.has(key)) {
      this.remember(step, key);
      return;
    }
    this.seen.add(key);
    this.budget.spend(4);
    this.open.push(step);
  }

  private keyOf({ state, node }: Step): number {
    return state.id * (this.trie.size + 1) + (node?.id ?? 0);
  }

  /** Another text that reaches the same state is another sample of what follows. */
  private remember(step: Step, key: number): void {
    const ways = this.detours.get(key) ?? [];
    if (ways.length >= MOST_SAMPLES || !isNewWay(step) || !step.state.wanted) return;
    this.detours.set(key, [...ways, step]);
  }

  private advance(step: Step): void {
    const { state, node } = step;
    for (const char of state.chars) {
      this.visit({ state: this.product.step(state, char), node: node?.next.get(char) ?? null, before: step, char });
    }
    const other = this.product.step(state, null);
    for (const [char, next] of node?.next ?? []) {
      if (!state.chars.has(char)) this.visit({ state: other, node: next, before: step, char });
    }
    this.visit({ state: other, node: null, before: step, char: otherThan(state.chars, node) });
  }

  private emit(step: Step): void {
    const { state, node } = step;
    if (!state.inUniverse) return;
    const groups = new Set(state.groups);
    for (const index of node?.accepted ?? []) for (const group of this.question.entries[index]?.groups ?? []) groups.add(group);
    const sorted = [...groups].sort((a, b) => a - b);
    const variable = state.variable.filter((index) => this.question.entries[index]?.groups.some((group) => !groups.has(group)));
    const key = `${sorted.join()} ${variable.join()}`;
    const found = this.found.get(key) ?? { groups: sorted, variable, plain: [], example: Number.POSITIVE_INFINITY, ways: [] };
    this.budget.spend(sorted.length + 4);
    this.found.set(key, found);
    if (found.ways.length === 0 || isNewWay(step)) found.ways.push(step);
    const label = node?.label ?? null;
    if (label === null) return;
    if (node?.accepted.length === 0) found.example = Math.min(found.example, this.question.examples.indexOf(label));
    else found.plain.push(label);
  }

  /** The texts of these ways, and those that reach a state of the first way by another way. */
  private textsOf(ways: readonly Step[]): readonly string[] {
    const texts = ways.slice(0, MOST_SAMPLES).map((way) => this.textOf(way));
    let rest = '';
    for (let at: Step | null = ways[0] ?? null; at && texts.length < MOST_SAMPLES; at = at.before) {
      for (const way of this.detours.get(this.keyOf(at)) ?? []) texts.push(`${this.textOf(way)}${rest}`);
      rest = `${at.char}${rest}`;
    }
    return texts;
  }

  private textOf(step: Step): string {
    const chars: string[] = [];
    for (let at: Step | null = step; at; at = at.before) chars.push(at.char);
    this.budget.spend(Math.ceil(chars.length / 4));
    return chars.reverse().join('');
  }
}

/** A text that goes round a loop once more is not a new one. */
function isNewWay({ state, before }: Step): boolean {
  return before?.state !== state;
}

/** A character that neither state nor node names. There always is one, since texts are not limited to Latin-1 here. */
function otherThan(chars: ReadonlySet<string>, node: TrieNode | null): string {
  const isFree = (char: string): boolean => !chars.has(char) && !node?.next.has(char);
  for (const char of SAMPLE_CHARS) if (isFree(char)) return char;
  for (let code = 0x100; ; code++) if (isFree(String.fromCharCode(code))) return String.fromCharCode(code);
}
