import { type Answer, allOf, anyOf } from './answer.ts';
import { callersNamed, covers, mayBe } from './callers.ts';
import { accepts, actionPattern, resourcePattern } from './pattern.ts';
import type { Policy } from './policy.ts';
import type { Statement } from './statement.ts';
import type { Decision, PolicyRequest } from './types.ts';

/**
 * What a policy says of one request: an explicit deny wins, then an allow, else none. `unknown` where conditions, policy variables, statements that can't be
 * understood or parts that the request leaves out decide, and for a document of which nothing can be understood.
 */
export function decide({ statements, partition }: Policy, request: PolicyRequest): Decision {
  if (!statements) return 'unknown';
  const answers = (effect: Statement['effect']): readonly Answer[] =>
    statements.filter((statement) => statement.effect === effect).map((statement) => matches(statement, request, partition));
  const denied = anyOf(answers('Deny'));
  if (denied === true) return 'deny';
  const allowed = anyOf(answers('Allow'));
  if (denied === null) return 'unknown';
  if (allowed === null) return 'unknown';
  return allowed ? 'allow' : 'none';
}

function matches(statement: Statement, request: PolicyRequest, partition: string): Answer {
  const conditions = statement.conditions.length === 0 && statement.doubt === null ? true : null;
  return allOf([
    matchesAction(statement, request),
    matchesResource(statement, request),
    matchesCaller(statement, request, partition),
    conditions,
  ]);
}

function matchesAction({ action }: Statement, request: PolicyRequest): Answer {
  return action.values.some((text) => accepts(actionPattern(text).tokens, request.action.toLowerCase())) !== action.negated;
}

function matchesResource({ resource, version }: Statement, request: PolicyRequest): Answer {
  if (!resource) return true;
  const wanted = request.resource;
  const answers = resource.values.map((text): Answer => {
    const pattern = resourcePattern(text, version);
    if (wanted === undefined) return text === '*' ? true : null;
    if (!accepts(pattern.tokens, wanted)) return false;
    return pattern.variables.length > 0 ? null : true;
  });
  const answer = anyOf(answers);
  return answer === null ? null : answer !== resource.negated;
}

function matchesCaller({ principals }: Statement, request: PolicyRequest, partition: string): Answer {
  if (!principals) return true;
  const wanted = request.principal;
  if (wanted === undefined) return principals.some(({ kind, id }) => kind === 'AWS' && id === '*') ? true : null;
  const callers = callersNamed(wanted, partition);
  if (principals.some((principal) => callers.some((caller) => covers(principal, caller)))) return true;
  return principals.some((principal) => callers.some((caller) => mayBe(principal, caller))) ? null : false;
}
