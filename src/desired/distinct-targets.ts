import { targetKey } from '../state/targets.ts';
import { type Complaint, type DesiredFile, locationOf, nodeAt, type Path } from './file-node.ts';
import { targetAccount } from './file-paths.ts';
import type { Grantee } from './grants.ts';
import type { Complaints } from './scope.ts';

/**
 * Keeps the first target of each account and role. One that is there again is an error of its own, and what repeats with it, such as its grant's name, is not
 * reported as well. IAM ignores the case of names.
 */
export function distinctTargets(file: DesiredFile, grantees: readonly Grantee[], complaints: Complaints): readonly Grantee[] {
  const firsts = new Map<string, Grantee>();
  return grantees.filter((grantee) => {
    const key = targetKey(grantee.target);
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, grantee);
    else complaints.add(placeOf(file, grantee), repetition(file, grantee, first));
    return first === undefined;
  });
}

function repetition(file: DesiredFile, { target: { account, roleName } }: Grantee, first: Grantee): Complaint {
  const { line } = locationOf(file, placeOf(file, first), 'key');
  if (roleName !== first.target.roleName) {
    const message = `role ${roleName} in account ${account} differs from ${first.target.roleName} in line ${line} by letter case alone`;
    return { message, expected: 'each role once (IAM ignores the case)' };
  }
  const message = `role ${roleName} in account ${account} is here a second time, first in line ${line}`;
  return { message, expected: 'each account once, or each time with another roleName' };
}

/** The target's own role name, else its account. */
function placeOf(file: DesiredFile, { path }: Grantee): Path {
  const roleName = [...path, 'roleName'];
  return nodeAt(file.root, roleName) === undefined ? targetAccount(file, path).path : roleName;
}
