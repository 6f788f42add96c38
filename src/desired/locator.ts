import type { Location, Locator } from '../state/desired.ts';
import { targetKey } from '../state/targets.ts';
import { childOf, type DesiredFile, locationOf, nodeAt, type Path } from './file-node.ts';
import { keySource } from './file-paths.ts';

/**
 * Finds the location that a finding is about: the key or the list item that states it, else the nearest place around it.
 * What a target has from its class or from the defaults is located there. What none of them states is located at the target, where it would go.
 *
 * @param groups paths of the hub groups, by name
 * @param targets paths of the targets, by their keys
 * @param policies paths of the contents of managed policies, by ARN
 */
export function createLocator(
  file: DesiredFile,
  groups: ReadonlyMap<string, Path>,
  targets: ReadonlyMap<string, Path>,
  policies: ReadonlyMap<string, Path>,
): Locator {
  const locate = (base: Path, key: string | undefined): Location =>
    locationOf(file, key === undefined ? base : followKey(file, base, key), 'key');
  return {
    hub: (key) => locate(['hub'], key),
    group: (name, key) => locate(groups.get(name) ?? ['hub'], key),
    target: (address, key) => {
      const path = targets.get(targetKey(address)) ?? ['targets'];
      return key === undefined ? locate(path, key) : locate(layerOf(file, path, key), key);
    },
    policy: (arn) => locate(policies.get(arn) ?? ['policies'], undefined),
    organization: (key) => locate(['organization'], key),
    tool: (tool, key) => locate([tool], key),
  };
}

/** The target, its class or the defaults: whichever states the key's first part. */
function layerOf(file: DesiredFile, target: Path, key: string): Path {
  return keySource(file, target, key.split('.', 1)[0] ?? key)?.slice(0, -1) ?? target;
}

/** Follows a dotted key as far as it is in the file. Names may contain dots, so at each step the longest key that exists is taken. */
function followKey(file: DesiredFile, base: Path, key: string): Path {
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
    const text = rest.join('.');
    const index = node?.items?.findIndex((item) => item.value === text) ?? -1;
    return index === -1 ? path : [...path, index];
  }
  return path;
}

function longestKey(rest: readonly string[], exists: (candidate: string) => boolean): number {
  for (let length = rest.length; length > 0; length--) if (exists(rest.slice(0, length).join('.'))) return length;
  return 0;
}
