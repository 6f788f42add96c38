import type { Actions, Call } from '../iam/call.ts';
import { element } from '../protocol/xml.ts';
import { assumeRole } from './assume-role.ts';
import { assumeRoleWithWebIdentity } from './web-identity.ts';

/** They are not authorized like IAM's calls: who may assume a role depends on its trust policy as well. */
export const stsActions: Actions = {
  GetCallerIdentity: { run: getCallerIdentity },
  AssumeRole: { run: assumeRole },
  AssumeRoleWithWebIdentity: { run: assumeRoleWithWebIdentity },
};

/** Needs no permission. */
function getCallerIdentity({ caller }: Call): string {
  const userId = caller.session === undefined ? caller.id : `${caller.id}:${caller.session.sessionName}`;
  return element('Arn', caller.arn) + element('UserId', userId) + element('Account', caller.account);
}
