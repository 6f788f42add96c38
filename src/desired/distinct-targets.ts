import { targetKey } from '../state/targets.ts';
import { type Complaint, type DesiredFile, locationOf, nodeAt, type Path } from './file-node.ts';
import { hasUnknownClass, targetAccount } from './file-paths.ts';
import type { Grantee } from './grants.ts';
import type { Complaints } from './scope.ts';

/**
 * Keeps the first target of each account and role. One that is there again is an error of its own, and what repeats with it, such as its grant's name, is not
 * reported as well. Nor is one whose class is unknown, which is another error. IAM ignores the case of names.
 */
export function distinctTargets(file: DesiredFile, grantees: readonly Grantee[], complaints: Complaints): readonly Grantee[] {
  const firsts = new Map<string, Grantee>();
  return grantees.filter((grantee) => {
    const key = targetKey(grantee.target);
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, grantee);
    else if (!hasUnknownClass(file, grantee.path) && !hasUnknownClass(file, first.path))
      complaints.add(placeOf(file, grantee), repetition(file, grantee, first));
    return first === undefined;
  });
}

function repetition(file: DesiredFile, { target: { account, roleName } }: Grantee, first: Grantee): Complaint {
  const { line } = locationOf(file, placeOf(file, first), 'key');
  const expected = 'a different roleName for each role of an account (IAM ignores case)';
  if (roleName === first.target.roleName)
    return { message: `duplicate target: role ${roleName} in account ${account} is already in line ${line}`, expected };
  return { message: `role ${roleName} in account ${account} differs from ${first.target.roleName} in line ${line} only in case`, expected };
}

/** The target's own role name, else its account. */
function placeOf(file: DesiredFile, { path }: Grantee): Path {
  const roleName = [...path, 'roleName'];
  return nodeAt(file.root, roleName) === undefined ? targetAccount(file, path).path : roleName;
}
