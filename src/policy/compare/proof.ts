import { readOperator } from '../operators.ts';
import { isMany, type Pattern } from '../pattern.ts';
import type { Condition, Statement, Version } from '../statement.ts';
import type { PolicyKind } from '../types.ts';
import { escapeText, isKeyName, type Variable } from '../variables.ts';
import type { Budget } from './budget.ts';
import { textPatternsOf } from './compiled-condition.ts';
import { type AnswerDifference, Explorer } from './explore.ts';
import { fillStatement } from './fill.ts';
import { isTypedKey } from './known-keys.ts';
import { type PreparedPair, patternsIn, prepare } from './prepared.ts';

/** What the variables stand for, by name; `null`: the key is absent, and default values stand in. */
type Filling = ReadonlyMap<string, string | null>;

/** Each one costs a comparison. */
const MOST_FILLINGS = 8;

/** Stands in for an absent variable without a default value, so that nothing matches. No document can hold it: documents are Latin-1. */
const NO_TEXT = '\ue000';

/**
 * Differences that certainly exist, since they show when the variables stand for texts of our choice: texts that no pattern names, default values,
 * and values that conditions require of their keys. Empty if none of these shows a difference. Statements have the numbers of the pair.
 */
export function provenDifferences(pair: PreparedPair, kind: PolicyKind, budget: Budget): readonly AnswerDifference[] {
  const keys = new Set(pair.keys);
  for (const filling of fillingsOf(pair, budget)) {
    const fill = (side: string): readonly Statement[] =>
      pair.statements.filter((one) => one.side === side).map(({ statement }) => filled(statement, filling, keys));
    const whole = prepare({ desired: fill('desired'), live: fill('live'), account: pair.account }, budget);
    // A variable that could not be filled in everywhere is no longer free: it stands for the text that it has elsewhere.
    if (patternsIn(whole).some(({ variables }) => variables.some((name) => filling.has(name)))) continue;
    const differences = new Explorer(whole, kind, budget).differences();
    const sure = differences.filter((difference) => difference.certain && !names(difference, NO_TEXT));
    if (sure.length > 0) return sure.map((difference) => withFilling(difference, filling, keys));
  }
  return [];
}

function fillingsOf(pair: PreparedPair, budget: Budget): readonly Filling[] {
  const patterns = patternsIn(pair);
  // Sorted, so that the same fillings are tried when the documents are exchanged.
  const all = [...new Set(patterns.flatMap(({ variables }) => variables))].sort();
  const names = all.filter((name) => isKeyName(name) && !isTypedKey(name));
  if (names.length === 0) return [];
  const texts = JSON.stringify(pair.statements.map(({ statement }) => statement));
  const fresh: Filling = new Map(names.map((name) => [name, freshText(name, texts, budget)]));
  const withDefault = new Set(patterns.flatMap(({ variables, required }) => variables.filter((name) => !required.includes(name))));
  const absent = names.filter((name) => withDefault.has(name)).map((name) => ({ name, value: null }));
  const compared = names.flatMap((name) => valuesComparedWith(name, pair).map((value) => ({ name, value })));
  return [fresh, ...[...absent, ...compared].map(({ name, value }) => new Map(fresh).set(name, value))].slice(0, MOST_FILLINGS);
}

/** A text that does not occur in the documents. */
function freshText(name: string, texts: string, budget: Budget): string {
  let text = `some-${name.slice(name.lastIndexOf(':') + 1).replace(/[^\w-]/g, '-')}`;
  for (; texts.includes(text); text += 'x') budget.spend(Math.ceil(texts.length / 16));
  return text;
}

/** For each pattern that conditions compare the key with, a short text of it. None that is empty or has wildcards: AWS does not say what these do. */
function valuesComparedWith(name: string, { conditions }: PreparedPair): readonly string[] {
  const patterns = conditions.filter(({ key }) => key === name).flatMap(textPatternsOf);
  return [...new Set(patterns.map(shortTextOf))].sort().filter((text) => /^[^*?]+$/s.test(text));
}

function shortTextOf({ tokens }: Pattern): string {
  return tokens.map((token) => (token.kind === 'char' ? token.chars[0] : isMany(token) ? '' : 'x')).join('');
}

/** If conditions ask about a variable's key as well, the key gets the value that the variable stands for. */
function filled(statement: Statement, filling: Filling, keys: ReadonlySet<string>): Statement {
  const whole = fillStatement(statement, (variable) => textOf(variable, filling));
  return { ...whole, conditions: [...whole.conditions, ...held(filling, keys, statement.version)] };
}

/** `null` if it is not filled in: it is unknown whether wildcards in a default value count as such. */
function textOf({ name, fallback }: Variable, filling: Filling): string | null {
  const value = filling.get(name);
  if (value !== null) return value ?? null;
  if (fallback === null) return NO_TEXT;
  return /[*?$]/.test(fallback) ? null : fallback;
}

function held(filling: Filling, keys: ReadonlySet<string>, version: Version): readonly Condition[] {
  return [...filling].flatMap(([key, value]) => {
    const operator = readOperator(value === null ? 'Null' : 'StringEquals');
    if (!operator || !keys.has(key)) return [];
    return [{ operator, key, values: [value === null ? 'true' : version === '2012-10-17' ? escapeText(value) : value] }];
  });
}

function names({ actions, targets, context }: AnswerDifference, text: string): boolean {
  return [...actions, ...targets, ...context.flatMap(({ values }) => values ?? [])].some((one) => one.includes(text));
}

function withFilling(difference: AnswerDifference, filling: Filling, keys: ReadonlySet<string>): AnswerDifference {
  const own = [...filling].flatMap(([key, value]) => (keys.has(key) ? [] : [{ key, values: value === null ? null : [value] }]));
  return { ...difference, context: [...difference.context, ...own] };
}
