import type { Budget } from './budget.ts';
import { TooLarge } from './budget.ts';
import { type Candidate, type Choice, choicesOf, withWay } from './choices.ts';
import { isSingleValuedKey } from './known-keys.ts';
import { holdsOfPresence, type Leaf, type Taker } from './leaf.ts';
import { valueAtoms } from './value-atoms.ts';

/** All contexts that differ in one key alone and make the same conditions on it true. */
export interface KeyState extends Pick<Choice, 'certain' | 'variables' | 'needed'> {
  /** For each leaf: does it hold? */
  readonly truth: readonly boolean[];
  /** An example; `null` where the key is absent. */
  readonly values: readonly string[] | null;
}

interface Values extends KeyState {
  readonly values: readonly string[];
}

/**
 * Every combination of truths that the conditions on one key can show: the key absent, with one value, and, where a condition has a
 * quantifier and the key may have them, with several values. A plain operator on a key with several values is undefined: both its answers are taken to be possible.
 * Of contexts with the same truths one is kept; absence is kept apart where the key is a policy variable, too, as a pattern may need it.
 */
export function keyStates(leaves: readonly Leaf[], isVariable: boolean, budget: Budget): readonly KeyState[] {
  const singles = singleValues(leaves, budget);
  const severalMatter = leaves.some(({ key, operator }) => operator.quantifier && !isSingleValuedKey(key));
  const states = [...absent(leaves), ...singles, ...(severalMatter ? severalValues(leaves, singles, budget) : [])];
  const found = new Map<string, readonly KeyState[]>();
  for (const state of states) {
    const key = `${isVariable && state.values === null} ${bitsOf(state.truth)}`;
    found.set(key, withWay(found.get(key) ?? [], state));
  }
  return [...found.values()].flat();
}

/** Missing key: a positive operator is false, a negated one true, IfExists true, ForAllValues true, ForAnyValue false. */
function absent(leaves: readonly Leaf[]): readonly KeyState[] {
  const answers = leaves.map((leaf) => {
    const { quantifier, test, ifExists, negated } = leaf.operator;
    if (test === 'null') return holdsOfPresence(leaf, false);
    if (ifExists || quantifier === 'ForAllValues') return true;
    return quantifier === null && negated;
  });
  return settle(answers).map(({ truth, certain }) => ({ truth, values: null, certain, variables: [], needed: [] }));
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

function singleValues(leaves: readonly Leaf[], budget: Budget): readonly Values[] {
  const asked = new Map<string, { readonly taker: Taker; readonly leaves: number[] }>();
  leaves.forEach(({ takers }, at) => {
    for (const taker of takers) {
      const relation = taker.family === 'number' || taker.family === 'date' ? taker.relation : '';
      const identity = `${taker.family} ${relation} ${taker.identity}`;
      const known = asked.get(identity) ?? { taker, leaves: [] };
      asked.set(identity, known);
      known.leaves.push(at);
    }
  });
  const list = [...asked.values()];
  const key = leaves[0]?.key ?? '';
  const candidateAt = (at: number): readonly Candidate[] => {
    const taker = list[at]?.taker;
    return taker?.family === 'text' ? [{ at, pattern: taker.pattern }] : [];
  };
  const free = isFree(
    key,
    list.map(({ taker }) => taker),
  );
  return valueAtoms(key, list, budget).flatMap((atom) =>
    choicesOf(atom.variable.flatMap(candidateAt), budget).flatMap((choice) => {
      budget.spend(leaves.length + list.length);
      const taken = new Set([...atom.taken, ...choice.taken.flatMap((at) => list[at]?.leaves ?? [])]);
      const answers = leaves.map((leaf, at) => truthOf(leaf, taken.has(at)));
      return settle(answers).map((settled) => ({
        truth: settled.truth,
        values: [atom.sample],
        certain: atom.certain && settled.certain && choice.certain,
        variables: free ? [] : choice.variables,
        needed: choice.needed,
      }));
    }),
  );
}

/**
 * Is the key's value compared with one text with variables and nothing else, as in `"aws:ResourceTag/team": "${aws:PrincipalTag/team}"`? Then
 * whatever the variables stand for, the value can be that or another.
 */
function isFree(key: string, takers: readonly Taker[]): boolean {
  const [only] = takers;
  if (takers.length !== 1 || only?.family !== 'text') return false;
  const { variables, text } = only.pattern;
  return !variables.includes(key) && !/[*?]/.test(text);
}

function truthOf(leaf: Leaf, taken: boolean): boolean | null {
  if (leaf.operator.test === 'null') return holdsOfPresence(leaf, true);
  if (taken) return !leaf.operator.negated;
  if (leaf.takers.some(({ family }) => family === 'unknown')) return null;
  return leaf.operator.negated;
}

/** Sets of two and more values: what each value gives is joined by OR for ForAnyValue and by AND for ForAllValues, until nothing new comes. */
function severalValues(leaves: readonly Leaf[], singles: readonly Values[], budget: Budget): readonly KeyState[] {
  const plain = leaves.filter(({ operator }) => operator.quantifier === null && operator.test !== 'null').length;
  const sets = new Map<string, readonly Values[]>();
  const open: Values[] = [...singles];
  // Grows on the way.
  for (const set of open) {
    for (const value of singles) {
      budget.spend(leaves.length * 4 + 8);
      const joined = join(leaves, set, value);
      const key = bitsOf(joined.truth);
      const known = sets.get(key) ?? [];
      const ways = withWay(known, joined);
      if (ways === known) continue;
      sets.set(key, ways);
      open.push(joined);
    }
  }
  return [...sets.values()].flat().flatMap((set) => {
    const answers = leaves.map((leaf, at) => (isPlain(leaf) ? null : (set.truth[at] ?? false)));
    return settle(answers).map(({ truth }) => ({
      ...set,
      truth,
      certain: set.certain && plain === 0,
    }));
  });
}

function isPlain({ operator }: Leaf): boolean {
  return operator.quantifier === null && operator.test !== 'null';
}

function join(leaves: readonly Leaf[], set: Values, value: Values): Values {
  const truth = leaves.map((leaf, at) => {
    const [a, b] = [set.truth[at] ?? false, value.truth[at] ?? false];
    return leaf.operator.quantifier === 'ForAnyValue' ? a || b : a && b;
  });
  return {
    truth,
    values: [...new Set([...set.values, ...value.values])],
    // Variables that had a say in two values may not be free to say both. So nothing is certain, and it need not be followed which they were.
    certain: set.certain && value.certain && set.variables.length + value.variables.length === 0,
    variables: [],
    needed: [...new Set([...set.needed, ...value.needed])],
  };
}

function bitsOf(truth: readonly boolean[]): string {
  return truth.map((bit) => (bit ? '1' : '0')).join('');
}
