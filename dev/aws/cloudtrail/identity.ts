import type { Cloud, Session } from '../accounts/cloud.ts';
import { timestamp } from '../accounts/ids.ts';
import type { Caller } from '../authorization/caller.ts';
import type { JsonFields } from '../protocol/json.ts';
import type { Params } from '../protocol/query.ts';
import { readToken } from '../sts/token.ts';
import type { UserIdentity } from './event.ts';

/** A call, and who makes it. */
interface Calling {
  readonly caller: Caller;
  readonly params: Params;
}

/** Whom CloudTrail names for a call. `accessKeyId` has signed it; a call without a signature comes with the token of a web identity. */
export function identityOf(cloud: Cloud, { caller, params }: Calling, accessKeyId: string): UserIdentity {
  const { account: accountId, arn, id, session, userName } = caller;
  if (session !== undefined) {
    const principalId = `${id}:${session.sessionName}`;
    return { type: 'AssumedRole', principalId, arn, accountId, accessKeyId, sessionContext: sessionContext(cloud, session) };
  }
  if (userName !== undefined) return { type: 'IAMUser', principalId: id, arn, accountId, accessKeyId, userName };
  return webIdentity(cloud, params);
}

function sessionContext(cloud: Cloud, session: Session): JsonFields {
  const { account, roleId, roleName, federatedProvider } = session;
  const arn = cloud.principals.arnOf(roleId, Number.POSITIVE_INFINITY) ?? cloud.iamArn(account, `role/${roleName}`);
  return {
    sessionIssuer: { type: 'Role', principalId: roleId, arn, accountId: account, userName: roleName },
    ...(federatedProvider === undefined ? {} : { webIdFederationData: { federatedProvider, attributes: {} } }),
    attributes: { creationDate: timestamp(session.createdAt), mfaAuthenticated: 'false' },
  };
}

function webIdentity(cloud: Cloud, params: Params): UserIdentity {
  const [, account = ''] = /^arn:[^:]*:iam::(\d{12}):/.exec(params.text('RoleArn') ?? '') ?? [];
  try {
    const { issuer, audience, subject } = readToken(params.text('WebIdentityToken') ?? '');
    const identityProvider = cloud.iamArn(account, `oidc-provider/${issuer}`);
    return { type: 'WebIdentityUser', principalId: `${identityProvider}:${audience}:${subject}`, userName: subject, identityProvider };
  } catch {
    return { type: 'WebIdentityUser' };
  }
}

/** As an account sees a caller from another one: the account and the principal's id, and nothing else. */
export function fromOutside({ accountId = '', principalId = '' }: UserIdentity): UserIdentity {
  return { type: 'AWSAccount', principalId, accountId };
}

/** How LookupEvents names the actor; accounts and services have no name. */
export function usernameOf({ type, userName, arn, principalId }: UserIdentity): string | undefined {
  switch (type) {
    case 'Root':
      return 'root';
    case 'IAMUser':
    case 'WebIdentityUser':
      return userName;
    case 'AssumedRole':
      return arn?.slice(arn.lastIndexOf('/') + 1);
    case 'FederatedUser':
      return principalId?.slice(principalId.indexOf(':') + 1);
    case 'AWSAccount':
    case 'AWSService':
      return undefined;
  }
}
