import { nearest } from '../text/nearest.ts';
import type { FileError } from './file-error.ts';
import { complain, type DesiredFile, type FileNode, type Path } from './file-node.ts';
import { PlaceholderTargets } from './placeholder-targets.ts';
import { isPlaceholder, PLACEHOLDERS, type Placeholder, placeholdersIn } from './placeholders.ts';

const OF_THE_HUB: readonly Placeholder[] = ['hubAccount', 'partition'];

/** The placeholders that have a value at a place in the file, and why the others have none. */
interface Allowance {
  readonly allowed: readonly Placeholder[];
  readonly why: string;
}

/** Each placeholder has to be a known one that has a value at its place. */
export function placeholderRules(file: DesiredFile): readonly FileError[] {
  const errors: FileError[] = [];
  const targets = new PlaceholderTargets(file);
  const misused = (path: Path, text: string, at: 'key' | 'value') =>
    text.includes('{') ? misusedPlaceholders(file, targets, path, text, at) : [];
  const visit = (node: FileNode, path: Path) => {
    if (!isFreeText(path)) return;
    if (typeof node.value === 'string') errors.push(...misused(path, node.value, 'value'));
    for (const [key, entry] of node.entries ?? []) {
      errors.push(...misused([...path, key], key, 'key'));
      visit(entry.node, [...path, key]);
    }
    for (const [index, item] of (node.items ?? []).entries()) visit(item, [...path, index]);
  };
  visit(file.root, []);
  return errors;
}

/** Accounts, partitions, classes, days and ids are not free text: other checks alone decide what they may hold. */
function isFreeText(path: Path): boolean {
  const [part, second, third] = path;
  if (path.length === 2 && part === 'hub') return !['account', 'partition'].includes(String(second));
  if (path.length !== 3) return true;
  if (part === 'targets') return !['account', 'class'].includes(String(third));
  return part !== 'exceptions' || !['account', 'expires', 'finding'].includes(String(third));
}

function misusedPlaceholders(
  file: DesiredFile,
  targets: PlaceholderTargets,
  path: Path,
  text: string,
  at: 'key' | 'value',
): readonly FileError[] {
  return [...new Set(placeholdersIn(text))].flatMap((name) => {
    const { allowed, why } = allowance(targets, path);
    const expected = `one of ${allowed.map((placeholder) => `{${placeholder}}`).join(', ')}`;
    if (!isPlaceholder(name)) {
      const meant = nearest(name, PLACEHOLDERS);
      return [complain(file, path, { message: `unknown placeholder {${name}}`, expected, suggestion: meant && `{${meant}}`, at })];
    }
    if (!allowed.includes(name)) return [complain(file, path, { message: `{${name}} has no value here: ${why}`, expected, at })];
    if (name !== 'targetName') return [];
    const nameless = targets.nameless(path);
    if (nameless.length === 0) return [];
    return [
      complain(file, path, {
        message: `{targetName} has no value for ${listed(nameless)}`,
        expected: 'a name for each target that this is used for',
        at,
      }),
    ];
  });
}

function allowance(targets: PlaceholderTargets, path: Path): Allowance {
  const [part, second, third] = path;
  const except = (...names: Placeholder[]) => PLACEHOLDERS.filter((name) => !names.includes(name));
  if (part === 'exceptions') return exceptionAllowance(targets, path);
  if (part === 'hub' && second === 'grants' && third === 'policyName') return { allowed: PLACEHOLDERS, why: '' };
  if (part === 'targets' && third === 'name')
    return { allowed: except('targetName', 'roleName'), why: 'the name cannot contain a placeholder for itself or for the role' };
  const isOfClassOrTarget = part === 'targets' || part === 'classes';
  if ((isOfClassOrTarget && third === 'roleName') || (part === 'defaults' && second === 'roleName')) {
    return { allowed: except('roleName'), why: 'a name cannot contain a placeholder for itself' };
  }
  if (part === 'policies') return { allowed: [...OF_THE_HUB, 'account'], why: 'a managed policy is the same for all roles of its account' };
  if (isOfClassOrTarget || part === 'defaults') return { allowed: PLACEHOLDERS, why: '' };
  if ((part === 'auditor' || part === 'fixer') && second === 'trustedBy') return { allowed: PLACEHOLDERS, why: '' };
  return { allowed: OF_THE_HUB, why: 'it differs between targets' };
}

function exceptionAllowance(targets: PlaceholderTargets, path: Path): Allowance {
  const account = targets.exceptionAccount(path);
  if (account === undefined) return { allowed: OF_THE_HUB, why: 'the exception has no account' };
  const about = targets.ofException(path);
  if (about.length === 1) return { allowed: PLACEHOLDERS, why: '' };
  const why = about.length === 0 ? 'no target matches the exception' : `account ${account} has several roles`;
  return { allowed: [...OF_THE_HUB, 'account'], why };
}

function listed(accounts: readonly string[]): string {
  const shown = accounts.slice(0, 3).join(', ');
  return accounts.length > 3 ? `${shown} and ${accounts.length - 3} more` : shown;
}
