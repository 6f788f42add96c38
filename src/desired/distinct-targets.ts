import { sameName } from '../iam/names.ts';
import { targetKey } from '../state/targets.ts';
import { type Complaint, type DesiredFile, locationOf, nodeAt, type Path } from './file-node.ts';
import { targetAccount, targetRoleName } from './file-paths.ts';
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
    else if ([grantee, first].every((one) => isNamedSo(file, one)))
      complaints.add(placeOf(file, grantee), repetition(file, grantee, first));
    return first === undefined;
  });
}

/** Whether the role is called so by the file: an invalid class, or one that is unknown, is missing from what was expanded. */
function isNamedSo(file: DesiredFile, { path, target }: Grantee): boolean {
  const name = targetRoleName(file, path);
  return name !== undefined && sameName(name, target.roleName);
}

function repetition(file: DesiredFile, { target: { account, roleName } }: Grantee, first: Grantee): Complaint {
  const { line } = locationOf(file, placeOf(file, first), 'key');
  if (roleName !== first.target.roleName) {
    const message = `duplicate target: role ${roleName} in account ${account} differs only in case from ${first.target.roleName} in line ${line}`;
    return { message, expected: 'each role once (IAM ignores case)' };
  }
  const message = `duplicate target: role ${roleName} in account ${account} is already in line ${line}`;
  return { message, expected: 'a different roleName for each role of an account' };
}

/** The target's own role name, else its account. */
function placeOf(file: DesiredFile, { path }: Grantee): Path {
  const roleName = [...path, 'roleName'];
  return nodeAt(file.root, roleName) === undefined ? targetAccount(file, path).path : roleName;
}
