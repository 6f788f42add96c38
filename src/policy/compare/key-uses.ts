import type { Test } from '../statement.ts';
import type { CompiledCondition } from './compiled-condition.ts';
import { isMultiValuedKey, isSingleValuedKey, type KeyType, typeOfKey } from './known-keys.ts';
import { type PreparedPair, patternsIn } from './prepared.ts';
import { isQuantified } from './truth.ts';

/** What is known about a condition key, by itself and from what the two documents ask about it. */
export interface KeyUse {
  /** Lower case. */
  readonly key: string;
  /** `null`: it may hold any text. */
  readonly type: KeyType | null;
  /** Whether a condition of either document puts a quantifier on it. */
  readonly isSet: boolean;
  /** Whether it is also a policy variable. */
  readonly isVariable: boolean;
}

/** One for each of the pair's keys, in their order. */
export function keyUsesIn(pair: PreparedPair): readonly KeyUse[] {
  const variables = new Set(patternsIn(pair).flatMap((pattern) => pattern.variables));
  const conditions = new Map<string, CompiledCondition[]>(pair.keys.map((key) => [key, []]));
  for (const condition of pair.conditions) conditions.get(condition.key)?.push(condition);
  return pair.keys.map((key) => {
    const own = conditions.get(key) ?? [];
    const isVariable = variables.has(key);
    return { key, type: typeOfKey(key) ?? (isVariable ? null : typeOfOperators(key, own)), isSet: own.some(isQuantified), isVariable };
  });
}

/**
 * AWS gives each key a type. A key that is not known here has the type that its operators are for, as long as they agree: with operators for another
 * type, both documents would be wrong. Tags and other keys that are known to hold text may hold any text, whatever operator they are used with.
 */
function typeOfOperators(key: string, conditions: readonly CompiledCondition[]): KeyType | null {
  if (isSingleValuedKey(key) || isMultiValuedKey(key)) return null;
  const [type, ...others] = new Set(conditions.flatMap(({ operator: { test } }) => (test === 'null' ? [] : [typeOfTest(test)])));
  return others.length > 0 ? null : (type ?? null);
}

function typeOfTest(test: Exclude<Test, 'null'>): KeyType | null {
  switch (test) {
    case 'string':
    case 'string-ignoring-case':
    case 'string-like':
    case 'binary':
      return null;
    case 'arn':
      return 'arn';
    case 'bool':
      return 'boolean';
    case 'ip':
      return 'address';
    default:
      return test.startsWith('date-') ? 'date' : 'number';
  }
}
