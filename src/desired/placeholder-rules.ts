import { nearest } from '../text/nearest.ts';
import type { FileError } from './file-error.ts';
import { complain, type DesiredFile, dotted, type FileNode, nodeAt, type Path, textAt } from './file-node.ts';
import { hubValues, statedAt, targetAccount, targetPaths } from './file-paths.ts';
import { expandText, isPlaceholder, PLACEHOLDERS, type Placeholder, placeholdersIn } from './placeholders.ts';

const OF_THE_HUB: readonly Placeholder[] = ['hubAccount', 'partition'];

/** The placeholders that have a value at a place in the file, and why the others have none. */
interface Allowance {
  readonly allowed: readonly Placeholder[];
  readonly why: string;
}

/** Each placeholder has to be a known one that has a value at its place. */
export function placeholderRules(file: DesiredFile): readonly FileError[] {
  const errors: FileError[] = [];
  const visit = (node: FileNode, path: Path) => {
    if (!isFreeText(path)) return;
    if (typeof node.value === 'string') errors.push(...misused(file, path, node.value, 'value'));
    for (const [key, entry] of node.entries ?? []) {
      errors.push(...misused(file, [...path, key], key, 'key'));
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

function misused(file: DesiredFile, path: Path, text: string, at: 'key' | 'value'): FileError[] {
  if (!text.includes('{')) return [];
  return [...new Set(placeholdersIn(text))].flatMap((name) => {
    const { allowed, why } = allowance(file, path);
    const expected = `one of ${allowed.map((placeholder) => `{${placeholder}}`).join(', ')}`;
    if (!isPlaceholder(name)) {
      const meant = nearest(name, PLACEHOLDERS);
      return [complain(file, path, { message: `unknown placeholder {${name}}`, expected, suggestion: meant && `{${meant}}`, at })];
    }
    if (!allowed.includes(name)) return [complain(file, path, { message: `{${name}} has no value here: ${why}`, expected, at })];
    if (name !== 'targetName') return [];
    const nameless = namelessTargets(file, path);
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

function allowance(file: DesiredFile, path: Path): Allowance {
  const [part, second, third] = path;
  const except = (...names: Placeholder[]) => PLACEHOLDERS.filter((name) => !names.includes(name));
  if (part === 'exceptions') return exceptionAllowance(file, path);
  if (part === 'hub' && second === 'grants' && third === 'policyName') return { allowed: PLACEHOLDERS, why: '' };
  if (part === 'targets' && third === 'name')
    return { allowed: except('targetName', 'roleName'), why: 'the name cannot be made of itself or of the role' };
  const isOfClassOrTarget = part === 'targets' || part === 'classes';
  if ((isOfClassOrTarget && third === 'roleName') || (part === 'defaults' && second === 'roleName')) {
    return { allowed: except('roleName'), why: 'a name cannot be made of itself' };
  }
  if (part === 'policies') return { allowed: [...OF_THE_HUB, 'account'], why: 'a managed policy is the same for all roles of its account' };
  if (isOfClassOrTarget || part === 'defaults') return { allowed: PLACEHOLDERS, why: '' };
  if ((part === 'auditor' || part === 'fixer') && second === 'trustedBy') return { allowed: PLACEHOLDERS, why: '' };
  return { allowed: OF_THE_HUB, why: 'it differs by target' };
}

function exceptionAllowance(file: DesiredFile, path: Path): Allowance {
  const account = exceptionAccount(file, path);
  if (account === undefined) return { allowed: OF_THE_HUB, why: 'the exception names no account' };
  const isTarget = targetPaths(file).some((target) => targetAccount(file, target).account === account);
  return isTarget ? { allowed: PLACEHOLDERS, why: '' } : { allowed: [...OF_THE_HUB, 'account'], why: `account ${account} is no target` };
}

/** The accounts of targets that have no name, though a text with `{targetName}` is used for them. */
function namelessTargets(file: DesiredFile, path: Path): readonly string[] {
  const [part, second, third] = path;
  if (part === 'targets' && typeof second === 'number') return withoutName(file, [[part, second]]);
  const users = targetPaths(file).filter((target) => {
    if (part === 'defaults') return isFrom(file, target, ['defaults', second ?? '']);
    if (part === 'classes') return isFrom(file, target, ['classes', second ?? '', third ?? '']);
    if (part === 'exceptions') return targetAccount(file, target).account === exceptionAccount(file, path);
    return true;
  });
  return withoutName(file, users);
}

/** Whether a target's role has the key at the end of a path from there. */
function isFrom(file: DesiredFile, target: Path, path: Path): boolean {
  const stated = statedAt(file, target, String(path.at(-1)));
  return stated !== undefined && dotted(stated) === dotted(path);
}

function withoutName(file: DesiredFile, targets: readonly Path[]): readonly string[] {
  const nameless = targets.filter((target) => nodeAt(file.root, [...target, 'name']) === undefined);
  return nameless.map((target) => targetAccount(file, target).account ?? dotted(target));
}

function exceptionAccount(file: DesiredFile, path: Path): string | undefined {
  const account = textAt(file.root, [...path.slice(0, 2), 'account']);
  return account === undefined ? undefined : expandText(account, hubValues(file));
}

function listed(accounts: readonly string[]): string {
  const shown = accounts.slice(0, 3).join(', ');
  return accounts.length > 3 ? `${shown} and ${accounts.length - 3} more` : shown;
}
