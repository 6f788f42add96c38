import { accountOf } from '../iam/arn.ts';
import { adviseRead, blockedBy, type CallSite } from './advice.ts';
import { errorCode, isRefusal } from './errors.ts';

/** AWS's code for a root or organizational unit that the organization does not have. */
export const NO_SUCH_UNIT = 'ParentNotFoundException';

/** What to do when AWS Organizations does not answer. @param hasRole whether the input organization-role names who calls */
export function adviseOrganization(error: unknown, site: CallSite, hasRole: boolean): string {
  const code = errorCode(error);
  if (code === NO_SUCH_UNIT) return 'Correct its id under organization in the desired-state file, or remove it.';
  const elsewhere = 'a role in the management account or in a delegated administrator';
  if (code === 'AWSOrganizationsNotInUseException') {
    const role = hasRole ? 'Set the input organization-role to' : 'Set the input organization-role, to';
    return `Account ${accountOf(site.principal) ?? ''} is not in an organization. ${role} ${elsewhere}, or remove organization from the desired-state file.`;
  }
  if (!isRefusal(code)) return adviseRead(error, site);
  const orRole = hasRole ? '' : ` or set the input organization-role to ${elsewhere}`;
  return `Allow ${site.principal} to call ${site.call}. Only the management account and delegated administrators can read the organization: make account ${accountOf(site.principal) ?? ''} one,${orRole === '' ? ' if it is not' : orRole}. See docs/organization.md.${blockedBy(error)}`;
}

/** What to do when the role under the input organization-role can't be assumed. */
export function adviseOrganizationRole(error: unknown, role: string, principal: string): string {
  return `Allow ${principal} to call sts:AssumeRole on ${role}, and name it in the trust policy of that role (input organization-role).${blockedBy(error)}`;
}
