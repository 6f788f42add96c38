import { operatorName } from '../operators.ts';
import type { Budget } from './budget.ts';
import { type Candidate, choicesOf, withWay } from './choices.ts';
import type { CompiledCondition, ValueMatcher } from './compiled-condition.ts';
import { emptyValue } from './empty-value.ts';
import type { KeyUse } from './key-uses.ts';
import { holdsText, isMultiValuedKey, isSingleValuedKey } from './known-keys.ts';
import { isPlain, isQuantified, isTypedNegation, type KeyState, settle, truthIfAbsent, truthOf } from './truth.ts';
import { valueAtoms } from './value-atoms.ts';

interface Values extends KeyState {
  readonly values: readonly string[];
}

/**
 * Every combination of truths that the conditions on one key can have: with the key absent, with one value, with an empty one and, if a condition has
 * a quantifier and the key may have them, with several values. What a plain operator makes of several values is undefined: both answers count as
 * possible. Of contexts with the same truths, one is kept. Absence is kept apart if the key is also a policy variable, since a pattern may need it.
 */
export function keyStates(use: KeyUse, conditions: readonly CompiledCondition[], budget: Budget): readonly KeyState[] {
  const { key, isVariable } = use;
  const singles = singleValues(use, conditions, budget);
  const severalMatter = isMultiValuedKey(key) || (conditions.some(isQuantified) && !isSingleValuedKey(key));
  const states = [
    ...absent(conditions),
    ...singles,
    ...emptyValue(use, conditions),
    ...(severalMatter ? severalValues(conditions, singles, budget) : []),
  ];
  const found = new Map<string, readonly KeyState[]>();
  for (const state of states) {
    const name = `${isVariable && state.absent} ${bitsOf(state.truth)}`;
    found.set(name, withWay(found.get(name) ?? [], state));
  }
  return [...found.values()].flat();
}

function absent(conditions: readonly CompiledCondition[]): readonly KeyState[] {
  return settle(conditions.map(truthIfAbsent)).map(({ truth, certain }) => ({
    truth,
    values: null,
    absent: true,
    certain,
    variables: [],
    needed: [],
  }));
}

function singleValues(use: KeyUse, conditions: readonly CompiledCondition[], budget: Budget): readonly Values[] {
  const uses = new Map<string, { readonly matcher: ValueMatcher; readonly conditions: number[] }>();
  conditions.forEach(({ matchers }, at) => {
    for (const matcher of matchers) {
      const relation = matcher.family === 'number' || matcher.family === 'date' ? matcher.relation : '';
      const identity = `${matcher.family} ${relation} ${matcher.identity}`;
      const known = uses.get(identity) ?? { matcher, conditions: [] };
      uses.set(identity, known);
      known.conditions.push(at);
    }
  });
  const list = [...uses.values()];
  const failing = typedNegations(conditions);
  const candidateAt = (at: number): readonly Candidate[] => {
    const matcher = list[at]?.matcher;
    return matcher?.family === 'text' ? [{ at, pattern: matcher.pattern }] : [];
  };
  const free =
    !use.isVariable &&
    isFree(
      use,
      list.map(({ matcher }) => matcher),
    );
  const unreadable = list.flatMap(({ matcher }) => (matcher.family === 'unknown' ? [matcher.text] : []))[0];
  return valueAtoms(use, list, budget).flatMap((atom) =>
    choicesOf(atom.variable.flatMap(candidateAt), budget).flatMap((choice) => {
      const matched = new Set([...atom.matched, ...choice.matched.flatMap((at) => list[at]?.conditions ?? [])]);
      const answers = conditions.map((condition, at) => truthOf(condition, matched.has(at)));
      const readings = atom.untyped
        ? failing.map((tests) => answers.map((answer, at) => !tests.includes(testOf(conditions[at])) && answer))
        : [answers];
      const open = answers.filter((answer) => answer === null).length;
      budget.spend(list.length + conditions.length * readings.length * 2 ** Math.min(open, 20));
      return readings.flatMap(settle).map((settled) => ({
        truth: settled.truth,
        // A value that can't be read tells the reader more than one that was made up.
        values: [(settled.certain ? undefined : unreadable) ?? atom.sample],
        absent: false,
        certain: atom.certain && settled.certain && choice.certain,
        variables: free ? [] : choice.variables,
        needed: choice.needed,
      }));
    }),
  );
}

/** Every set of types whose negated operators may fail on a value of another type: each type may do so or not. */
function typedNegations(conditions: readonly CompiledCondition[]): readonly (readonly string[])[] {
  const tests = [...new Set(conditions.filter(isTypedNegation).map(testOf))];
  return Array.from({ length: 2 ** tests.length }, (_, bits) => tests.filter((_test, at) => (bits >> at) & 1));
}

/** The operator's test with its negation. */
function testOf(condition: CompiledCondition | undefined): string {
  return `${condition?.operator.negated} ${condition?.operator.test}`;
}

/**
 * Is the key's value compared with one text with variables and with nothing else, as in `"aws:ResourceTag/team": "${aws:PrincipalTag/team}"`? Then,
 * whatever the variables stand for, the value can be that or another. Not so if the key is also a variable, since what it is compared with then
 * depends on it, or if only words, numbers and the like can be its value.
 */
function isFree({ key, type }: KeyUse, matchers: readonly ValueMatcher[]): boolean {
  const [only] = matchers;
  if (matchers.length !== 1 || only?.family !== 'text') return false;
  const { variables, text } = only.pattern;
  return !variables.includes(key) && holdsText(type) && !/[*?]/.test(text);
}

/** Sets of two and more values: the answers for each value are joined by OR for ForAnyValue and by AND for ForAllValues, until nothing new comes up. */
function severalValues(conditions: readonly CompiledCondition[], singles: readonly Values[], budget: Budget): readonly KeyState[] {
  const plain = conditions.filter(isPlain).length;
  const implied = impliedBy(conditions, singles);
  const sets = new Map<string, readonly Values[]>();
  const open: Values[] = [...singles];
  // The list grows in the loop.
  for (const set of open) {
    for (const value of singles) {
      budget.spend(conditions.length * 4 + 8);
      const joined = join(conditions, set, value);
      const key = bitsOf(joined.truth);
      const known = sets.get(key) ?? [];
      const ways = withWay(known, joined);
      if (ways === known) continue;
      sets.set(key, ways);
      open.push(joined);
    }
  }
  return [...sets.values()].flat().flatMap((set) => {
    const answers = conditions.map((condition, at) => (isPlain(condition) ? null : (set.truth[at] ?? false)));
    const possible = settle(answers).filter(({ truth }) => implied.every(([one, other]) => !truth[one] || truth[other]));
    return possible.map(({ truth }) => ({ ...set, truth, certain: set.certain && plain === 0 }));
  });
}

/**
 * Pairs of conditions without a quantifier, of which the second holds where the first does: one operator makes the same of several values, whatever that is, and
 * the second condition holds of every single value of which the first does.
 */
function impliedBy(conditions: readonly CompiledCondition[], singles: readonly Values[]): readonly (readonly [number, number])[] {
  const plain = conditions.flatMap((condition, at) => (isPlain(condition) ? [{ name: operatorName(condition.operator), at }] : []));
  return plain.flatMap(({ name, at }) =>
    plain.flatMap((other): (readonly [number, number])[] =>
      other.at !== at && other.name === name && singles.every(({ truth }) => !truth[at] || truth[other.at]) ? [[at, other.at]] : [],
    ),
  );
}

function join(conditions: readonly CompiledCondition[], set: Values, value: Values): Values {
  const truth = conditions.map((condition, at) => {
    const [a, b] = [set.truth[at] ?? false, value.truth[at] ?? false];
    return condition.operator.quantifier === 'ForAnyValue' ? a || b : a && b;
  });
  return {
    truth,
    values: [...new Set([...set.values, ...value.values])],
    absent: false,
    // Variables that decide about two values may not be free to decide both. So nothing is certain, and it does not matter which variables they were.
    certain: set.certain && value.certain && set.variables.length + value.variables.length === 0,
    variables: [],
    needed: [...new Set([...set.needed, ...value.needed])],
  };
}

function bitsOf(truth: readonly boolean[]): string {
  return truth.map((bit) => (bit ? '1' : '0')).join('');
}
