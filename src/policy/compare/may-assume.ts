import { covers, letsInAlone } from '../callers.ts';
import { decide } from '../decide.ts';
import { type Policy, policyOf } from '../policy.ts';
import type { Principal, Statement } from '../statement.ts';
import { Budget, TooLarge } from './budget.ts';
import { isContradiction } from './contradiction.ts';
import { Evaluator } from './evaluate.ts';
import { MOST_STEPS } from './index.ts';
import { contextOf, type KnownCaller } from './known-caller.ts';
import { prepare } from './prepared.ts';

/**
 * Something that has to let the caller assume the role: statements of identity policies taken together, or the role's trust policy, in one of three ways.
 *
 * - `by-policy`: provided that the caller's own policies allow it as well.
 * - `alone`: by itself, as it may in the account of the role.
 * - `alone-as-session`: the same, without statements that name the role that calls. What they grant is limited by that role's permissions boundary, and what
 *   is granted to its sessions is not.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export type AssumePart = { readonly identity: readonly Statement[] } | { readonly trust: Policy; readonly as: TrustUse };

export type TrustUse = 'by-policy' | 'alone' | 'alone-as-session';

const ACTION = 'sts:AssumeRole';

/** Whether all parts may let the caller assume the role, in one context, as far as it is not known. What can't be understood, or is too large, may. */
export function mayAssume(parts: readonly AssumePart[], roleArn: string, caller: KnownCaller): boolean {
  const judged = parts.map((part) => judgedPart(part, roleArn, caller));
  return judged.every((part) => mayAllow(part, caller)) && !isContradiction(judged.map(applyingIn), caller);
}

interface JudgedPart {
  readonly statements: readonly Statement[];
  /** A role or, of a trust policy, the caller. */
  readonly target: string;
  readonly isAlone: boolean;
  /** Of the role whose trust policy it is. */
  readonly account: string | undefined;
}

const EVERYTHING = { negated: false, values: ['*'] } as const;
const ANYTHING: Statement = {
  version: '2012-10-17',
  effect: 'Allow',
  action: EVERYTHING,
  resource: EVERYTHING,
  principals: null,
  conditions: [],
  doubt: null,
};

function judgedPart(part: AssumePart, roleArn: string, caller: KnownCaller): JudgedPart {
  if ('identity' in part) return { statements: part.identity, target: roleArn, isAlone: false, account: undefined };
  const { trust, as } = part;
  const statements = trust.statements?.flatMap((statement) => forCaller(statement, caller, as === 'alone-as-session')) ?? [ANYTHING];
  return { statements, target: caller.arn, isAlone: as !== 'by-policy', account: trust.account };
}

/** With the caller's unique id, and the ARNs of its sessions, replaced by its ARN. A Deny for one session leaves the others. */
function forCaller(statement: Statement, caller: KnownCaller, isSessionAlone: boolean): readonly Statement[] {
  const { principals, effect } = statement;
  if (principals === null) return [statement];
  const own = ownPrincipal(caller.arn);
  const replaced = principals.flatMap((principal): readonly Principal[] => {
    const isNamed = principal.kind === 'AWS' && (principal.id === caller.arn || principal.id === caller.id);
    if (isNamed) return effect === 'Allow' && isSessionAlone ? [] : [own];
    if (!covers(own, principal)) return [principal];
    return effect === 'Allow' ? [own] : [];
  });
  return replaced.length === 0 ? [] : [{ ...statement, principals: replaced }];
}

function ownPrincipal(arn: string): Principal {
  return { kind: 'AWS', id: arn };
}

function mayAllow({ statements, target, isAlone, account }: JudgedPart, caller: KnownCaller): boolean {
  try {
    const pair = prepare({ desired: [], live: statements, account }, new Budget(MOST_STEPS));
    const request = { action: ACTION, target, caller: isAlone ? 'alone' : 'named', context: contextOf(pair, caller) } as const;
    return new Evaluator(pair).mayAnswer('live', request, 'allow');
  } catch (error) {
    if (error instanceof TooLarge) return true;
    throw error;
  }
}

/** The statements that apply, but for their conditions. Of those of which that is not known only the Allows. */
function applyingIn({ statements, target, isAlone }: JudgedPart): readonly Statement[] {
  const own = ownPrincipal(target);
  return statements.filter((statement) => {
    const { effect, principals } = statement;
    const reaches = isAlone && effect === 'Allow' ? letsInAlone : covers;
    if (principals !== null && !principals.some((principal) => reaches(principal, own))) return false;
    const bare: Statement = { ...statement, effect: 'Allow', principals: null, conditions: [], doubt: null };
    const decision = decide(policyOf([bare], 'identity'), { action: ACTION, resource: target });
    return decision === 'allow' || (decision === 'unknown' && effect === 'Allow');
  });
}
