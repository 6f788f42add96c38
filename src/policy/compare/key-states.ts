import type { Budget } from './budget.ts';
import { type Candidate, choicesOf, withWay } from './choices.ts';
import { emptyValue } from './empty-value.ts';
import type { KeyUse } from './key-uses.ts';
import { holdsText, isMultiValuedKey, isSingleValuedKey } from './known-keys.ts';
import type { Leaf, Taker } from './leaf.ts';
import { isPlain, isQuantified, isTypedNegation, type KeyState, settle, truthIfAbsent, truthOf } from './truth.ts';
import { valueAtoms } from './value-atoms.ts';

interface Values extends KeyState {
  readonly values: readonly string[];
}

/**
 * Every combination of truths that the conditions on one key can show: the key absent, with one value, an empty one, and, where a condition has
 * a quantifier and the key may have them, with several values. A plain operator on a key with several values is undefined: both its answers are taken to be possible.
 * Of contexts with the same truths one is kept; absence is kept apart where the key is a policy variable, too, as a pattern may need it.
 */
export function keyStates(use: KeyUse, leaves: readonly Leaf[], budget: Budget): readonly KeyState[] {
  const { key, isVariable } = use;
  const singles = singleValues(use, leaves, budget);
  const severalMatter = isMultiValuedKey(key) || (leaves.some(isQuantified) && !isSingleValuedKey(key));
  const states = [
    ...absent(leaves),
    ...singles,
    ...emptyValue(use, leaves),
    ...(severalMatter ? severalValues(leaves, singles, budget) : []),
  ];
  const found = new Map<string, readonly KeyState[]>();
  for (const state of states) {
    const name = `${isVariable && state.absent} ${bitsOf(state.truth)}`;
    found.set(name, withWay(found.get(name) ?? [], state));
  }
  return [...found.values()].flat();
}

function absent(leaves: readonly Leaf[]): readonly KeyState[] {
  return settle(leaves.map(truthIfAbsent)).map(({ truth, certain }) => ({
    truth,
    values: null,
    absent: true,
    certain,
    variables: [],
    needed: [],
  }));
}

function singleValues(use: KeyUse, leaves: readonly Leaf[], budget: Budget): readonly Values[] {
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
  const failing = typedNegations(leaves);
  const candidateAt = (at: number): readonly Candidate[] => {
    const taker = list[at]?.taker;
    return taker?.family === 'text' ? [{ at, pattern: taker.pattern }] : [];
  };
  const free =
    !use.isVariable &&
    isFree(
      use,
      list.map(({ taker }) => taker),
    );
  const unreadable = list.flatMap(({ taker }) => (taker.family === 'unknown' ? [taker.text] : []))[0];
  return valueAtoms(use, list, budget).flatMap((atom) =>
    choicesOf(atom.variable.flatMap(candidateAt), budget).flatMap((choice) => {
      const taken = new Set([...atom.taken, ...choice.taken.flatMap((at) => list[at]?.leaves ?? [])]);
      const answers = leaves.map((leaf, at) => truthOf(leaf, taken.has(at)));
      const readings = atom.untyped
        ? failing.map((tests) => answers.map((answer, at) => !tests.includes(testOf(leaves[at])) && answer))
        : [answers];
      const open = answers.filter((answer) => answer === null).length;
      budget.spend(list.length + leaves.length * readings.length * 2 ** Math.min(open, 20));
      return readings.flatMap(settle).map((settled) => ({
        truth: settled.truth,
        // What can't be read says more than a value that was made up.
        values: [(settled.certain ? undefined : unreadable) ?? atom.sample],
        absent: false,
        certain: atom.certain && settled.certain && choice.certain,
        variables: free ? [] : choice.variables,
        needed: choice.needed,
      }));
    }),
  );
}

/** Every choice of types whose negated operators may fail on a value that is of another type: the types of a value differ from one another. */
function typedNegations(leaves: readonly Leaf[]): readonly (readonly string[])[] {
  const tests = [...new Set(leaves.filter(isTypedNegation).map(testOf))];
  return Array.from({ length: 2 ** tests.length }, (_, bits) => tests.filter((_test, at) => (bits >> at) & 1));
}

/** With the negation. */
function testOf(leaf: Leaf | undefined): string {
  return `${leaf?.operator.negated} ${leaf?.operator.test}`;
}

/**
 * Is the key's value compared with one text with variables and nothing else, as in `"aws:ResourceTag/team": "${aws:PrincipalTag/team}"`? Then
 * whatever the variables stand for, the value can be that or another. Not where the key is a variable, too: what is compared with that is not free of
 * this, nor where only words, numbers and the like can be its value.
 */
function isFree({ key, type }: KeyUse, takers: readonly Taker[]): boolean {
  const [only] = takers;
  if (takers.length !== 1 || only?.family !== 'text') return false;
  const { variables, text } = only.pattern;
  return !variables.includes(key) && holdsText(type) && !/[*?]/.test(text);
}

/** Sets of two and more values: what each value gives is joined by OR for ForAnyValue and by AND for ForAllValues, until nothing new comes. */
function severalValues(leaves: readonly Leaf[], singles: readonly Values[], budget: Budget): readonly KeyState[] {
  const plain = leaves.filter(isPlain).length;
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

function join(leaves: readonly Leaf[], set: Values, value: Values): Values {
  const truth = leaves.map((leaf, at) => {
    const [a, b] = [set.truth[at] ?? false, value.truth[at] ?? false];
    return leaf.operator.quantifier === 'ForAnyValue' ? a || b : a && b;
  });
  return {
    truth,
    values: [...new Set([...set.values, ...value.values])],
    absent: false,
    // Variables that had a say in two values may not be free to say both. So nothing is certain, and it need not be followed which they were.
    certain: set.certain && value.certain && set.variables.length + value.variables.length === 0,
    variables: [],
    needed: [...new Set([...set.needed, ...value.needed])],
  };
}

function bitsOf(truth: readonly boolean[]): string {
  return truth.map((bit) => (bit ? '1' : '0')).join('');
}
