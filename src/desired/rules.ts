import { pathAndName } from '../iam/names.ts';
import { QUOTAS } from '../iam/quotas.ts';
import { needsFinding } from '../state/pinned-rules.ts';
import { RULE_NAMES } from '../state/rules.ts';
import type { Tool } from '../state/state.ts';
import { nearest } from '../text/nearest.ts';
import { classRules } from './class-rules.ts';
import { documentRules } from './document-rules.ts';
import { duplicates } from './duplicates.ts';
import type { FileError } from './file-error.ts';
import { complain, type DesiredFile, locationOf, nodeAt, type Path, textAt } from './file-node.ts';
import { groupPaths, hubValues, itemPaths, otherGroupPaths, rolePaths, targetPaths } from './file-paths.ts';
import { organizationRules } from './organization-rules.ts';
import { placeholderRules } from './placeholder-rules.ts';
import { expandText } from './placeholders.ts';
import { policyContentRules } from './policy-content-rules.ts';

export interface RuleOptions {
  /** A starter file need not name the hub's groups yet. */
  readonly isStarter: boolean;
}

/**
 * Checks that look at more than one value, which the schema can't do. Each rule reads the file's nodes and ignores values that the schema rejects, so that
 * all rules can run on any file.
 */
export function brokenRules(file: DesiredFile, options: RuleOptions): readonly FileError[] {
  return [
    ...groupOrGroups(file, options),
    ...groupNames(file),
    ...otherGroupNames(file),
    ...targetGroups(file),
    ...accessKeyBounds(file),
    ...members(file),
    ...classRules(file),
    ...tagKeys(file),
    ...toolRoles(file),
    ...acceptedFindings(file),
    ...placeholderRules(file),
    ...documentRules(file),
    ...policyContentRules(file),
    ...organizationRules(file),
  ];
}

function groupOrGroups(file: DesiredFile, { isStarter }: RuleOptions): FileError[] {
  const hub = nodeAt(file.root, ['hub'])?.entries;
  if (hub === undefined) return [];
  const expected = 'group (a name or a mapping), or groups (a list of them)';
  if (hub.has('group') && hub.has('groups')) {
    return [complain(file, ['hub', 'groups'], { message: 'found both group and groups', expected, at: 'key' })];
  }
  // A misspelt key is an error of its own.
  const named = [...hub.keys()].some((key) =>
    nearest(key, ['group', 'groups', 'user', 'account', 'grants', 'partition'])?.startsWith('group'),
  );
  return named || isStarter ? [] : [complain(file, ['hub', 'group'], { message: 'missing', expected })];
}

/** The names of the hub's groups, with their places in the file; `undefined` for a name that is not text. */
function namedGroups(file: DesiredFile): { path: Path; name: string | undefined }[] {
  return groupPaths(file).map((group) => nameOfGroup(file, group));
}

/** A group is a name, or a mapping with a name. */
function nameOfGroup(file: DesiredFile, group: Path): { path: Path; name: string | undefined } {
  const path = textAt(file.root, group) === undefined ? [...group, 'name'] : group;
  const name = textAt(file.root, path);
  return { path, name: name === undefined ? undefined : pathAndName(expandText(name, hubValues(file))).name };
}

/** Of a group whose policies are stated there may be no second statement: as a hub group, or beside it. A bare name states nothing. */
function otherGroupNames(file: DesiredFile): FileError[] {
  const others = otherGroupPaths(file).map((path) => ({
    ...nameOfGroup(file, path),
    isStated: nodeAt(file.root, path)?.entries !== undefined,
  }));
  return others.flatMap(({ path, name, isStated }, index) => {
    const isSame = (other: { readonly name: string | undefined }) => name !== undefined && other.name?.toLowerCase() === name.toLowerCase();
    const own = namedGroups(file).find(isSame);
    if (own !== undefined && isStated) {
      const message = `this is a hub group, in line ${locationOf(file, own.path, 'key').line}`;
      return [complain(file, path, { message, expected: 'its policies there' })];
    }
    const first = others.slice(0, index).find(isSame);
    if (first === undefined || !(isStated || first.isStated)) return [];
    const message = `duplicate group, first in line ${locationOf(file, first.path, 'key').line}`;
    return [complain(file, path, { message, expected: 'each group once (IAM ignores the case)' })];
  });
}

function groupNames(file: DesiredFile): FileError[] {
  return duplicates(
    file,
    namedGroups(file).map(({ path, name }) => ({ path, name: name?.toLowerCase() })),
    (line) => ({ message: `duplicate group, first in line ${line}`, expected: 'each group once (IAM ignores the case)' }),
  );
}

function targetGroups(file: DesiredFile): FileError[] {
  const groups = namedGroups(file).map(({ name }) => name);
  if (groups.length === 0 || groups.includes(undefined)) return [];
  const names = [...new Set(groups.filter((name) => name !== undefined))];
  return targetPaths(file).flatMap((target) => {
    const path = [...target, 'group'];
    const raw = textAt(file.root, path);
    if (raw === undefined || names.includes(pathAndName(expandText(raw, hubValues(file))).name)) return [];
    return [complain(file, path, { expected: `a group of the hub: ${names.join(', ')}`, suggestion: nearest(raw, names) })];
  });
}

function accessKeyBounds(file: DesiredFile): FileError[] {
  const path: Path = ['hub', 'user', 'accessKeys'];
  const [min, max] = ['min', 'max'].map((key) => nodeAt(file.root, [...path, key])?.value);
  if (typeof min !== 'number' || min <= (typeof max === 'number' ? max : 2)) return [];
  return [complain(file, [...path, 'min'], { message: `min is ${min} and max is ${String(max)}`, expected: 'min no greater than max' })];
}

function members(file: DesiredFile): FileError[] {
  return groupPaths(file).flatMap((group) => {
    const path = [...group, 'members'];
    const items = nodeAt(file.root, path)?.items ?? [];
    return duplicates(
      file,
      items.map(({ value }, index) => ({
        path: [...path, index],
        name: typeof value === 'string' ? pathAndName(value).name.toLowerCase() : undefined,
      })),
      (line) => ({
        message: `duplicate member, first in line ${line}`,
        expected: 'each member once (IAM ignores the case)',
      }),
    );
  });
}

function tagKeys(file: DesiredFile): FileError[] {
  return rolePaths(file).flatMap((role) => {
    const path = [...role, 'tags'];
    const keys = [...(nodeAt(file.root, path)?.entries?.keys() ?? [])];
    const twice = duplicates(
      file,
      keys.map((key) => ({ path: [...path, key], name: key.toLowerCase() })),
      (line) => ({
        message: `duplicate tag key, first in line ${line}`,
        expected: 'each tag key once (IAM ignores the case)',
        at: 'key',
      }),
    );
    if (keys.length <= QUOTAS.tags) return twice;
    return [...twice, complain(file, path, { message: `found ${keys.length} tags`, expected: `at most ${QUOTAS.tags}`, at: 'key' })];
  });
}

/** One role has one trust policy, so it can't have two that the file asks for. */
function toolRoles(file: DesiredFile): FileError[] {
  const [auditor, fixer] = (['auditor', 'fixer'] as const).map((tool) => ({
    name: toolRoleName(file, tool),
    isStated: textAt(file.root, [tool, 'trustedBy']) !== undefined,
  }));
  if (auditor?.name === undefined || auditor.name !== fixer?.name || !auditor.isStated || !fixer.isStated) return [];
  const complaint = {
    message: 'also stated for the auditor, which is the same role',
    expected: 'trustedBy once for each role',
    at: 'key',
  } as const;
  return [complain(file, ['fixer', 'trustedBy'], complaint)];
}

/** IAM ignores the path: it has no two roles of one name. */
function toolRoleName(file: DesiredFile, tool: Tool): string | undefined {
  const stated = textAt(file.root, [tool, 'roleName']);
  return stated === undefined ? undefined : pathAndName(stated).name.toLowerCase();
}

/** What an exception accepts must not become something else under its name. */
function acceptedFindings(file: DesiredFile): FileError[] {
  return itemPaths(file, ['exceptions']).flatMap((exception) => {
    const rule = textAt(file.root, [...exception, 'rule']);
    const path = [...exception, 'finding'];
    if (rule === undefined || !isRule(rule) || !needsFinding(rule) || nodeAt(file.root, path) !== undefined) return [];
    const expected = `finding: "…" with the id from any report, because drift of ${rule} can change under the same resource`;
    return [complain(file, path, { message: 'missing', expected })];
  });
}

function isRule(rule: string): boolean {
  return RULE_NAMES.some((other) => other === rule);
}
