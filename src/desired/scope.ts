import { policyArn, policyObstacle } from '../iam/managed-policy.ts';
import { type Policy, type PolicyKind, type PolicySource, parsePolicy } from '../policy/index.ts';
import type { InlinePolicy, NameSet } from '../state/state.ts';
import { documentComplaint } from './document-place.ts';
import type { FileError } from './file-error.ts';
import { type Complaint, complain, type DesiredFile, dotted, type Path } from './file-node.ts';
import { expandDocument, expandText, type PlaceholderValues, placeholdersIn } from './placeholders.ts';
import type { DocumentsContent, PoliciesContent } from './schema.ts';
import { fits, POLICY, type Syntax } from './syntax.ts';

/** Collects errors that show only after placeholders are replaced. A path may be used for many targets; only its first error is kept. */
export class Complaints {
  readonly errors: FileError[] = [];
  readonly #file: DesiredFile;
  readonly #paths = new Set<string>();

  constructor(file: DesiredFile) {
    this.#file = file;
  }

  add(path: Path, complaint: Complaint): void {
    const key = dotted(path);
    if (this.#paths.has(key)) return;
    this.#paths.add(key);
    this.errors.push(complain(this.#file, path, complaint));
  }
}

/** The account that a part of the file is about, and the values of its placeholders. */
export interface Scope {
  readonly partition: string;
  readonly account: string;
  readonly values: PlaceholderValues;
  readonly complaints: Complaints;
}

/** Replaces the placeholders, and checks the text again, because only now its length is known. */
export function expandedText(scope: Scope, path: Path, raw: string, form: Syntax, at: 'key' | 'value' = 'value'): string {
  const text = expandText(raw, scope.values);
  if (text !== raw && !fits(text, form)) scope.complaints.add(path, { message: becomes(text), expected: form.expected, at });
  return text;
}

/** The ARNs of the required and the optional policies. A plain list holds the required ones, and allows no others. */
export function expandedPolicies(scope: Scope, path: Path, content: PoliciesContent | NameSet): NameSet {
  const seen = new Set<string>();
  const arns = (references: readonly string[], at: Path) =>
    references.map((reference, index) => {
      const arn = expandedPolicy(scope, [...at, index], reference);
      if (seen.has(arn)) scope.complaints.add([...at, index], { message: `duplicate policy ${arn}`, expected: 'each policy once' });
      seen.add(arn);
      return arn;
    });
  if (!('length' in content)) {
    const required = arns(content.required ?? [], [...path, 'required']);
    return { required, optional: arns(content.optional ?? [], [...path, 'optional']) };
  }
  return { required: arns(content, path), optional: [] };
}

/** The ARN of the permissions boundary; `null` for none. */
export function expandedBoundary(scope: Scope, path: Path, reference: string | undefined): string | null {
  return reference === undefined || reference === 'none' ? null : expandedPolicy(scope, path, reference);
}

function expandedPolicy(scope: Scope, path: Path, raw: string): string {
  const reference = expandedText(scope, path, raw, POLICY);
  const arn = policyArn(reference, scope.partition, scope.account);
  const obstacle = policyObstacle(arn, scope.partition, scope.account);
  if (obstacle !== undefined) scope.complaints.add(path, { message: obstacle, expected: POLICY.expected });
  return arn;
}

export function expandedInlinePolicies(scope: Scope, path: Path, documents: DocumentsContent, name: Syntax): readonly InlinePolicy[] {
  const names = new Set<string>();
  return [...documents].map(([rawName, document]) => {
    const at = [...path, rawName];
    const expanded = expandedText(scope, at, rawName, name, 'key');
    if (names.has(expanded)) scope.complaints.add(at, { message: becomes(expanded), expected: 'each name once', at: 'key' });
    names.add(expanded);
    return { name: expanded, document: expandedDocument(scope, at, document, 'identity') };
  });
}

/** The policy with its placeholders replaced, checked again, because only now all of it is known. */
export function expandedDocument(scope: Scope, path: Path, raw: PolicySource, kind: PolicyKind): Policy {
  const { partition, account } = scope;
  const hints = { partition, account };
  if (placeholdersIn(typeof raw === 'string' ? raw : JSON.stringify(raw)).length === 0) return parsePolicy(raw, kind, hints);
  const policy = parsePolicy(expandDocument(raw, scope.values), kind, hints);
  if (policy.problem !== null) {
    const { path: at, complaint } = documentComplaint(path, raw, kind, policy.problem);
    scope.complaints.add(at, complaint);
  }
  return policy;
}

function becomes(text: string): string {
  return `with the placeholders replaced it is ${JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text)} (${text.length} characters)`;
}
