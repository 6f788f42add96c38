import { covers } from '../callers.ts';
import { patternsOverlap } from '../overlap.ts';
import { accepts } from '../pattern.ts';
import type { Policy } from '../policy.ts';
import type { Principal, Statement } from '../statement.ts';
import { Budget, TooLarge } from './budget.ts';
import { textPatternsOf } from './compiled-condition.ts';
import type { KeyValue } from './contexts.ts';
import { Evaluator, type KnownRequest } from './evaluate.ts';
import { MOST_STEPS } from './index.ts';
import { type PreparedPair, patternsIn, prepare } from './prepared.ts';

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

const ACTION = 'sts:AssumeRole';

/** Whether statements of identity policies, taken together, may let the caller assume a role: in some context, as far as it is not known. */
export function mayAllowAssume(statements: readonly Statement[], roleArn: string, caller: KnownCaller): boolean {
  return mayAllow(statements, undefined, { action: ACTION, target: roleArn, caller: 'named' }, caller);
}

/**
 * Whether the trust policy of a role may let the caller in, in some context, as far as it is not known.
 *
 * - `by-policy`: provided that the caller's own policies allow it as well.
 * - `alone`: by itself, as it may in the account of the role.
 * - `alone-as-session`: the same, without statements that name the role that calls. What they grant is limited by that role's permissions boundary, and what
 *   is granted to its sessions is not.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function mayLetIn(trust: Policy, caller: KnownCaller, how: 'by-policy' | 'alone' | 'alone-as-session'): boolean {
  if (trust.statements === null) return true;
  const statements = trust.statements.flatMap((statement) => forCaller(statement, caller, how === 'alone-as-session'));
  return mayAllow(
    statements,
    trust.account,
    { action: ACTION, target: caller.arn, caller: how === 'by-policy' ? 'named' : 'alone' },
    caller,
  );
}

/** With the caller's unique id, and the ARNs of its sessions, replaced by its ARN. A Deny for one session leaves the others. */
function forCaller(statement: Statement, caller: KnownCaller, isSessionAlone: boolean): readonly Statement[] {
  const { principals, effect } = statement;
  if (principals === null) return [statement];
  const own: Principal = { kind: 'AWS', id: caller.arn };
  const replaced = principals.flatMap((principal): readonly Principal[] => {
    const isNamed = principal.kind === 'AWS' && (principal.id === caller.arn || principal.id === caller.id);
    if (isNamed) return effect === 'Allow' && isSessionAlone ? [] : [own];
    if (!covers(own, principal)) return [principal];
    return effect === 'Allow' ? [own] : [];
  });
  return replaced.length === 0 ? [] : [{ ...statement, principals: replaced }];
}

function mayAllow(
  statements: readonly Statement[],
  account: string | undefined,
  request: Omit<KnownRequest, 'context'>,
  caller: KnownCaller,
): boolean {
  try {
    const pair = prepare({ desired: [], live: statements, account }, new Budget(MOST_STEPS));
    return new Evaluator(pair).mayAnswer('live', { ...request, context: contextOf(pair, caller) }, 'allow');
  } catch (error) {
    if (error instanceof TooLarge) return true;
    throw error;
  }
}

/** No document can hold this character, so that a text with it is unlike any other. */
const FRESH = '\ue000';

/** What is known of the keys that the statements ask about. */
function contextOf(pair: PreparedPair, caller: KnownCaller): readonly KeyValue[] {
  const variables = new Set(patternsIn(pair).flatMap((pattern) => pattern.variables));
  return [...new Set([...pair.keys, ...variables])].flatMap((key): readonly KeyValue[] => {
    const value = caller.valueOf(key);
    if (value === undefined) return [];
    if (value === null) return [{ key, values: null }];
    if ('text' in value) return [{ key, values: [value.text] }];
    const sample = `${value.starting}${FRESH}`;
    const isDecided = !variables.has(key) && isAnswered(pair, key, value.starting, sample);
    return isDecided ? [{ key, values: [sample] }] : [];
  });
}

/** Whether the conditions on a key answer all texts with that start alike. */
function isAnswered({ conditions }: PreparedPair, key: string, start: string, sample: string): boolean {
  const patterns = conditions.filter((condition) => condition.key === key).flatMap(textPatternsOf);
  return patterns.every((pattern) => accepts(pattern.tokens, sample) || !patternsOverlap(pattern.text, `${start}*`, { ignoreCase: true }));
}
