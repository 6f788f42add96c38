/**
 * The policy language, straight from its definition: what policies say about one request. The embedded AWS authorizes by it, and it is the reference
 * that the tests hold the engine of `src/policy` against. So neither it nor what it imports takes anything from `src`, and none of it needs a server.
 */
import { holds } from './condition.ts';
import { type Context, matches, matchesResource, type Surroundings } from './pattern.ts';
import { type Reading, USUAL } from './reading.ts';
import type { Condition, Policy, Principal, Statement } from './statement.ts';

export interface Request {
  /** Written `iam:GetRole`. */
  readonly action: string;
  /** Of identity policies. */
  readonly resource?: string;
  readonly context: Context;
  /** Keys, in lower case, that a condition with a quantifier asks about: an empty text of theirs may be no value. */
  readonly sets?: ReadonlySet<string>;
  readonly reading?: Reading;
}

export type Answer = 'allow' | 'deny' | 'none';

/** What identity policies together say about a request: an explicit deny wins, silence is `none`. */
export function evaluateIdentity(policies: Iterable<Policy>, request: Request): Answer {
  let answer: Answer = 'none';
  for (const policy of policies) {
    const surroundings = surroundingsOf(policy, request);
    for (const statement of policy.statements) {
      if (!matchesStatement(statement, request, surroundings)) continue;
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

export function evaluateTrust(policy: Policy, request: Request, naming: Naming): TrustAnswer {
  const surroundings = surroundingsOf(policy, request);
  let answer: TrustAnswer = 'none';
  for (const statement of policy.statements) {
    if (!matchesStatement(statement, request, surroundings)) continue;
    const named = (statement.principals ?? []).map(naming);
    if (named.every((name) => name === undefined)) continue;
    if (statement.effect === 'Deny') return 'deny';
    if (named.includes('direct')) answer = 'direct';
    else if (answer === 'none') answer = 'account';
  }
  return answer;
}

function surroundingsOf({ variables }: Policy, { context, reading = USUAL }: Request): Surroundings {
  const held = reading.emptyIsAbsent ? new Map([...context].filter(([, values]) => values.join() !== '')) : context;
  return { variables, context: held, reading };
}

/** Whoever is named in it. */
function matchesStatement(statement: Statement, request: Request, surroundings: Surroundings): boolean {
  const { actions, notActions, resources, notResources, conditions, effect } = statement;
  const wanted = request.action.toLowerCase();
  const isAction = (pattern: string) => matches(pattern.toLowerCase(), wanted);
  const isResource = (pattern: string) => matchesResource(pattern, request.resource ?? '', surroundings);
  return (
    (actions?.some(isAction) ?? !notActions?.some(isAction)) &&
    (resources?.some(isResource) ?? !notResources?.some(isResource)) &&
    // A condition that can't be evaluated never helps an Allow and never stops a Deny.
    conditions.every((condition) => holds(condition, valuesOf(condition, request), surroundings) ?? effect === 'Deny')
  );
}

/** `undefined` of an absent key. */
function valuesOf({ operator, key }: Condition, { context, sets, reading = USUAL }: Request): readonly string[] | undefined {
  const values = context.get(key.toLowerCase());
  if (values?.join() !== '' || !reading.emptySets) return values;
  const isSet = operator === 'Null' ? sets?.has(key.toLowerCase()) === true : operator.startsWith('For');
  return isSet ? undefined : values;
}
