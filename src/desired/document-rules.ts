import { type DocumentProblem, type PolicyKind, type PolicySource, parsePolicy } from '../policy/index.ts';
import { isMapping, policySource } from '../state/json.ts';
import { documentComplaint } from './document-place.ts';
import type { FileError } from './file-error.ts';
import { complain, type DesiredFile, type FileNode, nodeAt, type Path } from './file-node.ts';
import { groupPaths, otherGroupPaths, rolePaths } from './file-paths.ts';
import { expandDocument, isPlaceholder, placeholdersIn, SAMPLE_VALUES } from './placeholders.ts';
import { policyContentDocuments } from './policy-content-rules.ts';
import { documentKeyOf, isShortTrust, shortKeyOf } from './trust-forms.ts';

interface StatedDocument {
  readonly path: Path;
  readonly node: FileNode;
  readonly kind: PolicyKind;
}

/** IAM has to accept every policy document in the file. */
export function documentRules(file: DesiredFile): readonly FileError[] {
  return statedDocuments(file).flatMap(({ path, node, kind }) => {
    const mixed = mixedForms(file, path, node, kind);
    if (mixed.length > 0) return mixed;
    const numbers = misreadNumbers(file, path, node);
    if (numbers.length > 0) return numbers;
    const source = policySource(node.value);
    // An unknown placeholder is an error of its own, and the document can't be checked without its value.
    if (source !== undefined && hasUnknownPlaceholder(source)) return [];
    const problem =
      source === undefined ? null : (parsePolicy(expandDocument(source, SAMPLE_VALUES), kind).problem ?? bareStar(source, kind));
    if (source === undefined || problem === null) return [];
    const place = documentComplaint(path, source, kind, problem);
    return [complain(file, place.path, place.complaint)];
  });
}

/**
 * The comparison reads a bare `*` in a trust policy as everybody. But IAM rejects such a policy, so a file may not ask for it:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
function bareStar(source: PolicySource, kind: PolicyKind): DocumentProblem | null {
  if (kind !== 'trust') return null;
  const document: unknown = typeof source === 'string' ? JSON.parse(source) : source;
  const statements = isMapping(document) ? document.Statement : undefined;
  const list = Array.isArray(statements) ? statements : [statements];
  const index = list.findIndex((statement) => isMapping(statement) && statement.Principal === '*');
  if (index < 0) return null;
  const place = Array.isArray(statements) ? `Statement[${index}]` : 'Statement';
  return { place: `${place}.Principal`, reason: 'a trust policy cannot name "*" alone; for everybody, use {"AWS": "*"}' };
}

function hasUnknownPlaceholder(source: PolicySource): boolean {
  return placeholdersIn(typeof source === 'string' ? source : JSON.stringify(source)).some((name) => !isPlaceholder(name));
}

function statedDocuments(file: DesiredFile): readonly StatedDocument[] {
  const roles = rolePaths(file);
  const owners = [['hub', 'user'], ...otherGroupPaths(file), ...groupPaths(file), ...roles];
  return [
    ...roles.flatMap((role) => trustDocument(file, role)),
    ...owners.flatMap((owner) => inlineDocuments(file, owner)),
    ...policyContentDocuments(file).map((stated) => ({ ...stated, kind: 'identity' as const })),
  ];
}

/** A trust that is half short form and half policy document. */
function mixedForms(file: DesiredFile, path: Path, { value }: FileNode, kind: PolicyKind): FileError[] {
  if (kind !== 'trust' || !isMapping(value)) return [];
  const [short, element] = [shortKeyOf(value), documentKeyOf(value)];
  if (short === undefined || element === undefined) return [];
  const message = `found both ${short} and ${element}`;
  return [complain(file, [...path, short], { message, expected: 'either principals and externalId, or a policy document', at: 'key' })];
}

/** `hub-account`, `hub-user` and the short form are not documents. */
function trustDocument(file: DesiredFile, role: Path): StatedDocument[] {
  const path = [...role, 'trust'];
  const node = nodeAt(file.root, path);
  if (node === undefined || (typeof node.value === 'string' && !node.value.trimStart().startsWith('{'))) return [];
  return isMapping(node.value) && isShortTrust(node.value) ? [] : [{ path, node, kind: 'trust' }];
}

function inlineDocuments(file: DesiredFile, owner: Path): StatedDocument[] {
  const path = [...owner, 'inlinePolicies'];
  return [...(nodeAt(file.root, path)?.entries ?? [])].map(([name, { node }]) => ({ path: [...path, name], node, kind: 'identity' }));
}

/** Finds numbers that YAML does not read as they are written, such as an account id with a leading zero. */
function misreadNumbers(file: DesiredFile, path: Path, node: FileNode): FileError[] {
  const inner = [
    ...[...(node.entries ?? [])].flatMap(([key, entry]) => misreadNumbers(file, [...path, key], entry.node)),
    ...(node.items ?? []).flatMap((item, index) => misreadNumbers(file, [...path, index], item)),
  ];
  if (typeof node.value !== 'number' || node.source === undefined) return inner;
  const isReadAsWritten = Number.isSafeInteger(node.value)
    ? !/^[-+]?0\d/.test(node.source)
    : Number.isFinite(node.value) && !Number.isInteger(node.value);
  if (isReadAsWritten) return inner;
  return [
    complain(file, path, {
      message: `found the number ${node.source}, which YAML reads as ${node.value}`,
      expected: 'text in quotes',
      suggestion: `"${node.source}"`,
    }),
  ];
}
