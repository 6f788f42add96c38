import { accepts } from '../pattern.ts';
import { type Address, formatAddress, LAST_ADDRESS } from './addresses.ts';
import type { Budget } from './budget.ts';
import type { AddressTaker, RangeTaker, Taker, TextTaker } from './leaf.ts';
import { textAtoms } from './text-atoms.ts';

/** All values of a key that the same takers take. Takers are named by their index in the list that was asked about. */
export interface ValueAtom {
  /** These take the values. */
  readonly accepted: readonly number[];
  /** These may: they hold policy variables, and what these stand for decides. */
  readonly variable: readonly number[];
  /** One of the values. */
  readonly sample: string;
  /** Whether there really is such a value: not known where operators of several types are put to one key. */
  readonly certain: boolean;
}

/** Keys that only ever hold true or false, and keys that only ever hold whole numbers, lower case. */
const BOOLEAN_KEYS: ReadonlySet<string> = new Set([
  'aws:multifactorauthpresent',
  'aws:principalisawsservice',
  'aws:securetransport',
  'aws:viaawsservice',
  'kms:bypasspolicylockoutsafetycheck',
  'kms:grantisforawsresource',
]);
const WHOLE_NUMBER_KEYS: ReadonlySet<string> = new Set(['aws:multifactorauthage', 's3:max-keys', 'sts:durationseconds']);

/** Cuts the values of a key into atoms. Where takers of several families meet, the atoms of each are combined, none of them certain. */
export function valueAtoms(key: string, takers: readonly Taker[], budget: Budget): readonly ValueAtom[] {
  const parts = [
    textValues(key, takers, budget),
    rangeValues('number', key, takers),
    rangeValues('date', key, takers),
    addressValues(takers, budget),
  ];
  const used = parts.filter((part) => part !== null);
  const [first, ...others] = used;
  if (!first) return [{ accepted: [], variable: [], sample: 'any value', certain: true }];
  return others.reduce((left, right) => combine(left, right, budget), first);
}

function combine(left: readonly ValueAtom[], right: readonly ValueAtom[], budget: Budget): readonly ValueAtom[] {
  budget.spend(left.length * right.length);
  return left.flatMap((a) =>
    right.map((b) => ({
      accepted: [...a.accepted, ...b.accepted],
      variable: [...a.variable, ...b.variable],
      sample: a.sample,
      certain: false,
    })),
  );
}

type Indexed<T> = readonly (readonly [number, T])[];

function textValues(key: string, takers: readonly Taker[], budget: Budget): readonly ValueAtom[] | null {
  const texts: Indexed<TextTaker> = takers.flatMap((taker, index) => (taker.family === 'text' ? [[index, taker] as const] : []));
  if (texts.length === 0) return null;
  const bools = texts.filter(([, taker]) => taker.bool).length;
  const words = bools > 0 ? ['true', 'false'].map((word) => wordAtom(texts, word)) : [];
  if (bools === texts.length || (bools > 0 && BOOLEAN_KEYS.has(key))) return words;
  const question = {
    patterns: texts.map(([, { pattern }]) => pattern),
    universe: null,
    wanted: null,
    examples: ['other'],
    lowerCase: false,
  };
  const atoms = textAtoms(question, budget).map(({ accepted, sample }) =>
    textAtom(
      texts.filter((_, index) => accepted.includes(index)),
      sample,
      bools === 0,
    ),
  );
  return [...words, ...atoms];
}

function wordAtom(texts: Indexed<TextTaker>, word: string): ValueAtom {
  const accepting = texts.filter(([, { pattern }]) => accepts(pattern.tokens, word));
  return textAtom(accepting, word, true);
}

function textAtom(accepting: Indexed<TextTaker>, sample: string, certain: boolean): ValueAtom {
  const isVariable = ([, { pattern }]: readonly [number, TextTaker]): boolean => pattern.variables.length > 0;
  return {
    accepted: accepting.filter((one) => !isVariable(one)).map(([index]) => index),
    variable: accepting.filter(isVariable).map(([index]) => index),
    sample,
    certain,
  };
}

/** Between two neighbouring bounds all values are alike: the bounds and a value between each two are asked about. */
function rangeValues(family: 'number' | 'date', key: string, takers: readonly Taker[]): readonly ValueAtom[] | null {
  const ranges: Indexed<RangeTaker> = takers.flatMap((taker, index) => (taker.family === family ? [[index, taker] as const] : []));
  if (ranges.length === 0) return null;
  const bounds = [...new Set(ranges.map(([, { bound }]) => bound))].sort((a, b) => a - b);
  const points = bounds.flatMap((bound, index) => [bound, between(bound, bounds[index + 1] ?? Number.POSITIVE_INFINITY)]);
  const values = [Math.ceil(bounds[0] ?? 0) - 1, ...points];
  return distinct(
    values
      .filter((value) => Number.isInteger(value) || !WHOLE_NUMBER_KEYS.has(key))
      .map((value) => ({
        accepted: ranges.filter(([, taker]) => isInRange(taker, value)).map(([index]) => index),
        variable: [],
        sample: family === 'number' ? String(value) : new Date(value * 1000).toISOString(),
        // A key may take whole numbers alone: nobody can say that there is a value between 3600 and 3601.
        certain: Number.isInteger(value) || bounds.includes(value),
      })),
  );
}

function between(low: number, high: number): number {
  const whole = Math.floor(low) + 1;
  return whole < high ? whole : (low + high) / 2;
}

function isInRange({ relation, bound }: RangeTaker, value: number): boolean {
  switch (relation) {
    case 'equal':
      return value === bound;
    case 'less':
      return value < bound;
    case 'at-most':
      return value <= bound;
    case 'greater':
      return value > bound;
    case 'at-least':
      return value >= bound;
  }
}

/** All changes happen at the first address of a range or just after its last. */
function addressValues(takers: readonly Taker[], budget: Budget): readonly ValueAtom[] | null {
  const ranges: Indexed<AddressTaker> = takers.flatMap((taker, index) => (taker.family === 'address' ? [[index, taker] as const] : []));
  if (ranges.length === 0) return null;
  const edges = ranges.flatMap(([, { from, to }]) => [from.value, to.value + 1n].map((value): Address => ({ family: from.family, value })));
  const zeros: readonly Address[] = [
    { family: 4, value: 0n },
    { family: 6, value: 0n },
  ];
  const all = [...edges, ...zeros].filter(({ family, value }) => value <= LAST_ADDRESS[family]);
  budget.spend(all.length * ranges.length);
  return distinct(
    all.map((address) => ({
      accepted: ranges.filter(([, taker]) => holds(taker, address)).map(([index]) => index),
      variable: [],
      sample: formatAddress(address),
      certain: true,
    })),
  );
}

function holds({ from, to }: AddressTaker, { family, value }: Address): boolean {
  return family === from.family && value >= from.value && value <= to.value;
}

function distinct(atoms: readonly ValueAtom[]): readonly ValueAtom[] {
  const found = new Map<string, ValueAtom>();
  for (const atom of atoms) {
    const key = atom.accepted.join();
    if (!found.get(key)?.certain) found.set(key, atom);
  }
  return [...found.values()];
}
