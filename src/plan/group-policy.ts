import { forPatterns, isAssume, patternsOf } from '../drift/assume-statement.ts';
import { type Statement, statementsOf, toDocument } from '../policy/index.ts';
import type { PolicySource } from '../policy/types.ts';

/** Edits of one inline policy's document: the smallest that works, everything else stays as it is. `undefined`: nothing is left. */

/** Whether it lets or forbids assuming what the pattern stands for, by naming it. */
export function names(document: PolicySource, pattern: string): boolean {
  return read(document).some((statement) => isAssume(statement) && patternsOf(statement).includes(pattern));
}

/** Without what lets or forbids assuming `pattern`. A pattern of `*` also stands for NotResource. */
export function withoutPattern(document: PolicySource, pattern: string): PolicySource | undefined {
  return write(
    read(document).flatMap((statement) =>
      isAssume(statement) ? (forPatterns(statement, (other) => other !== pattern) ?? []) : [statement],
    ),
  );
}

/** Only the statements that can match `sts:AssumeRole`. */
export function onlyAssume(document: PolicySource): PolicySource | undefined {
  return write(read(document).filter(isAssume));
}

/** What is stated, and beside it what the document lets or forbids assuming. */
export function withStated(document: PolicySource | undefined, stated: PolicySource): PolicySource {
  const own = read(stated).filter(isAssume).flatMap(patternsOf);
  const grants = document === undefined ? [] : read(document).filter(isAssume);
  const beside = grants.flatMap((statement) => forPatterns(statement, (pattern) => !own.includes(pattern)) ?? []);
  return beside.length === 0 ? stated : toDocument([...read(stated), ...beside]);
}

export function withStatements(document: PolicySource, added: PolicySource): PolicySource {
  return toDocument([...read(document), ...read(added)]);
}

function read(document: PolicySource): readonly Statement[] {
  return statementsOf(document, 'identity') ?? [];
}

function write(statements: readonly Statement[]): PolicySource | undefined {
  return statements.length === 0 ? undefined : toDocument(statements);
}
