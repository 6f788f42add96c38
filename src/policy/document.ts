import { DOCUMENT_ELEMENTS, refuseOthers } from './elements.ts';
import { at, isList, isObject, type Json, type JsonObject, readJson } from './json.ts';
import { Problem } from './problem.ts';
import { StatementReader } from './read-statement.ts';
import type { Statement, Version } from './statement.ts';
import type { PolicyKind, PolicySource } from './types.ts';

/** What the text of a document does not say. */
export interface DocumentHints {
  /** Partition of bare account ids in Principal (`aws`, `aws-cn`, …). Default: the one that the document's own principals name, else `otherwise`, else `aws`. */
  readonly partition?: string | undefined;
  /** Partition of bare account ids in a document whose principals name no partition, or several. */
  readonly otherwise?: string | undefined;
  /** Account of the role whose trust policy the document is. Users and roles of that account need no policy of their own to be let in. */
  readonly account?: string | undefined;
}

/** What makes a document no policy of its kind, and where in it. */
export interface DocumentProblem {
  readonly place: string;
  readonly reason: string;
}

export interface ReadDocument {
  /** `null` where it can't be told what the statements are. */
  readonly statements: readonly Statement[] | null;
  /** The first thing that makes the document no policy of its kind. */
  readonly problem: DocumentProblem | null;
  readonly partition: string;
}

/**
 * Reads a document and validates it by IAM's grammar. A statement that can't be understood is kept, with its doubt: IAM stores more than its grammar allows,
 * and what stands beside the statement means what it means.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function readDocument(source: PolicySource, kind: PolicyKind, hints: DocumentHints = {}): ReadDocument {
  let partition = hints.partition ?? hints.otherwise ?? 'aws';
  try {
    const json = readJson(source);
    partition = hints.partition ?? partitionOf([json]) ?? partition;
    const statements = readStatements(json, kind, partition);
    return { statements, problem: firstProblem(statements), partition };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { statements: null, problem: { place: error.place, reason: error.reason }, partition };
  }
}

/** What the first of the statements that can't be understood is refused for. */
export function firstProblem(statements: readonly Statement[]): DocumentProblem | null {
  const [doubt] = statements.flatMap((statement) => statement.doubt ?? []);
  return doubt === undefined ? null : { place: doubt.place, reason: doubt.reason };
}

/**
 * The partition of the principals that the documents name by ARN; `undefined` when they name none or several. Trust does not cross
 * partitions, so a bare account id beside an ARN belongs to the ARN's partition.
 */
export function partitionNamedIn(sources: readonly PolicySource[]): string | undefined {
  const values = sources.flatMap((source) => {
    try {
      return [readJson(source)];
    } catch {
      return [];
    }
  });
  return partitionOf(values);
}

function partitionOf(documents: readonly Json[]): string | undefined {
  const found = new Set<string>();
  const visit = (value: Json): void => {
    if (typeof value === 'string') {
      const [, partition] = /^arn:(aws[a-z-]*):(?:iam|sts)::/.exec(value) ?? [];
      if (partition) found.add(partition);
    } else if (isList(value)) value.forEach(visit);
    else if (isObject(value)) [...value.values()].forEach(visit);
  };
  for (const document of documents) {
    for (const statement of isObject(document) ? listOf(document.get('Statement')) : []) {
      if (isObject(statement)) visit(statement.get('Principal') ?? null);
    }
  }
  return found.size === 1 ? [...found][0] : undefined;
}

function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}

function readStatements(document: Json, kind: PolicyKind, partition: string): readonly Statement[] {
  if (!isObject(document)) throw new Problem('document', 'expected an object');
  try {
    return readElements(document, kind, partition);
  } catch (error) {
    // A misspelt element says more than what is missing for it.
    refuseOthers(document, DOCUMENT_ELEMENTS, '');
    throw error;
  }
}

function readElements(document: JsonObject, kind: PolicyKind, partition: string): readonly Statement[] {
  const version = readVersion(document.get('Version'));
  const id = document.get('Id');
  if (id !== undefined && typeof id !== 'string') throw new Problem('Id', 'expected text');
  const statement = document.get('Statement');
  const list = listOf(statement);
  if (list.length === 0) throw new Problem('Statement', statement === undefined ? 'is missing' : 'is empty');
  const others = new Map([...document].filter(([name]) => !DOCUMENT_ELEMENTS.includes(name)));
  const reader = new StatementReader({ kind, version, partition, others });
  return list.map((item, index) => {
    const place = statement !== undefined && isList(statement) ? at('Statement', index) : 'Statement';
    if (!isObject(item)) throw new Problem(place, 'expected an object');
    return reader.read(item, place);
  });
}

function readVersion(version: Json | undefined): Version {
  if (version === undefined || version === '2008-10-17') return '2008-10-17';
  if (version === '2012-10-17') return version;
  throw new Problem('Version', 'expected "2012-10-17" or "2008-10-17"');
}
