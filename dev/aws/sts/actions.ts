import type { Actions, Call } from '../iam/call.ts';
import { element } from '../protocol/xml.ts';
import { assumeRole } from './assume-role.ts';
import { assumeRoleWithWebIdentity } from './web-identity.ts';

/** None of them is authorized as IAM's calls are: who may assume a role is for its trust policy to say, too. */
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
