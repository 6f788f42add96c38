import type { Location, Locator } from '../state/desired.ts';
import { childOf, type DesiredFile, nodeAt, type Path, placeOf } from './file-node.ts';

/**
 * Finds the place that a finding is about: at the key, or the list item, that says it; else at the nearest place around it.
 * What a target takes from the defaults is found at the target: that is where a value of its own would go.
 *
 * @param groups Where each hub group is, by its name.
 * @param targets Where each target is, by its account.
 */
export function createLocator(file: DesiredFile, groups: ReadonlyMap<string, Path>, targets: ReadonlyMap<string, Path>): Locator {
  const locate = (base: Path, key: string | undefined): Location =>
    placeOf(file, key === undefined ? base : resolve(file, base, key), 'key');
  return {
    hub: (key) => locate(['hub'], key),
    group: (name, key) => locate(groups.get(name) ?? ['hub'], key),
    target: (account, key) => locate(targets.get(account) ?? ['targets'], key),
  };
}

/** Follows a dotted key as far as the file does. Names may hold dots themselves: the longest key that matches is taken. */
function resolve(file: DesiredFile, base: Path, key: string): Path {
  const path = [...base];
  let rest = key.split('.');
  while (rest.length > 0) {
    const node = nodeAt(file.root, path);
    const length = longestKey(rest, (candidate) => node !== undefined && childOf(node, candidate) !== undefined);
    if (length > 0) {
      path.push(rest.slice(0, length).join('.'));
      rest = rest.slice(length);
      continue;
    }
    const wanted = rest.join('.');
    const index = node?.items?.findIndex((item) => item.value === wanted) ?? -1;
    return index === -1 ? path : [...path, index];
  }
  return path;
}

function longestKey(rest: readonly string[], exists: (candidate: string) => boolean): number {
  for (let length = rest.length; length > 0; length--) if (exists(rest.slice(0, length).join('.'))) return length;
  return 0;
}
