import { patternsOverlap } from '../overlap.ts';
import { accepts } from '../pattern.ts';
import { textPatternsOf } from './compiled-condition.ts';
import type { KeyValue } from './contexts.ts';
import { type PreparedPair, patternsIn } from './prepared.ts';

/** A user or role that calls, with what is known of the context of all its requests. */
export interface KnownCaller {
  readonly arn: string;
  /** Unique id: `AIDA…`, `AROA…`. */
  readonly id: string;
  /** The value of a condition key, which is in lower case. `null`: it is absent; `undefined`: not known. */
  readonly valueOf: (key: string) => KnownValue | null | undefined;
}

/** `starting`: every value of the key starts so, and may go on in any way. */
export type KnownValue = { readonly text: string } | { readonly starting: string };

/** The keys that the statements ask about, in conditions and as variables. */
export function keysAskedIn(pair: PreparedPair): readonly string[] {
  return [...new Set([...pair.keys, ...variablesIn(pair)])];
}

/** What is known of the keys that the statements ask about. */
export function contextOf(pair: PreparedPair, caller: KnownCaller): readonly KeyValue[] {
  const variables = new Set(variablesIn(pair));
  return keysAskedIn(pair).flatMap((key): readonly KeyValue[] => {
    const value = caller.valueOf(key);
    if (value === undefined) return [];
    if (value === null) return [{ key, values: null }];
    if ('text' in value) return [{ key, values: [value.text] }];
    const sample = `${value.starting}${FRESH}`;
    const isDecided = !variables.has(key) && isAnswered(pair, key, value.starting, sample);
    return isDecided ? [{ key, values: [sample] }] : [];
  });
}

/** No document can hold this character, so that a text with it is unlike any other. */
const FRESH = '\ue000';

/** Whether the conditions on a key answer all texts with that start alike. */
function isAnswered({ conditions }: PreparedPair, key: string, start: string, sample: string): boolean {
  const patterns = conditions.filter((condition) => condition.key === key).flatMap(textPatternsOf);
  return patterns.every((pattern) => accepts(pattern.tokens, sample) || !patternsOverlap(pattern.text, `${start}*`, { ignoreCase: true }));
}

function variablesIn(pair: PreparedPair): readonly string[] {
  return patternsIn(pair).flatMap((pattern) => pattern.variables);
}
