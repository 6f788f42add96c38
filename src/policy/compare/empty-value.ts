import { accepts, type Pattern } from '../pattern.ts';
import { mayBeEmpty } from './known-keys.ts';
import type { Leaf } from './leaf.ts';
import { isPlain, isPresence, isQuantified, isTypedNegation, type KeyState, settle, truthIfAbsent, truthOf } from './truth.ts';

/**
 * An empty text. A quantifier finds no value in it, and `Null` perhaps none, nor a policy variable then: nobody knows for sure.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function emptyValue(leaves: readonly Leaf[]): readonly KeyState[] {
  if (!mayBeEmpty(leaves[0]?.key ?? '')) return [];
  const [quantified, presence] = [isQuantified, isPresence].map((is) => leaves.some(is));
  const readings = [
    ...(quantified ? [{ absent: false, findsNone: isQuantified }] : []),
    // What finds no value for `Null` finds none for a quantifier.
    ...(presence ? [{ absent: true, findsNone: (leaf: Leaf) => !isPlain(leaf) }] : []),
  ];
  return readings.flatMap(({ absent, findsNone }) => {
    const answers = leaves.map((leaf) => (findsNone(leaf) ? truthIfAbsent(leaf) : truthIfEmpty(leaf)));
    return settle(answers).map(({ truth }) => {
      const needed = leaves.flatMap((leaf, at) =>
        !findsNone(leaf) && answers[at] === null && truth[at] !== leaf.operator.negated ? neededToTakeEmpty(leaf) : [],
      );
      return { truth, values: [''], absent, certain: false, variables: [], needed };
    });
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
