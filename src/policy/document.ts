import { readActions, readConditions, readResources } from './grammar-elements.ts';
import { readPrincipals } from './grammar-principals.ts';
import { at, isList, isObject, type Json, type JsonObject, readJson } from './json.ts';
import { nearMiss } from './near-miss.ts';
import { Problem } from './problem.ts';
import type { Statement, Version } from './statement.ts';
import type { PolicyKind, PolicySource } from './types.ts';

const DOCUMENT_ELEMENTS: readonly string[] = ['Version', 'Id', 'Statement'];
const STATEMENT_ELEMENTS: readonly string[] = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

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

/** Either the statements, or what makes the document no policy of its kind. */
export type ReadDocument =
  | { readonly statements: readonly Statement[]; readonly problem: null; readonly partition: string }
  | { readonly statements: null; readonly problem: DocumentProblem; readonly partition: string };

/**
 * Reads a document and validates it by IAM's grammar.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function readDocument(source: PolicySource, kind: PolicyKind, hints: DocumentHints = {}): ReadDocument {
  let partition = hints.partition ?? hints.otherwise ?? 'aws';
  try {
    const json = readJson(source);
    partition = hints.partition ?? partitionOf([json]) ?? partition;
    return { statements: readStatements(json, kind, partition), problem: null, partition };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { statements: null, problem: { place: error.place, reason: error.reason }, partition };
  }
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
  refuseOthers(document, DOCUMENT_ELEMENTS, '');
  const version = readVersion(document.get('Version'));
  const id = document.get('Id');
  if (id !== undefined && typeof id !== 'string') throw new Problem('Id', 'expected text');
  const statement = document.get('Statement');
  const list = listOf(statement);
  if (list.length === 0) throw new Problem('Statement', statement === undefined ? 'is missing' : 'is empty');
  const sids = new Set<string>();
  return list.map((item, index) => {
    const place = statement !== undefined && isList(statement) ? at('Statement', index) : 'Statement';
    if (!isObject(item)) throw new Problem(place, 'expected an object');
    refuseOthers(item, STATEMENT_ELEMENTS, place);
    checkSid(item.get('Sid'), at(place, 'Sid'), kind, sids);
    return readStatement(item, place, kind, version, partition);
  });
}

function refuseOthers(object: JsonObject, known: readonly string[], place: string): void {
  for (const name of object.keys()) {
    if (!known.includes(name)) throw new Problem(at(place, name), `unknown element${nearMiss(name, known)}`);
  }
}

function readVersion(version: Json | undefined): Version {
  if (version === undefined || version === '2008-10-17') return '2008-10-17';
  if (version === '2012-10-17') return version;
  throw new Problem('Version', 'expected "2012-10-17" or "2008-10-17"');
}

/** Sids of identity policies are letters and digits, and unique. The empty Sid may repeat: tools write it into every statement, and IAM accepts it. */
function checkSid(sid: Json | undefined, place: string, kind: PolicyKind, seen: Set<string>): void {
  if (sid === undefined) return;
  if (typeof sid !== 'string') throw new Problem(place, 'expected text');
  if (kind === 'trust' || sid === '') return;
  if (!/^[A-Za-z0-9]+$/.test(sid)) throw new Problem(place, 'takes letters and digits only');
  if (seen.has(sid)) throw new Problem(place, `${JSON.stringify(sid)} is there twice`);
  seen.add(sid);
}

function readStatement(item: JsonObject, place: string, kind: PolicyKind, version: Version, partition: string): Statement {
  const effect = item.get('Effect');
  if (effect !== 'Allow' && effect !== 'Deny') {
    throw new Problem(at(place, 'Effect'), effect === undefined ? 'is missing' : 'expected "Allow" or "Deny"');
  }
  const action = oneOf(item, ['Action', 'NotAction'], place);
  const condition = item.get('Condition');
  return {
    version,
    effect,
    action: readActions(action.value, action.negated, action.place, kind),
    resource: kind === 'identity' ? readIdentityTarget(item, place, version) : refuse(item, ['Resource', 'NotResource'], place, kind),
    principals: kind === 'trust' ? readTrustCaller(item, place, partition) : refuse(item, ['Principal', 'NotPrincipal'], place, kind),
    conditions: condition === undefined ? [] : readConditions(condition, at(place, 'Condition')),
  };
}

function readIdentityTarget(item: JsonObject, place: string, version: Version): Statement['resource'] {
  const resource = oneOf(item, ['Resource', 'NotResource'], place);
  return readResources(resource.value, resource.negated, resource.place, version);
}

function readTrustCaller(item: JsonObject, place: string, partition: string): Statement['principals'] {
  refuse(item, ['NotPrincipal'], place, 'trust');
  const principal = item.get('Principal');
  if (principal === undefined) throw new Problem(at(place, 'Principal'), 'is missing');
  return readPrincipals(principal, at(place, 'Principal'), partition);
}

function oneOf(
  item: JsonObject,
  [plain, inverse]: readonly [string, string],
  place: string,
): { value: Json; negated: boolean; place: string } {
  const value = item.get(plain);
  const inverted = item.get(inverse);
  if (value !== undefined && inverted !== undefined) throw new Problem(at(place, inverse), `stands beside ${plain}`);
  if (value !== undefined) return { value, negated: false, place: at(place, plain) };
  if (inverted !== undefined) return { value: inverted, negated: true, place: at(place, inverse) };
  throw new Problem(at(place, plain), 'is missing');
}

function refuse(item: JsonObject, names: readonly string[], place: string, kind: PolicyKind): null {
  for (const name of names) {
    if (item.has(name))
      throw new Problem(at(place, name), `${kind === 'trust' ? 'a trust policy' : 'an identity policy'} takes no ${name}`);
  }
  return null;
}
