import { accepts, type Pattern } from '../pattern.ts';
import type { KeyUse } from './key-uses.ts';
import { mayBeEmpty } from './known-keys.ts';
import type { Leaf } from './leaf.ts';
import { isPlain, isTypedNegation, type KeyState, settle, truthIfAbsent, truthOf } from './truth.ts';

/**
 * An empty text where the key is taken for a set: neither a quantifier nor `Null` finds a value in it, and a policy variable perhaps none. (Where
 * it is not, `Null` asks whether the key is there, and it is.)
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition_examples-multi-valued-context-keys.html
 */
export function emptyValue({ key, type, isSet, isVariable }: KeyUse, leaves: readonly Leaf[]): readonly KeyState[] {
  if (!isSet || !mayBeEmpty(key, type) || leaves.every(isPlain)) return [];
  const answers = leaves.map((leaf) => (isPlain(leaf) ? truthIfEmpty(leaf) : truthIfAbsent(leaf)));
  return settle(answers).flatMap(({ truth }) => {
    const needed = leaves.flatMap((leaf, at) =>
      isPlain(leaf) && answers[at] === null && truth[at] !== leaf.operator.negated ? neededToTakeEmpty(leaf) : [],
    );
    return (isVariable ? [true, false] : [true]).map((absent) => ({ truth, values: [''], absent, certain: false, variables: [], needed }));
  });
}

function takingEmpty({ takers }: Leaf): readonly Pattern[] {
  return takers.flatMap((taker) => (taker.family === 'text' && accepts(taker.pattern.tokens, '') ? [taker.pattern] : []));
}

/** The variables that every pattern needs that may take an empty text. */
function neededToTakeEmpty(leaf: Leaf): readonly string[] {
  const [first, ...others] = takingEmpty(leaf);
  return first?.required.filter((name) => others.every(({ required }) => required.includes(name))) ?? [];
}

function truthIfEmpty(leaf: Leaf): boolean | null {
  const accepting = takingEmpty(leaf);
  if (accepting.some(({ variables }) => variables.length === 0)) return truthOf(leaf, true);
  return accepting.length > 0 || isTypedNegation(leaf) ? null : truthOf(leaf, false);
}
