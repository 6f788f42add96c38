import { malformedPolicy } from '../protocol/errors.ts';
import { isObject, type JsonObject, parsePolicyJson } from './json.ts';

/** A policy as written, with lists in the place of single values. */
export interface Policy {
  /** Only the newer of the two versions has policy variables. */
  readonly variables: boolean;
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[] | undefined;
  readonly notActions: readonly string[] | undefined;
  readonly resources: readonly string[] | undefined;
  readonly notResources: readonly string[] | undefined;
  readonly principals: readonly Principal[] | undefined;
  readonly conditions: readonly Condition[];
}

export interface Principal {
  /** `AWS`, `Service`, `Federated`, `CanonicalUser`. */
  readonly type: string;
  readonly value: string;
}

export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

const POLICY_KEYS = new Set(['Version', 'Id', 'Statement']);
const STATEMENT_KEYS = new Set([
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Principal',
  'NotPrincipal',
  'Condition',
]);
const syntaxError = () => malformedPolicy('Syntax errors in policy.');

/**
 * Reads a policy document's text. Throws `MalformedPolicyDocument` for what breaks the grammar of either kind of policy
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html).
 */
export function readPolicy(text: string): Policy {
  const document = parsePolicyJson(text);
  if (Object.keys(document).some((key) => !POLICY_KEYS.has(key))) throw syntaxError();
  const version = document.Version ?? '2008-10-17';
  if (version !== '2008-10-17' && version !== '2012-10-17') throw syntaxError();
  const listed = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
  if (listed.length === 0) throw syntaxError();
  const statements = listed.map(readStatement);
  const sids = statements.map((statement) => statement.sid).filter((sid) => sid !== undefined && sid !== '');
  if (new Set(sids).size !== sids.length) throw malformedPolicy('Statement IDs (SID) in a single policy must be unique.');
  return { variables: version === '2012-10-17', statements };
}

/** Throws as `readPolicy` does. */
export function readStatement(value: unknown): Statement {
  if (!isObject(value) || Object.keys(value).some((key) => !STATEMENT_KEYS.has(key))) throw syntaxError();
  const { Effect: effect, Sid: sid } = value;
  if (effect !== 'Allow' && effect !== 'Deny') throw syntaxError();
  if (sid !== undefined && typeof sid !== 'string') throw syntaxError();
  if (value.NotPrincipal !== undefined) throw malformedPolicy('Has prohibited field NotPrincipal');
  const statement = {
    sid,
    effect,
    actions: texts(value.Action),
    notActions: texts(value.NotAction),
    resources: texts(value.Resource),
    notResources: texts(value.NotResource),
    principals: readPrincipals(value.Principal),
    conditions: readConditions(value.Condition),
  } as const;
  if ((statement.actions === undefined) === (statement.notActions === undefined))
    throw malformedPolicy('Policy statement must contain actions.');
  if (statement.resources !== undefined && statement.notResources !== undefined) throw syntaxError();
  return statement;
}

function texts(value: unknown): string[] | undefined {
  if (value === undefined) return undefined;
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.map((item) => {
    if (typeof item !== 'string') throw syntaxError();
    return item;
  });
}

function readPrincipals(value: unknown): Principal[] | undefined {
  if (value === undefined) return undefined;
  if (value === '*') return [{ type: 'STAR', value: '*' }];
  if (!isObject(value)) throw syntaxError();
  return Object.entries(value).flatMap(([type, named]) => (texts(named) ?? []).map((item) => ({ type, value: item })));
}

function readConditions(value: unknown): Condition[] {
  if (value === undefined) return [];
  if (!isObject(value)) throw syntaxError();
  return Object.entries(value).flatMap(([operator, block]) => readBlock(operator, block));
}

function readBlock(operator: string, block: unknown): Condition[] {
  if (!isObject(block)) throw syntaxError();
  const entries: [string, JsonObject[string]][] = Object.entries(block);
  return entries.map(([key, value]) => ({ operator, key, values: (Array.isArray(value) ? value : [value]).map(scalar) }));
}

function scalar(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw syntaxError();
}
