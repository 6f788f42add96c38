import { type Context, holds } from './condition.ts';
import { matches } from './pattern.ts';
import type { Policy, Principal, Statement } from './statement.ts';

/** `action` is written `iam:GetRole`. */
export interface Request {
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

export type Answer = 'allow' | 'deny' | 'none';

/** What identity policies together say about a request: an explicit deny wins, silence is `none`. */
export function evaluateIdentity(policies: Iterable<Policy>, request: Request): Answer {
  let answer: Answer = 'none';
  for (const policy of policies) {
    for (const statement of policy.statements) {
      if (!matchesAction(statement, request.action)) continue;
      if (!matchesResource(statement, request, policy.variables)) continue;
      if (!conditionsHold(statement, request.context)) continue;
      if (statement.effect === 'Deny') return 'deny';
      answer = 'allow';
    }
  }
  return answer;
}

/** In place of `allow`, the kind of principal that let the caller in: `direct` names the caller itself, `account` the caller's account. */
export type TrustAnswer = 'direct' | 'account' | 'deny' | 'none';

/** Returns how a principal names the caller, if it does. */
export type Naming = (principal: Principal) => 'direct' | 'account' | undefined;

export function evaluateTrust(policy: Policy, action: string, context: Context, naming: Naming): TrustAnswer {
  let answer: TrustAnswer = 'none';
  for (const statement of policy.statements) {
    if (!matchesAction(statement, action) || !conditionsHold(statement, context)) continue;
    const named = (statement.principals ?? []).map(naming);
    if (named.every((name) => name === undefined)) continue;
    if (statement.effect === 'Deny') return 'deny';
    if (named.includes('direct')) answer = 'direct';
    else if (answer === 'none') answer = 'account';
  }
  return answer;
}

function matchesAction(statement: Statement, action: string): boolean {
  const wanted = action.toLowerCase();
  const matching = (pattern: string) => matches(pattern.toLowerCase(), wanted);
  return statement.actions?.some(matching) ?? !statement.notActions?.some(matching);
}

function matchesResource(statement: Statement, request: Request, variables: boolean): boolean {
  const matching = (pattern: string) => matches(variables ? substitute(pattern, request.context) : pattern, request.resource);
  return statement.resources?.some(matching) ?? !statement.notResources?.some(matching);
}

/** A pattern with a variable that has no value matches nothing. */
function substitute(pattern: string, context: Context): string {
  if (!pattern.includes('${')) return pattern;
  return pattern.replace(/\$\{([^}]*)\}/g, (variable, name: string) => context.get(name.toLowerCase()) ?? variable);
}

/** A condition that can't be evaluated here never helps an Allow and never stops a Deny. */
function conditionsHold(statement: Statement, context: Context): boolean {
  return statement.conditions.every((condition) => holds(condition, context) ?? statement.effect === 'Deny');
}
