import { type Answer, type Request as EvaluatedRequest, evaluateIdentity, evaluateTrust } from '../../dev/aws/authorization/evaluate.ts';
import { type Policy, type Principal, readStatement } from '../../dev/aws/authorization/statement.ts';

/**
 * A second reading of the policy language: that of the embedded AWS, which shares no code with the engine. Documents are plain objects that are known to
 * be valid, and callers are who they say they are.
 */

export type Level = Answer;

export interface Request extends EvaluatedRequest {
  /** Of trust documents: a kind and an id as in the Principal element. */
  readonly caller?: readonly [kind: string, id: string];
}

export interface ReferenceDocument {
  readonly Version?: string;
  readonly Statement: readonly ReferenceStatement[];
}

export interface ReferenceStatement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const READ = new WeakMap<ReferenceDocument, Policy>();

function policyOf(document: ReferenceDocument): Policy {
  const known = READ.get(document);
  if (known) return known;
  const policy = { variables: document.Version === '2012-10-17', statements: document.Statement.map(readStatement) };
  READ.set(document, policy);
  return policy;
}

export function levelOf(document: ReferenceDocument, request: Request): Level {
  const policy = policyOf(document);
  if (policy.statements.every(({ principals }) => principals === undefined)) return evaluateIdentity([policy], request);
  const answer = evaluateTrust(policy, request, (principal) => (isCaller(principal, request.caller ?? ['', '']) ? 'direct' : undefined));
  return answer === 'direct' || answer === 'account' ? 'allow' : answer;
}

/** The keys that one of the documents takes for sets. */
export function setsIn(...documents: readonly ReferenceDocument[]): ReadonlySet<string> {
  const conditions = documents.flatMap((document) => policyOf(document).statements.flatMap((statement) => statement.conditions));
  return new Set(conditions.filter(({ operator }) => operator.startsWith('For')).map(({ key }) => key.toLowerCase()));
}

function isCaller({ type, value }: Principal, [kind, id]: readonly [string, string]): boolean {
  if (value === '*' && (type === 'STAR' || type === 'AWS')) return true;
  if (type !== kind) return false;
  return value === id || value === '*' || (type === 'AWS' && contains(value, id));
}

function contains(principal: string, id: string): boolean {
  const caller = id.split(':');
  if (/^\d{12}$/.test(principal)) return caller[1] === 'aws' && caller[4] === principal;
  const own = principal.split(':');
  if (own[5] === 'root') return own[1] === caller[1] && own[4] === caller[4];
  const role = own[5]?.startsWith('role/') ? own[5].split('/').at(-1) : undefined;
  const [type, name] = (caller[5] ?? '').split('/');
  return own[1] === caller[1] && own[4] === caller[4] && type === 'assumed-role' && name === role;
}
