import type { Pattern } from '../pattern.ts';
import type { Test } from '../statement.ts';
import { variableText } from '../variables.ts';
import type { KeyValue } from './contexts.ts';
import type { Difference } from './explore.ts';
import { isAlwaysThere } from './known-keys.ts';
import type { Leaf } from './leaf.ts';
import type { PreparedPair } from './prepared.ts';

/** Most parts of a context, and most values of one key that a part says it is none of. */
const MOST_KEYS = 6;
const MOST_VALUES = 3;

/** What must hold of a request's context for the documents to answer differently, in words; `''` where it does not matter. */
export function contextText({ context, needed }: Difference, pair: PreparedPair): string {
  const all = [
    ...context.map((part) => partText(part, pair)),
    ...needed.map((name) => `${variableText(asWritten(name, pair))} filled in to match`),
  ];
  const shown = all.slice(0, MOST_KEYS).join(', ');
  return all.length > MOST_KEYS ? `${shown} and ${all.length - MOST_KEYS} more` : shown;
}

function partText({ key, values }: KeyValue, pair: PreparedPair): string {
  if (values !== null) return `${key} = ${values.map((value) => value || '""').join(' and ')}`;
  const asked = askedOnly(key.toLowerCase(), pair);
  if (asked === null) return `${key} absent`;
  const others = asked.values.length > MOST_VALUES ? `any of the ${asked.values.length} values asked for` : asked.values.join(' or ');
  const words = `${OTHERWISE[asked.test]} ${others}`;
  return isAlwaysThere(key.toLowerCase()) ? `${key} ${words}` : `${key} absent or ${words}`;
}

/** What a value is that a condition, before negation, does not hold of. */
const OTHERWISE: Readonly<Record<Exclude<Test, 'null'>, string>> = {
  string: 'other than',
  'string-ignoring-case': 'other than',
  'string-like': 'not like',
  arn: 'not like',
  'number-equal': 'other than',
  'number-less': 'not under',
  'number-at-most': 'over',
  'number-greater': 'not over',
  'number-at-least': 'under',
  'date-equal': 'other than',
  'date-less': 'not before',
  'date-at-most': 'after',
  'date-greater': 'not after',
  'date-at-least': 'before',
  bool: 'other than',
  binary: 'other than',
  ip: 'outside',
};

interface Asked {
  readonly test: Exclude<Test, 'null'>;
  readonly values: readonly string[];
}

/**
 * The only thing that the two documents ask about the key, where what they say of a request without it is what they say of any value that the
 * condition, before negation, does not hold of; `null` where it isn't.
 */
function askedOnly(key: string, { leaves, patterns }: PreparedPair): Asked | null {
  const [only, ...others] = leaves.filter((leaf) => leaf.key === key);
  if (!only || others.length > 0) return null;
  const { test, ifExists, quantifier } = only.operator;
  if (test === 'null' || ifExists || quantifier || only.takers.some(({ family }) => family === 'unknown')) return null;
  const isVariable = [...patterns, ...leaves.flatMap(patternsOf)].some(({ variables }) => variables.includes(key));
  return isVariable ? null : { test, values: only.values };
}

/** A variable is known by its name in lower case. */
function asWritten(name: string, { patterns, leaves }: PreparedPair): string {
  const of = [...patterns, ...leaves.flatMap(patternsOf)].find(({ variables }) => variables.includes(name));
  const at = of?.text.toLowerCase().indexOf(`\${${name}`) ?? -1;
  return of === undefined || at < 0 ? name : of.text.slice(at + 2, at + 2 + name.length);
}

function patternsOf({ takers }: Leaf): readonly Pattern[] {
  return takers.flatMap((taker) => (taker.family === 'text' ? [taker.pattern] : []));
}
