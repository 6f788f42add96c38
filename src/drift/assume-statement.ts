import { actionMatches, type Statement } from '../policy/index.ts';

/** Whether the statement can allow or deny assuming a role: what makes it part of a grant. */
export function isAssume(statement: Statement): boolean {
  return actionMatches(statement, 'sts:AssumeRole');
}

/** The values of the Resource element; `*` for a statement with NotResource, which is reported as a whole. */
export function patternsOf({ resource }: Statement): readonly string[] {
  return resource === null || resource.negated ? ['*'] : resource.values;
}

/** The statement cut down to some of its patterns; `undefined` if none are left. A statement with NotResource is kept or dropped as a whole. */
export function forPatterns(statement: Statement, keep: (pattern: string) => boolean): Statement | undefined {
  const values = patternsOf(statement).filter(keep);
  if (values.length === 0) return undefined;
  if (statement.resource === null || statement.resource.negated) return statement;
  return { ...statement, resource: { negated: false, values } };
}
