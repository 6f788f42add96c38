import { type DesiredFile, nodeAt, type Path, scalarText, textAt } from './file-node.ts';
import { expandText, type PlaceholderValues } from './placeholders.ts';

/** The name that Micetro's multi-account guide gives the role. */
export const DEFAULT_ROLE_NAME = 'Micetro';

/*
 * Where a file, valid or not, states groups, roles and accounts.
 */

/** The paths of a list's items. */
export function itemPaths(file: DesiredFile, list: Path): readonly Path[] {
  return (nodeAt(file.root, list)?.items ?? []).map((_, index) => [...list, index]);
}

/** The paths of the hub's groups, under `group` and `groups`. */
export function groupPaths(file: DesiredFile): readonly Path[] {
  const single: Path = ['hub', 'group'];
  const listed = itemPaths(file, ['hub', 'groups']);
  return nodeAt(file.root, single) === undefined ? listed : [single, ...listed];
}

/** The paths of the groups beside the hub's own, each a name or a mapping. */
export function otherGroupPaths(file: DesiredFile): readonly Path[] {
  return itemPaths(file, ['hub', 'user', 'otherGroups']);
}

export function targetPaths(file: DesiredFile): readonly Path[] {
  return itemPaths(file, ['targets']);
}

export function classPaths(file: DesiredFile): readonly Path[] {
  return [...(nodeAt(file.root, ['classes'])?.entries?.keys() ?? [])].map((name) => ['classes', name]);
}

/** The paths of the mappings that may have the keys of a role. */
export function rolePaths(file: DesiredFile): readonly Path[] {
  return [['defaults'], ...classPaths(file), ...targetPaths(file)];
}

/** Where a target's role has a key from: the target itself, else its class, else the defaults; `undefined` where none of them states it. */
export function keySource(file: DesiredFile, target: Path, key: string): Path | undefined {
  const name = textAt(file.root, [...target, 'class']);
  const layers: readonly Path[] = [target, ...(name === undefined ? [] : [['classes', name]]), ['defaults']];
  return layers.map((layer) => [...layer, key]).find((path) => nodeAt(file.root, path) !== undefined);
}

/** The values of the placeholders that do not depend on a target. */
export function hubValues(file: DesiredFile): PlaceholderValues {
  const account = textAt(file.root, ['hub', 'account']);
  const values = new Map([['partition', textAt(file.root, ['hub', 'partition']) ?? 'aws']]);
  return account === undefined ? values : values.set('hubAccount', account);
}

/** The account of a target, and where it stands: a target may be an account alone. */
export function targetAccount(file: DesiredFile, target: Path): { readonly path: Path; readonly account: string | undefined } {
  const path = nodeAt(file.root, target)?.entries === undefined ? target : [...target, 'account'];
  const node = nodeAt(file.root, path);
  const text = node && scalarText(node);
  return { path, account: text === undefined ? undefined : expandText(text, hubValues(file)) };
}

/** The name of a target's role, as far as a file that may be invalid says it. `undefined`: what stands there is not text, or its class is unknown. */
export function targetRoleName(file: DesiredFile, target: Path): string | undefined {
  const ofClass = nodeAt(file.root, [...target, 'class']);
  if (ofClass !== undefined && nodeAt(file.root, ['classes', String(ofClass.value)]) === undefined) return undefined;
  const path = keySource(file, target, 'roleName');
  const stated = path === undefined ? DEFAULT_ROLE_NAME : textAt(file.root, path);
  if (stated === undefined) return undefined;
  const values = new Map(hubValues(file));
  const { account } = targetAccount(file, target);
  if (account !== undefined) values.set('account', account);
  const name = textAt(file.root, [...target, 'name']);
  if (name !== undefined) values.set('targetName', expandText(name, values));
  return expandText(stated, values);
}
