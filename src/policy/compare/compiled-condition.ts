import { operatorName } from '../operators.ts';
import { arnPattern, type Pattern, stringPattern } from '../pattern.ts';
import type { Condition, Operator, Test, Version } from '../statement.ts';
import { type Address, parseRange } from './addresses.ts';
import { isEpochKey } from './known-keys.ts';
import { parseDate, parseNumber } from './quantities.ts';

/** One condition (operator, key, values), compiled so that values of its key can be tested. */
export interface CompiledCondition {
  /** Equal for equal conditions. */
  readonly identity: string;
  /** Lower case. */
  readonly key: string;
  /** The key as it was written. */
  readonly name: string;
  readonly operator: Operator;
  /** As written. */
  readonly values: readonly string[];
  /** The condition holds of a value, before negation, if one of these matches it. */
  readonly matchers: readonly ValueMatcher[];
  /** For `Null`: does it hold if the key is present, and if it is absent? `null` if its values are neither true nor false. */
  readonly presence: { readonly there: boolean; readonly absent: boolean } | null;
}

/** What matches a value of the context. `unknown`: AWS does not say which values match (text in place of a number, an ARN of four segments). */
export type ValueMatcher = TextMatcher | RangeMatcher | AddressMatcher | UnknownMatcher;

export interface UnknownMatcher {
  readonly family: 'unknown';
  readonly identity: string;
  /** As written. */
  readonly text: string;
}

export interface TextMatcher {
  readonly family: 'text';
  readonly identity: string;
  readonly pattern: Pattern;
  /** The type of the operator. */
  readonly type: 'string' | 'arn' | 'bool' | 'binary';
}

export interface RangeMatcher {
  readonly family: 'number' | 'date';
  readonly identity: string;
  readonly relation: 'equal' | 'less' | 'at-most' | 'greater' | 'at-least';
  /** A number, or seconds since 1970. */
  readonly bound: number;
}

export interface AddressMatcher {
  readonly family: 'address';
  readonly identity: string;
  readonly from: Address;
  readonly to: Address;
}

export function compileCondition(condition: Condition, version: Version): CompiledCondition {
  const { operator } = condition;
  const key = condition.key.toLowerCase();
  const matchers = matchersOf(condition, version, isEpochKey(key));
  const values = operator.test === 'null' ? condition.values.map((value) => value.toLowerCase()) : matchers.map(({ identity }) => identity);
  const name = operatorName(operator).replace(/Arn(Not)?Like/, 'Arn$1Equals');
  return {
    identity: JSON.stringify([name, key, [...new Set(values)].sort()]),
    key,
    name: condition.key,
    operator,
    values: condition.values,
    matchers,
    presence: operator.test === 'null' ? presenceOf(values) : null,
  };
}

/** The patterns that the condition compares values with as texts. */
export function textPatternsOf({ matchers }: CompiledCondition): readonly Pattern[] {
  return matchers.flatMap((matcher) => (matcher.family === 'text' ? [matcher.pattern] : []));
}

function presenceOf(values: readonly string[]): CompiledCondition['presence'] {
  if (values.length === 0 || values.some((text) => text !== 'true' && text !== 'false')) return null;
  return { there: values.includes('false'), absent: values.includes('true') };
}

/**
 * With a quantifier or IfExists, an empty list of values matches no value, says Access Analyzer, so that the condition holds of an absent key at most. It does
 * not say what a negated operator makes of it, nor a plain one.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html on empty array conditions
 */
function matchersOf({ operator, values }: Condition, version: Version, isEpoch: boolean): readonly ValueMatcher[] {
  const { test, negated, quantifier, ifExists } = operator;
  if (test === 'null') return [];
  if (values.length > 0) return values.map((value) => matcherOf(test, value, version, isEpoch));
  const isNone = !negated && (quantifier !== null || ifExists);
  return isNone ? [] : [{ family: 'unknown', identity: '\u0000no values', text: 'no value' }];
}

function matcherOf(test: Exclude<Test, 'null'>, value: string, version: Version, isEpoch: boolean): ValueMatcher {
  switch (test) {
    case 'string':
    case 'string-ignoring-case':
    case 'string-like':
      return textMatcher(
        'string',
        stringPattern(value, version, { wildcards: test === 'string-like', ignoreCase: test === 'string-ignoring-case' }),
      );
    case 'binary':
      if (!BASE64.test(value)) return unknownMatcher(value, version);
      return textMatcher('binary', stringPattern(value, '2008-10-17', { wildcards: false, ignoreCase: false }));
    case 'arn':
      return arnMatcher(value, version) ?? unknownMatcher(value, version);
    case 'bool':
      return boolMatcher(value) ?? unknownMatcher(value, version);
    case 'ip':
      return addressMatcher(value) ?? unknownMatcher(value, version);
    default:
      return rangeMatcher(test, value, isEpoch) ?? unknownMatcher(value, version);
  }
}

/**
 * It is unknown what it matches. Equal texts match the same values, unless the text is a policy variable in one version only. The identity has a mark,
 * so that it is not confused with that of a value that could be read.
 */
function unknownMatcher(value: string, version: Version): UnknownMatcher {
  return { family: 'unknown', identity: `\u0000${value.includes('${') ? version : ''} ${value}`, text: value };
}

/** One spelling for each sequence of bytes: unused bits are zero. Whether AWS takes another spelling for the same bytes is unknown. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)?$/;

function textMatcher(type: TextMatcher['type'], pattern: Pattern): TextMatcher {
  return { family: 'text', identity: `${type} ${pattern.identity}`, pattern, type };
}

function arnMatcher(value: string, version: Version): TextMatcher | null {
  const pattern = arnPattern(value, version);
  return pattern && textMatcher('arn', pattern);
}

function boolMatcher(value: string): TextMatcher | null {
  const word = value.toLowerCase();
  if (word !== 'true' && word !== 'false') return null;
  return textMatcher('bool', stringPattern(word, '2008-10-17', { wildcards: false, ignoreCase: true }));
}

function addressMatcher(value: string): AddressMatcher | null {
  const range = parseRange(value);
  if (!range) return null;
  return { family: 'address', identity: `${range.from.family} ${range.from.value}-${range.to.value}`, from: range.from, to: range.to };
}

type RangeTest = Exclude<Test, 'string' | 'string-ignoring-case' | 'string-like' | 'binary' | 'arn' | 'bool' | 'ip' | 'null'>;

/** On the key that holds seconds since 1970, a number is a date. */
function rangeMatcher(test: RangeTest, value: string, isEpoch: boolean): RangeMatcher | null {
  const isDate = test.startsWith('date-');
  const bound = isDate ? parseDate(value) : parseNumber(value);
  if (bound === null) return null;
  return { family: isDate || isEpoch ? 'date' : 'number', identity: String(bound), relation: RELATIONS[test], bound };
}

const RELATIONS: Readonly<Record<RangeTest, RangeMatcher['relation']>> = {
  'number-equal': 'equal',
  'number-less': 'less',
  'number-at-most': 'at-most',
  'number-greater': 'greater',
  'number-at-least': 'at-least',
  'date-equal': 'equal',
  'date-less': 'less',
  'date-at-most': 'at-most',
  'date-greater': 'greater',
  'date-at-least': 'at-least',
};
