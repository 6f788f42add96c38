import { isOpaque } from './callers.ts';
import { versionOf } from './canonical.ts';
import { type Reading, readDocument } from './document.ts';
import { patternMatches } from './overlap.ts';
import type { Principal, Statement } from './statement.ts';
import { statementJson } from './statement-json.ts';
import type { PolicyKind, PolicySource } from './types.ts';

/** The first thing that makes the document no policy of its kind, by IAM's grammar; `null` for a good one. */
export function checkPolicy(document: PolicySource, kind: PolicyKind): { place: string; reason: string } | null {
  const { problem } = readDocument(document, kind);
  return problem && { ...problem };
}

/** The document's statements; `null` when it is no policy of its kind. */
export function statementsOf(document: PolicySource, kind: PolicyKind, reading: Reading = {}): readonly Statement[] | null {
  return readDocument(document, kind, reading).statements;
}

/** A document of these statements; they have to be of one kind and, where they hold `${…}`, of one version. */
export function toDocument(statements: readonly Statement[]): Readonly<Record<string, unknown>> {
  return { Version: versionOf(statements), Statement: statements.map(statementJson) };
}

/** Does the statement's Action (or NotAction) take in this action? */
export function actionMatches(statement: Statement, action: string): boolean {
  const { negated, values } = statement.action;
  return values.some((pattern) => patternMatches(pattern, action, { ignoreCase: true })) !== negated;
}

/** Everyone whom a trust policy names, each once, unique ids included; empty when it is no trust policy. */
export function principalsOf(document: PolicySource, reading: Reading = {}): readonly Principal[] {
  const all = (statementsOf(document, 'trust', reading) ?? []).flatMap(({ principals }) => principals ?? []);
  return [...new Map(all.map((principal) => [`${principal.kind} ${principal.id}`, principal])).values()];
}

/**
 * A trust policy without the principals that show as unique ids (deleted, or created just now), and these ids. Statements that name nobody
 * else are gone. `document` is `null` when no statement is left, and what was given when there are no such ids or it is no trust policy.
 */
export function withoutUniqueIds(source: PolicySource, reading: Reading = {}): { document: PolicySource | null; ids: readonly string[] } {
  const ids = principalsOf(source, reading).filter(isOpaque);
  if (ids.length === 0) return { document: source, ids: [] };
  const left = (statementsOf(source, 'trust', reading) ?? [])
    .map((statement) => ({ ...statement, principals: (statement.principals ?? []).filter((principal) => !isOpaque(principal)) }))
    .filter(({ principals }) => principals.length > 0);
  return { document: left.length === 0 ? null : toDocument(left), ids: ids.map(({ id }) => id) };
}
