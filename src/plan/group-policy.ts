import { forPatterns, isAssume, patternsOf } from '../drift/assume-statement.ts';
import { statementsOf, toDocument } from '../policy/index.ts';
import type { PolicySource } from '../policy/types.ts';

/** Edits of one inline policy of a hub group: the smallest that works, everything else stays as it is. */

/** Only the statements that can match `sts:AssumeRole` on one of these roles; `undefined` when there are none. */
export function withoutOthers(document: PolicySource, roleArns: readonly string[]): PolicySource | undefined {
  const kept = (statementsOf(document, 'identity') ?? []).filter(
    (statement) => isAssume(statement) && patternsOf(statement).some((pattern) => roleArns.includes(pattern)),
  );
  return kept.length === 0 ? undefined : toDocument(kept);
}

/** Without what lets or forbids assuming `pattern`; `undefined` when nothing is left. A pattern of `*` also stands for NotResource. */
export function withoutPattern(document: PolicySource, pattern: string): PolicySource | undefined {
  const left = (statementsOf(document, 'identity') ?? []).flatMap((statement) => {
    if (!isAssume(statement)) return [statement];
    return forPatterns(statement, (other) => other !== pattern) ?? [];
  });
  return left.length === 0 ? undefined : toDocument(left);
}

export function withStatements(document: PolicySource, added: PolicySource): PolicySource {
  return toDocument([...(statementsOf(document, 'identity') ?? []), ...(statementsOf(added, 'identity') ?? [])]);
}
