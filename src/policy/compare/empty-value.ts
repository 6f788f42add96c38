import { accepts, type Pattern } from '../pattern.ts';
import type { CompiledCondition } from './compiled-condition.ts';
import type { KeyUse } from './key-uses.ts';
import { mayBeEmpty } from './known-keys.ts';
import { isPlain, isTypedNegation, type KeyState, settle, truthIfAbsent, truthOf } from './truth.ts';

/**
 * An empty text where the key is treated as a set: neither a quantifier nor `Null` finds a value in it, and perhaps a policy variable does
 * not either. (Where it is not treated as a set, `Null` asks whether the key is present, and it is.)
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition_examples-multi-valued-context-keys.html
 */
export function emptyValue({ key, type, isSet, isVariable }: KeyUse, conditions: readonly CompiledCondition[]): readonly KeyState[] {
  if (!isSet || !mayBeEmpty(key, type) || conditions.every(isPlain)) return [];
  const answers = conditions.map((condition) => (isPlain(condition) ? truthIfEmpty(condition) : truthIfAbsent(condition)));
  return settle(answers).flatMap(({ truth }) => {
    const needed = conditions.flatMap((condition, at) =>
      isPlain(condition) && answers[at] === null && truth[at] !== condition.operator.negated ? neededForEmpty(condition) : [],
    );
    return (isVariable ? [true, false] : [true]).map((absent) => ({ truth, values: [''], absent, certain: false, variables: [], needed }));
  });
}

function matchingEmpty({ matchers }: CompiledCondition): readonly Pattern[] {
  return matchers.flatMap((matcher) => (matcher.family === 'text' && accepts(matcher.pattern.tokens, '') ? [matcher.pattern] : []));
}

/** The variables that all patterns need that can match an empty text. */
function neededForEmpty(condition: CompiledCondition): readonly string[] {
  const [first, ...others] = matchingEmpty(condition);
  return first?.required.filter((name) => others.every(({ required }) => required.includes(name))) ?? [];
}

function truthIfEmpty(condition: CompiledCondition): boolean | null {
  const accepting = matchingEmpty(condition);
  if (accepting.some(({ variables }) => variables.length === 0)) return truthOf(condition, true);
  return accepting.length > 0 || isTypedNegation(condition) ? null : truthOf(condition, false);
}
