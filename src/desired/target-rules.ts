import { duplicates } from './duplicates.ts';
import type { FileError } from './file-error.ts';
import type { DesiredFile } from './file-node.ts';
import { targetAccount, targetPaths, targetRoleName } from './file-paths.ts';

/** A target is one role of one account. IAM ignores the case of role names. */
export function targetRules(file: DesiredFile): readonly FileError[] {
  const roles = targetPaths(file).map((target) => {
    const { path, account = '' } = targetAccount(file, target);
    const roleName = targetRoleName(file, target);
    const isKnown = account !== '' && roleName !== undefined;
    return { path, account, roleName: roleName ?? '', name: isKnown ? `${account} ${roleName.toLowerCase()}` : undefined };
  });
  return duplicates(file, roles, (line, { account, roleName }) => ({
    message: `duplicate target: role ${roleName} in account ${account} is already in line ${line}`,
    expected: 'a different roleName for each role of an account (IAM ignores case)',
  }));
}
