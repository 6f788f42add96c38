import { accepts, stringPattern } from '../pattern.ts';
import { type Address, formatAddress, LAST_ADDRESS } from './addresses.ts';
import type { Budget } from './budget.ts';
import type { AddressMatcher, RangeMatcher, TextMatcher, ValueMatcher } from './compiled-condition.ts';
import { examplesOf } from './example-text.ts';
import type { KeyUse } from './key-uses.ts';
import type { KeyType } from './known-keys.ts';
import { textAtoms } from './text-atoms.ts';
import type { Entry } from './text-question.ts';

/** A matcher, and the positions of the conditions that hold, before negation, of a value that it matches. */
export interface MatcherUse<T extends ValueMatcher = ValueMatcher> {
  readonly matcher: T;
  readonly conditions: readonly number[];
}

/** All values of a key that the same conditions match (before negation). */
export interface ValueAtom {
  /** Positions of the conditions that match the values. */
  readonly matched: readonly number[];
  /** Positions of the matchers that may match: they hold policy variables, and what these stand for decides. */
  readonly variable: readonly number[];
  /** One of the values. */
  readonly sample: string;
  /** Whether such a value certainly exists: unknown if operators of several types are used with one key. */
  readonly certain: boolean;
  /** Not of the type that an operator is for: it is unknown whether a negated operator holds of them. */
  readonly untyped: boolean;
}

/** Divides the values of a key into atoms. If there are matchers of several families, the atoms of each are combined, and none of them is certain. */
export function valueAtoms({ key, type }: KeyUse, uses: readonly MatcherUse[], budget: Budget): readonly ValueAtom[] {
  const texts = uses.flatMap(({ matcher, conditions }, at) => (matcher.family === 'text' ? [{ matcher, conditions, at }] : []));
  const of = (...types: readonly TextMatcher['type'][]): readonly TextUse[] => texts.filter(({ matcher }) => types.includes(matcher.type));
  const orUntyped = (part: readonly ValueAtom[] | null, own: KeyType): readonly ValueAtom[] | null =>
    part && type !== own ? [...part, UNTYPED] : part;
  const isWord = type === 'boolean' && of('bool').length > 0;
  const parts = isWord
    ? [
        wordValues(of('string', 'bool')),
        orUntyped(textValues(key, type, of('arn'), budget), 'arn'),
        textValues(key, type, of('binary'), budget),
      ]
    : [
        textValues(key, type, type === 'arn' ? of('string', 'arn') : of('string'), budget),
        type === 'arn' ? null : orUntyped(textValues(key, 'arn', of('arn'), budget), 'arn'),
        textValues(key, type, of('binary'), budget),
        orUntyped(wordValues(of('bool')), 'boolean'),
      ];
  const typed = [
    orUntyped(rangeValues('number', uses, budget), 'number'),
    orUntyped(rangeValues('date', uses, budget), 'date'),
    orUntyped(addressValues(uses, budget), 'address'),
  ];
  const [first, ...others] = [...parts, ...typed].filter((part) => part !== null);
  if (!first) return [{ matched: [], variable: [], sample: 'any value', certain: true, untyped: false }];
  return others.reduce((left, right) => combine(left, right, budget), first);
}

type TextUse = MatcherUse<TextMatcher> & { readonly at: number };

/** A text that is not a number, date, address, boolean or ARN: AWS does not document what the operators for these make of it. */
const UNTYPED: ValueAtom = { matched: [], variable: [], sample: 'other', certain: false, untyped: true };

function combine(left: readonly ValueAtom[], right: readonly ValueAtom[], budget: Budget): readonly ValueAtom[] {
  budget.spend(left.length * right.length);
  return left.flatMap((a) =>
    right.map((b) => ({
      matched: [...a.matched, ...b.matched],
      variable: [...a.variable, ...b.variable],
      sample: a.sample,
      certain: false,
      untyped: a.untyped || b.untyped,
    })),
  );
}

/** Values of keys that do not hold just any text. */
const TYPICAL: Readonly<Record<KeyType, { readonly form: RegExp; readonly examples: readonly string[] }>> = {
  boolean: { form: /^(?:true|false)$/, examples: ['true', 'false'] },
  number: { form: /^(?:0|[1-9]\d*)$/, examples: ['1', '0'] },
  date: { form: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, examples: ['2020-01-01T00:00:00Z'] },
  address: { form: /^\d{1,3}(?:\.\d{1,3}){3}$/, examples: ['192.0.2.1'] },
  arn: { form: /^arn:(?:[^:]*:){4}./s, examples: ['arn:aws:iam::999999999999:role/other', 'arn:aws:s3:::other'] },
};

function textValues(key: string, type: KeyType | null, texts: readonly TextUse[], budget: Budget): readonly ValueAtom[] | null {
  if (texts.length === 0) return null;
  // Every value is wanted, also those that no condition matches: a pattern that belongs to no condition asks for them.
  const entries = [...texts.map(({ matcher, conditions }) => ({ pattern: matcher.pattern, groups: conditions, wanted: true })), ANY_VALUE];
  // Another one for each key: a variable that stands for one key's value must not match another's by chance.
  const others = type ? TYPICAL[type].examples : [`other-${key.slice(key.lastIndexOf(':') + 1)}`];
  const examples = [...others, ...examplesOf(entries)];
  const atoms = textAtoms({ entries, overruled: new Map(), universe: null, examples, lowerCase: false }, budget);
  return atoms.map(({ groups, variable, samples }) => {
    const sample = type ? samples.find((one) => TYPICAL[type].form.test(one)) : samples[0];
    return {
      matched: groups.filter((group) => group >= 0),
      variable: variable.flatMap((entry) => texts[entry]?.at ?? []),
      sample: sample ?? samples[0] ?? '',
      // If none was found, it is unknown whether there is a value of the type among the texts.
      certain: sample !== undefined,
      untyped: false,
    };
  });
}

const ANY_VALUE: Entry = { pattern: stringPattern('*', '2008-10-17', { wildcards: true, ignoreCase: false }), groups: [-1], wanted: true };

function wordValues(texts: readonly TextUse[]): readonly ValueAtom[] | null {
  return texts.length === 0 ? null : ['true', 'false'].map((word) => wordAtom(texts, word));
}

function wordAtom(texts: readonly TextUse[], word: string): ValueAtom {
  const accepting = texts.filter(({ matcher }) => accepts(matcher.pattern.tokens, word));
  return {
    matched: accepting.filter(({ matcher }) => matcher.pattern.variables.length === 0).flatMap(({ conditions }) => conditions),
    variable: accepting.filter(({ matcher }) => matcher.pattern.variables.length > 0).map(({ at }) => at),
    sample: word,
    certain: true,
    untyped: false,
  };
}

/** Between two neighbouring bounds all values are alike, so the bounds and one value between each two are tried. */
function rangeValues(family: 'number' | 'date', uses: readonly MatcherUse[], budget: Budget): readonly ValueAtom[] | null {
  const ranges = uses.flatMap(({ matcher, conditions }) => (matcher.family === family ? [{ matcher, conditions }] : []));
  if (ranges.length === 0) return null;
  const bounds = [...new Set(ranges.map(({ matcher }) => matcher.bound))].sort((a, b) => a - b);
  const points = bounds.flatMap((bound, index) => [bound, between(bound, bounds[index + 1] ?? Number.POSITIVE_INFINITY)]);
  const values = [Math.ceil(bounds[0] ?? 0) - 1, ...points];
  budget.spend(values.length * ranges.length);
  return distinct(
    values.map((value) => ({
      matched: ranges.filter(({ matcher }) => isInRange(matcher, value)).flatMap(({ conditions }) => conditions),
      variable: [],
      sample: family === 'number' ? String(value) : dateText(value),
      untyped: false,
      // Numbers are whole or decimal, AWS says, and dates may have fractions of seconds.
      certain: true,
    })),
  );
}

/** In seconds if JavaScript has no date for it. */
function dateText(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString();
}

function between(low: number, high: number): number {
  const whole = Math.floor(low) + 1;
  return whole < high ? whole : (low + high) / 2;
}

/** Is it a value of which the operator holds, before negation? */
export function isInRange({ relation, bound }: RangeMatcher, value: number): boolean {
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
function addressValues(uses: readonly MatcherUse[], budget: Budget): readonly ValueAtom[] | null {
  const ranges = uses.flatMap(({ matcher, conditions }) => (matcher.family === 'address' ? [{ matcher, conditions }] : []));
  if (ranges.length === 0) return null;
  const edges = ranges.flatMap(({ matcher: { from, to } }) =>
    [from.value, to.value + 1n].map((value): Address => ({ family: from.family, value })),
  );
  const zeros: readonly Address[] = [
    { family: 4, value: 0n },
    { family: 6, value: 0n },
  ];
  const all = [...edges, ...zeros].filter(({ family, value }) => value <= LAST_ADDRESS[family]);
  budget.spend(all.length * ranges.length);
  return distinct(
    all.map((address) => ({
      matched: ranges.filter(({ matcher }) => isInBlock(matcher, address)).flatMap(({ conditions }) => conditions),
      variable: [],
      sample: formatAddress(address),
      certain: true,
      untyped: false,
    })),
  );
}

/** Is the address in the block? */
export function isInBlock({ from, to }: AddressMatcher, { family, value }: Address): boolean {
  return family === from.family && value >= from.value && value <= to.value;
}

function distinct(atoms: readonly ValueAtom[]): readonly ValueAtom[] {
  const found = new Map<string, ValueAtom>();
  for (const atom of atoms) {
    const key = [...new Set(atom.matched)].sort((a, b) => a - b).join();
    if (!found.has(key)) found.set(key, atom);
  }
  return [...found.values()];
}
