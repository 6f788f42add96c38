import type { Budget } from './budget.ts';
import { TooLarge } from './budget.ts';
import { choicesOf } from './choices.ts';
import { holdsOfPresence, type Leaf, type Taker } from './leaf.ts';
import { type ValueAtom, valueAtoms } from './value-atoms.ts';

/** All contexts that differ in one key alone and make the same conditions on it true. */
export interface KeyState {
  /** For each leaf: does it hold? */
  readonly truth: readonly boolean[];
  /** `absent`, `= x`, … */
  readonly note: string;
  readonly certain: boolean;
  /** Policy variables had a say. */
  readonly variable: boolean;
}

interface Single {
  readonly truth: readonly boolean[];
  readonly sample: string;
  readonly certain: boolean;
  readonly variable: boolean;
}

/**
 * Every combination of truths that the conditions on one key can show: the key absent, with one value, and, where a condition has a
 * quantifier, with several values. A plain operator on a key with several values is undefined: both its answers are taken to be possible.
 */
export function keyStates(leaves: readonly Leaf[], budget: Budget): readonly KeyState[] {
  const singles = singleValues(leaves, budget);
  const states = [
    ...absent(leaves),
    ...singles.map(({ truth, sample, certain, variable }) => ({ truth, note: `= ${sample}`, certain, variable })),
    ...(leaves.some(({ operator }) => operator.quantifier) ? severalValues(leaves, singles, budget) : []),
  ];
  const found = new Map<string, KeyState>();
  for (const state of states) {
    const key = bitsOf(state.truth);
    const known = found.get(key);
    if (!known || worth(state) > worth(known)) found.set(key, state);
  }
  return [...found.values()];
}

/** Of contexts with the same truths the surest is kept, and rather one that asks nothing of variables. */
function worth({ certain, variable }: KeyState): number {
  return (certain ? 2 : 0) + (variable ? 0 : 1);
}

/** Missing key: a positive operator is false, a negated one true, IfExists true, ForAllValues true, ForAnyValue false. */
function absent(leaves: readonly Leaf[]): readonly KeyState[] {
  const answers = leaves.map((leaf) => {
    const { quantifier, test, ifExists, negated } = leaf.operator;
    if (test === 'null') return holdsOfPresence(leaf, false);
    if (ifExists || quantifier === 'ForAllValues') return true;
    return quantifier === null && negated;
  });
  return settle(answers).map(({ truth, certain }) => ({ truth, note: 'absent', certain, variable: false }));
}

/** The truths of leaves of which some are not known (`null`): both, and then neither is certain. */
function settle(answers: readonly (boolean | null)[]): readonly { readonly truth: readonly boolean[]; readonly certain: boolean }[] {
  const open = answers.filter((answer) => answer === null).length;
  if (open > 6) throw new TooLarge();
  return Array.from({ length: 2 ** open }, (_, bits) => {
    let nth = 0;
    return { truth: answers.map((answer) => answer ?? ((bits >> nth++) & 1) === 1), certain: open === 0 };
  });
}

function singleValues(leaves: readonly Leaf[], budget: Budget): readonly Single[] {
  const takers: Taker[] = [];
  const index = new Map<string, number>();
  const indexes = leaves.map(({ operator, takers: own }) =>
    own.map((taker) => {
      const relation = taker.family === 'number' || taker.family === 'date' ? taker.relation : '';
      const kind = taker.family === 'unknown' ? operator.name : '';
      const identity = `${taker.family} ${relation} ${kind} ${taker.identity}`;
      const known = index.get(identity) ?? takers.push(taker) - 1;
      index.set(identity, known);
      return known;
    }),
  );
  const unknown = new Set(takers.flatMap((taker, at) => (taker.family === 'unknown' ? [at] : [])));
  return valueAtoms(leaves[0]?.key ?? '', takers, budget).flatMap((atom) =>
    choicesOf(atom.variable, budget).flatMap((choice) => {
      budget.spend(leaves.length + takers.length);
      const accepted = new Set([...atom.accepted, ...choice.taken]);
      const answers = leaves.map((leaf, at) => truthOf(leaf, indexes[at] ?? [], accepted, unknown));
      return settle(answers).map((settled) => single(atom, settled, choice.certain));
    }),
  );
}

function single(atom: ValueAtom, settled: { readonly truth: readonly boolean[]; readonly certain: boolean }, chosen: boolean): Single {
  const variable = atom.variable.length > 0;
  return { truth: settled.truth, sample: atom.sample, certain: atom.certain && settled.certain && chosen, variable };
}

function truthOf(leaf: Leaf, takers: readonly number[], accepted: ReadonlySet<number>, unknown: ReadonlySet<number>): boolean | null {
  if (leaf.operator.test === 'null') return holdsOfPresence(leaf, true);
  if (takers.some((taker) => accepted.has(taker))) return !leaf.operator.negated;
  if (takers.some((taker) => unknown.has(taker))) return null;
  return leaf.operator.negated;
}

/** Sets of two and more values: what each value gives is joined by OR for ForAnyValue and by AND for ForAllValues, until nothing new comes. */
function severalValues(leaves: readonly Leaf[], singles: readonly Single[], budget: Budget): readonly KeyState[] {
  const plain = leaves.filter(({ operator }) => operator.quantifier === null && operator.test !== 'null').length;
  const sets = new Map<string, Single>();
  const open: Single[] = [...singles];
  const sorted = [...singles].sort((a, b) => Number(b.certain) - Number(a.certain));
  for (let at = 0; at < open.length; at++) {
    const set = open[at];
    if (!set) break;
    for (const value of sorted) {
      budget.spend(leaves.length);
      const joined = join(leaves, set, value);
      const key = bitsOf(joined.truth);
      const known = sets.get(key);
      if (known && (known.certain || !joined.certain)) continue;
      sets.set(key, joined);
      open.push(joined);
    }
  }
  return [...sets.values()].flatMap((set) => {
    const answers = leaves.map((leaf, at) => (isPlain(leaf) ? null : (set.truth[at] ?? false)));
    return settle(answers).map(({ truth }) => ({
      truth,
      note: `= ${set.sample}`,
      certain: set.certain && plain === 0,
      variable: set.variable,
    }));
  });
}

function isPlain({ operator }: Leaf): boolean {
  return operator.quantifier === null && operator.test !== 'null';
}

function join(leaves: readonly Leaf[], set: Single, value: Single): Single {
  const truth = leaves.map((leaf, at) => {
    const [a, b] = [set.truth[at] ?? false, value.truth[at] ?? false];
    return leaf.operator.quantifier === 'ForAnyValue' ? a || b : a && b;
  });
  return {
    truth,
    sample: set.sample === value.sample || set.sample.includes(' and ') ? set.sample : `${set.sample} and ${value.sample}`,
    certain: set.certain && value.certain && !(set.variable || value.variable),
    variable: set.variable || value.variable,
  };
}

function bitsOf(truth: readonly boolean[]): string {
  return truth.map((bit) => (bit ? '1' : '0')).join('');
}
