import { accepts } from '../pattern.ts';
import type { Test } from '../statement.ts';
import { isKeyName, variableText } from '../variables.ts';
import { textPatternsOf } from './compiled-condition.ts';
import type { KeyValue } from './contexts.ts';
import type { AnswerDifference } from './explore.ts';
import { isAlwaysThere } from './known-keys.ts';
import { type PreparedPair, patternsIn } from './prepared.ts';
import { isQuantified } from './truth.ts';

/** Most parts of a context that are shown, and most values that one part lists. */
const MOST_KEYS = 6;
const MOST_VALUES = 3;

/**
 * What must hold of a request's context for the documents to answer differently, in words; `''` if the context does not matter.
 *
 * @param isExact whether the request goes together only with the values that the context has for policy variables
 */
export function contextText({ context, needed }: AnswerDifference, pair: PreparedPair, isExact = false): string {
  // What can't be understood has a line of its own.
  const parts = context
    .filter(({ key }) => isKeyName(key))
    .map((part) => (isExact && isVariable(part.key.toLowerCase(), pair) ? { text: exampleOf(part), only: null } : partOf(part, pair)));
  // The words for a condition cover a variable that occurs in the condition only.
  const covered = new Set(parts.flatMap(({ only }) => only?.variables ?? []));
  const own = new Set(pair.patterns.flatMap(({ variables }) => variables));
  const known = new Set(isExact ? context.map(({ key }) => key.toLowerCase()) : []);
  const open = needed.filter((name) => !known.has(name) && (!covered.has(name) || own.has(name)));
  const all = [...parts.map(({ text }) => text), ...open.map((name) => `${variableText(asWritten(name, pair))} filled in to match`)];
  const shown = all.slice(0, MOST_KEYS).join(', ');
  return all.length > MOST_KEYS ? `${shown} and ${all.length - MOST_KEYS} more` : shown;
}

/** In the documents' own words if they ask one thing about the key, or for none of the values that it has; otherwise by an example. */
function partOf({ key, values }: KeyValue, pair: PreparedPair): { readonly text: string; readonly only: OnlyTest | null } {
  // What a condition makes of an empty value, or of several, is not certain.
  const isPlain = values === null || (values.length === 1 && values[0] !== '');
  const only = isPlain ? onlyTestOf(key.toLowerCase(), pair) : null;
  if (only === null) {
    const other = isPlain && values !== null ? otherThan(key.toLowerCase(), values.join(), pair) : null;
    return { text: other === null ? exampleOf({ key, values }) : `${key} ${other}`, only };
  }
  const [holds, otherwise] = WORDS[only.test];
  const listed = listOf(only.values);
  if (values !== null) return { text: `${key} ${holds} ${listed}`, only };
  return { text: `${key} ${isAlwaysThere(key.toLowerCase()) ? '' : 'absent or '}${otherwise} ${listed}`, only };
}

function exampleOf({ key, values }: KeyValue): string {
  return values === null ? `${key} absent` : `${key} = ${values.map((value) => value || '""').join(' and ')}`;
}

function listOf(values: readonly string[]): string {
  return values.length > MOST_VALUES ? `any of the ${values.length} values asked for` : values.join(' or ');
}

/** What the value of the key is not, if nothing else about it matters: it matches no text that either document compares the key with. */
function otherThan(key: string, value: string, pair: PreparedPair): string | null {
  const conditions = pair.conditions.filter((condition) => condition.key === key && condition.operator.test !== 'null');
  const matchers = conditions.flatMap((condition) => condition.matchers);
  const isNone = matchers.every((matcher) => matcher.family === 'text' && !accepts(matcher.pattern.tokens, value));
  if (matchers.length === 0 || !isNone || conditions.some(isQuantified) || isVariable(key, pair)) return null;
  const arePatterns = conditions.every(({ operator: { test } }) => test === 'string-like' || test === 'arn');
  return `${arePatterns ? 'not like' : 'other than'} ${listOf([...new Set(conditions.flatMap(({ values }) => values))])}`;
}

/** For each test, the words for a value that passes it, before negation, and for one that fails. */
const WORDS: Readonly<Record<Exclude<Test, 'null'>, readonly [holds: string, otherwise: string]>> = {
  string: ['=', 'other than'],
  'string-ignoring-case': ['=', 'other than'],
  'string-like': ['like', 'not like'],
  arn: ['like', 'not like'],
  'number-equal': ['=', 'other than'],
  'number-less': ['under', 'not under'],
  'number-at-most': ['at most', 'over'],
  'number-greater': ['over', 'not over'],
  'number-at-least': ['at least', 'under'],
  'date-equal': ['=', 'other than'],
  'date-less': ['before', 'not before'],
  'date-at-most': ['not after', 'after'],
  'date-greater': ['after', 'not after'],
  'date-at-least': ['not before', 'before'],
  bool: ['=', 'other than'],
  binary: ['=', 'other than'],
  ip: ['inside', 'outside'],
};

interface OnlyTest {
  readonly test: Exclude<Test, 'null'>;
  readonly values: readonly string[];
  readonly variables: readonly string[];
}

/**
 * The only thing that the two documents ask about the key. `null` if they ask more, or if they may answer a request without the key in another way than
 * one whose value fails the test (before negation).
 */
function onlyTestOf(key: string, pair: PreparedPair): OnlyTest | null {
  const [only, ...others] = pair.conditions.filter((condition) => condition.key === key);
  if (!only || others.length > 0) return null;
  const { test, ifExists, quantifier } = only.operator;
  if (test === 'null' || ifExists || quantifier || only.matchers.some(({ family }) => family === 'unknown')) return null;
  return isVariable(key, pair)
    ? null
    : { test, values: only.values, variables: textPatternsOf(only).flatMap(({ variables }) => variables) };
}

function isVariable(key: string, pair: PreparedPair): boolean {
  return patternsIn(pair).some(({ variables }) => variables.includes(key));
}

/** The variable's name as a document spells it: the engine keeps it in lower case. */
function asWritten(name: string, pair: PreparedPair): string {
  const of = patternsIn(pair).find(({ variables }) => variables.includes(name));
  const at = of?.text.toLowerCase().indexOf(`\${${name}`) ?? -1;
  return of === undefined || at < 0 ? name : of.text.slice(at + 2, at + 2 + name.length);
}
