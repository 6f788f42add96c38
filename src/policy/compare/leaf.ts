import { operatorName } from '../operators.ts';
import { arnPattern, type Pattern, stringPattern } from '../pattern.ts';
import type { Condition, Operator, Test, Version } from '../statement.ts';
import { type Address, parseRange } from './addresses.ts';
import { isEpochKey } from './known-keys.ts';
import { parseDate, parseNumber } from './quantities.ts';

/** One condition (operator, key, values), ready to be asked about values of its key. */
export interface Leaf {
  /** Equal for equal conditions. */
  readonly identity: string;
  /** Lower case. */
  readonly key: string;
  /** The key as it was written. */
  readonly name: string;
  readonly operator: Operator;
  /** As written. */
  readonly values: readonly string[];
  /** The condition holds of a value, before negation, when one of these takes it. */
  readonly takers: readonly Taker[];
  /** Of `Null`: does it hold where the key is there, and where it is not? `null` where its values are neither true nor false. */
  readonly presence: { readonly there: boolean; readonly absent: boolean } | null;
}

/** What takes a value of the context. `unknown`: nobody can tell (a number that is none, an ARN of four segments). */
export type Taker = TextTaker | RangeTaker | AddressTaker | UnknownTaker;

export interface UnknownTaker {
  readonly family: 'unknown';
  readonly identity: string;
  /** As written. */
  readonly text: string;
}

export interface TextTaker {
  readonly family: 'text';
  readonly identity: string;
  readonly pattern: Pattern;
  /** The type of the operator. */
  readonly type: 'string' | 'arn' | 'bool' | 'binary';
}

export interface RangeTaker {
  readonly family: 'number' | 'date';
  readonly identity: string;
  readonly relation: 'equal' | 'less' | 'at-most' | 'greater' | 'at-least';
  /** A number, or seconds since 1970. */
  readonly bound: number;
}

export interface AddressTaker {
  readonly family: 'address';
  readonly identity: string;
  readonly from: Address;
  readonly to: Address;
}

export function leafOf(condition: Condition, version: Version): Leaf {
  const { operator } = condition;
  const key = condition.key.toLowerCase();
  const takers = takersOf(operator.test, condition.values, version, isEpochKey(key));
  const values = operator.test === 'null' ? condition.values.map((value) => value.toLowerCase()) : takers.map(({ identity }) => identity);
  const name = operatorName(operator).replace(/Arn(Not)?Like/, 'Arn$1Equals');
  return {
    identity: JSON.stringify([name, key, [...new Set(values)].sort()]),
    key,
    name: condition.key,
    operator,
    values: condition.values,
    takers,
    presence: operator.test === 'null' ? presenceOf(values) : null,
  };
}

/** What it compares values with as texts. */
export function textPatternsOf({ takers }: Leaf): readonly Pattern[] {
  return takers.flatMap((taker) => (taker.family === 'text' ? [taker.pattern] : []));
}

function presenceOf(values: readonly string[]): Leaf['presence'] {
  if (values.length === 0 || values.some((text) => text !== 'true' && text !== 'false')) return null;
  return { there: values.includes('false'), absent: values.includes('true') };
}

function takersOf(test: Test, values: readonly string[], version: Version, isEpoch: boolean): readonly Taker[] {
  if (test === 'null') return [];
  return values.length === 0
    ? [{ family: 'unknown', identity: '\u0000no values', text: 'no value' }]
    : values.map((value) => takerOf(test, value, version, isEpoch));
}

function takerOf(test: Exclude<Test, 'null'>, value: string, version: Version, isEpoch: boolean): Taker {
  switch (test) {
    case 'string':
    case 'string-ignoring-case':
    case 'string-like':
      return text(
        'string',
        stringPattern(value, version, { wildcards: test === 'string-like', ignoreCase: test === 'string-ignoring-case' }),
      );
    case 'binary':
      if (!BASE64.test(value)) return unknown(value, version);
      return text('binary', stringPattern(value, '2008-10-17', { wildcards: false, ignoreCase: false }));
    case 'arn':
      return arnTaker(value, version) ?? unknown(value, version);
    case 'bool':
      return boolTaker(value) ?? unknown(value, version);
    case 'ip':
      return addressTaker(value) ?? unknown(value, version);
    default:
      return rangeTaker(test, value, isEpoch) ?? unknown(value, version);
  }
}

/**
 * Nobody can tell what it takes; the same text takes the same, but for what may be a policy variable in one version alone. It is marked, as it
 * must not be taken for a value that was read.
 */
function unknown(value: string, version: Version): UnknownTaker {
  return { family: 'unknown', identity: `\u0000${value.includes('${') ? version : ''} ${value}`, text: value };
}

/** Of one writing for each run of bytes: bits that do not count are zero. Whether AWS takes another for the same is not known. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)?$/;

function text(type: TextTaker['type'], pattern: Pattern): TextTaker {
  return { family: 'text', identity: `${type} ${pattern.identity}`, pattern, type };
}

function arnTaker(value: string, version: Version): TextTaker | null {
  const pattern = arnPattern(value, version);
  return pattern && text('arn', pattern);
}

function boolTaker(value: string): TextTaker | null {
  const word = value.toLowerCase();
  if (word !== 'true' && word !== 'false') return null;
  return text('bool', stringPattern(word, '2008-10-17', { wildcards: false, ignoreCase: true }));
}

function addressTaker(value: string): AddressTaker | null {
  const range = parseRange(value);
  if (!range) return null;
  return { family: 'address', identity: `${range.from.family} ${range.from.value}-${range.to.value}`, from: range.from, to: range.to };
}

type RangeTest = Exclude<Test, 'string' | 'string-ignoring-case' | 'string-like' | 'binary' | 'arn' | 'bool' | 'ip' | 'null'>;

/** A number is a date of the key that holds seconds. */
function rangeTaker(test: RangeTest, value: string, isEpoch: boolean): RangeTaker | null {
  const isDate = test.startsWith('date-');
  const bound = isDate ? parseDate(value) : parseNumber(value);
  if (bound === null) return null;
  return { family: isDate || isEpoch ? 'date' : 'number', identity: String(bound), relation: RELATIONS[test], bound };
}

const RELATIONS: Readonly<Record<RangeTest, RangeTaker['relation']>> = {
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
