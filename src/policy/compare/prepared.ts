import { readOperator } from '../operators.ts';
import { actionPattern, type Pattern, resourcePattern } from '../pattern.ts';
import type { Condition, ElementList, Principal, Statement } from '../statement.ts';
import { markedName } from '../variables.ts';
import type { Budget } from './budget.ts';
import { type CompiledCondition, compileCondition, textPatternsOf } from './compiled-condition.ts';

export type DocumentSide = 'desired' | 'live';

/** A statement of one of the two documents, with its parts replaced by numbers that are equal for equal parts. */
export interface PreparedStatement {
  readonly side: DocumentSide;
  readonly statement: Statement;
  readonly effect: Statement['effect'];
  readonly action: Selection;
  readonly resource: Selection | null;
  readonly principals: readonly Principal[] | null;
  /** Ascending by key. */
  readonly conditions: readonly { readonly key: number; readonly condition: number }[];
}

/** The texts that one of the patterns matches or, if negated, that none of them does. Patterns are given by their index in the pair. */
export interface Selection {
  readonly negated: boolean;
  readonly patterns: readonly number[];
}

/** Both documents, taken apart. */
export interface PreparedPair {
  readonly statements: readonly PreparedStatement[];
  readonly patterns: readonly Pattern[];
  readonly conditions: readonly CompiledCondition[];
  /** Condition keys in lower case; a key's number is its index. */
  readonly keys: readonly string[];
  /** Of the role whose trust policies they are; `undefined` where it makes no difference. */
  readonly account: string | undefined;
}

class Interner<T> {
  readonly items: T[] = [];
  private readonly indexes = new Map<string, number>();

  add(identity: string, item: T): number {
    const known = this.indexes.get(identity);
    if (known !== undefined) return known;
    const index = this.items.push(item) - 1;
    this.indexes.set(identity, index);
    return index;
  }
}

/** What is compared: the statements of two documents, of which the second may be of a role of that account. */
export interface Documents {
  readonly desired: readonly Statement[];
  readonly live: readonly Statement[];
  readonly account: string | undefined;
}

export function prepare({ desired, live, account }: Documents, budget: Budget): PreparedPair {
  const patterns = new Interner<Pattern>();
  const conditions = new Interner<CompiledCondition>();
  // Sorted, so that the verdict does not depend on which document names a key first.
  const keys = [
    ...new Set([...desired, ...live].flatMap((one) => [...one.conditions, ...doubtOf(one)].map(({ key }) => key.toLowerCase()))),
  ].sort();
  const keyNumbers = new Map(keys.map((key, number) => [key, number]));
  // The same texts recur in the other document and in other statements.
  const indexes = new Map<string, number>();
  const select = (list: ElementList, element: string, compile: (text: string) => Pattern): Selection => {
    const selected = list.values.map((text) => {
      budget.spend(text.length + 8);
      const known = indexes.get(`${element} ${text}`);
      if (known !== undefined) return known;
      const pattern = compile(text);
      const index = patterns.add(pattern.identity, pattern);
      indexes.set(`${element} ${text}`, index);
      return index;
    });
    return { negated: list.negated, patterns: [...new Set(selected)] };
  };
  const one = (statement: Statement, side: DocumentSide): PreparedStatement => {
    const { action, resource, principals, version } = statement;
    const own = [...statement.conditions, ...doubtOf(statement)].map((condition) => {
      for (const value of condition.values) budget.spend(value.length + 8);
      const compiled = compileCondition(condition, version);
      return { key: keyNumbers.get(compiled.key) ?? 0, condition: conditions.add(compiled.identity, compiled) };
    });
    return {
      side,
      statement,
      effect: statement.effect,
      action: select(action, 'action', actionPattern),
      resource: resource && select(resource, version, (text) => resourcePattern(text, version)),
      principals,
      conditions: own.sort((a, b) => a.key - b.key || a.condition - b.condition),
    };
  };
  const statements = [...desired.map((statement) => one(statement, 'desired')), ...live.map((statement) => one(statement, 'live'))];
  return { statements, patterns: patterns.items, conditions: conditions.items, keys, account };
}

/**
 * A condition of which nobody knows whether it holds, in the place of what can't be understood. It is the same for all statements in which the same can't be
 * understood, so that these are equal if the rest of them is. Its key can't stand in a document, and says the same in any case.
 */
function doubtOf({ doubt }: Statement): readonly Condition[] {
  const operator = readOperator('Null');
  if (doubt === null || !operator) return [];
  const text = JSON.stringify([[...doubt.unread].sort(), doubt.written]);
  return [{ operator, key: markedName(Array.from(text, (char) => char.charCodeAt(0).toString(16)).join('.')), values: [] }];
}

/** All patterns of the two documents, of elements and of conditions. */
export function patternsIn({ patterns, conditions }: PreparedPair): readonly Pattern[] {
  return [...patterns, ...conditions.flatMap(textPatternsOf)];
}
