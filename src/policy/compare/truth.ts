import { TooLarge } from './budget.ts';
import type { Choice } from './choices.ts';
import type { CompiledCondition } from './compiled-condition.ts';

/** All contexts that differ in one key alone and make the same conditions on it true. */
export interface KeyState extends Pick<Choice, 'certain' | 'variables' | 'needed'> {
  /** For each condition: does it hold? */
  readonly truth: readonly boolean[];
  /** An example; `null` where the key is absent. */
  readonly values: readonly string[] | null;
  /** Whether a policy variable finds nothing to stand for. */
  readonly absent: boolean;
}

/** What the condition makes of a value that it matches, or that it does not; `null` if that is unknown. */
export function truthOf(condition: CompiledCondition, matched: boolean): boolean | null {
  if (condition.operator.test === 'null') return condition.presence?.there ?? null;
  if (matched) return !condition.operator.negated;
  if (condition.matchers.some(({ family }) => family === 'unknown')) return null;
  return condition.operator.negated;
}

/**
 * What it makes of a missing key: a positive operator is false, a negated one true, IfExists true, ForAllValues true, ForAnyValue false. AWS's pages
 * contradict each other about ForAnyValue with IfExists.
 */
export function truthIfAbsent(condition: CompiledCondition): boolean | null {
  const { quantifier, test, ifExists, negated } = condition.operator;
  if (test === 'null') return condition.presence?.absent ?? null;
  if (quantifier === 'ForAnyValue') return ifExists ? null : false;
  return ifExists || quantifier === 'ForAllValues' || negated;
}

/** The truths of conditions of which some are unknown (`null`): both answers are tried, and then neither is certain. */
export function settle(answers: readonly (boolean | null)[]): readonly { readonly truth: readonly boolean[]; readonly certain: boolean }[] {
  const open = answers.filter((answer) => answer === null).length;
  if (open > 6) throw new TooLarge();
  return Array.from({ length: 2 ** open }, (_, bits) => {
    let nth = 0;
    return { truth: answers.map((answer) => answer ?? ((bits >> nth++) & 1) === 1), certain: open === 0 };
  });
}

export function isQuantified({ operator }: CompiledCondition): boolean {
  return operator.quantifier !== null;
}

export function isPresence({ operator }: CompiledCondition): boolean {
  return operator.test === 'null';
}

export function isPlain(condition: CompiledCondition): boolean {
  return !isQuantified(condition) && !isPresence(condition);
}

export function isTypedNegation({ operator }: CompiledCondition): boolean {
  return operator.negated && !operator.test.startsWith('string');
}
