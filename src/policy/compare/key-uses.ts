import type { Test } from '../statement.ts';
import type { CompiledCondition } from './compiled-condition.ts';
import { isMultiValuedKey, isSingleValuedKey, type KeyType, typeOfKey } from './known-keys.ts';
import { type PreparedPair, patternsIn } from './prepared.ts';
import { isQuantified } from './truth.ts';

/** What is known of a condition key, by itself and by what the two documents ask of it. */
export interface KeyUse {
  /** Lower case. */
  readonly key: string;
  /** `null`: it may hold any text. */
  readonly type: KeyType | null;
  /** Whether a condition of either document has a quantifier. */
  readonly isSet: boolean;
  /** Whether it is a policy variable, too. */
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
    return { key, type: typeOfKey(key) ?? (isVariable ? null : typeAskedFor(key, own)), isSet: own.some(isQuantified), isVariable };
  });
}

/**
 * AWS gives each key a type. One that is not known here is of the type that operators take it for, as long as they agree: with operators for another
 * type both documents would be wrong. A tag and other keys that are known to hold text may hold any, whatever operator is put to them.
 */
function typeAskedFor(key: string, conditions: readonly CompiledCondition[]): KeyType | null {
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
