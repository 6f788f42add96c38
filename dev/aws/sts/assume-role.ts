import type { Role } from '../accounts/entities.ts';
import { checkName } from '../accounts/names.ts';
import { authorize, contextOf } from '../authorization/authorize.ts';
import type { Caller } from '../authorization/caller.ts';
import { evaluateTrust, type Naming } from '../authorization/evaluate.ts';
import type { Call } from '../iam/call.ts';
import { AwsError, accessDenied, validationError } from '../protocol/errors.ts';
import { checkDuration, openSession, parseRoleArn } from './session.ts';

const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;

/**
 * The role's trust policy must allow the caller, and the caller's own policies must allow the call, unless the trust policy names the caller itself and both
 * are in one account (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html).
 */
export function assumeRole(call: Call): string {
  if (call.caller.kind === 'anonymous') throw new AwsError('MissingAuthenticationToken', 403, 'Request is missing Authentication Token');
  const arn = call.params.required('RoleArn');
  const { account, name } = parseRoleArn(arn);
  checkName('roleSessionName', call.params.required('RoleSessionName'));
  checkExternalId(call.params.text('ExternalId'));
  if (call.cloud.organization?.isOpen(account) === false) throw refusal(call, 'sts:AssumeRole', arn);
  const role = call.cloud.account(account).tables.Role.seen(name, call.readAt);
  if (role === undefined || role.arn !== arn) throw refusal(call, 'sts:AssumeRole', arn);
  const actions = ['sts:AssumeRole', ...(call.params.tags().length > 0 ? ['sts:TagSession'] : [])];
  for (const action of actions) {
    if (!mayAssume(call, account, role, action)) throw refusal(call, action, arn);
  }
  return openSession(call, account, role, checkDuration(call, role));
}

function checkExternalId(externalId: string | undefined): void {
  if (externalId === undefined || EXTERNAL_ID.test(externalId)) return;
  throw validationError(
    "1 validation error detected: Value at 'externalId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@:\\/-]*",
  );
}

function refusal(call: Call, action: string, arn: string): Error {
  return accessDenied(`User: ${call.caller.arn} is not authorized to perform: ${action} on resource: ${arn}`);
}

function mayAssume(call: Call, account: string, role: Role, action: string): boolean {
  const { caller, cloud } = call;
  if (caller.kind === 'admin') return true;
  const own: [string, string][] = [['sts:rolesessionname', call.params.text('RoleSessionName') ?? '']];
  const externalId = call.params.text('ExternalId');
  if (externalId !== undefined) own.push(['sts:externalid', externalId]);
  const context = contextOf(cloud, caller, call.now, own);
  const trusted = evaluateTrust(role.trust.policy, { action, context }, namingOf(caller, cloud.iamArn(caller.account, 'root')));
  if (trusted !== 'direct' && trusted !== 'account') return false;
  const allowed = authorize(cloud, caller, { action, resource: role.arn, context }, call.readAt);
  if (allowed === 'deny') return false;
  return allowed === 'allow' || (trusted === 'direct' && account === caller.account);
}

/** Everybody (`*`) counts as the caller's account: the caller's own policies must allow the call as well. */
function namingOf(caller: Caller, root: string): Naming {
  return ({ type, value }) => {
    if (type !== 'AWS') return undefined;
    if (value === caller.id || value === caller.arn) return 'direct';
    return value === root || value === '*' ? 'account' : undefined;
  };
}
