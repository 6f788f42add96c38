import type { Cloud, Session } from '../accounts/cloud.ts';
import { AwsError } from '../protocol/errors.ts';

/** Who calls. */
export interface Caller {
  /** `admin`: a seeding or checking client that names an account and is not authorized at all. `anonymous`: no signature, as for web identities. */
  readonly kind: 'admin' | 'anonymous' | 'user' | 'session';
  /** The ARN that GetCallerIdentity shows. */
  readonly arn: string;
  readonly account: string;
  /** Unique id of the user or of the session's role; empty for the other two. */
  readonly id: string;
  readonly userName?: string;
  readonly session?: Session;
}

export function adminOf(cloud: Cloud, account: string): Caller {
  return { kind: 'admin', arn: cloud.iamArn(account, 'root'), account, id: '' };
}

export const ANONYMOUS: Caller = { kind: 'anonymous', arn: '', account: '', id: '' };

const invalidToken = () => new AwsError('InvalidClientTokenId', 403, 'The security token included in the request is invalid.');

/** The caller whose access key signed. Throws `InvalidClientTokenId`, or `ExpiredToken` for an expired session. */
export function callerOf(cloud: Cloud, accessKeyId: string, token: string | undefined, now: number): Caller {
  const session = cloud.sessions.get(accessKeyId);
  if (session !== undefined) return sessionCaller(cloud, session, token, now);
  const owner = cloud.keyOwners.get(accessKeyId);
  const user = owner === undefined ? undefined : cloud.account(owner.account).tables.User.newest(owner.userName);
  const key = user?.keys.find(({ id }) => id === accessKeyId);
  if (owner === undefined || user === undefined || key?.active !== true || token !== undefined) throw invalidToken();
  return { kind: 'user', arn: user.arn, account: owner.account, id: user.id, userName: user.name };
}

function sessionCaller(cloud: Cloud, session: Session, token: string | undefined, now: number): Caller {
  if (token !== session.token) throw invalidToken();
  if (now >= session.expiresAt) throw new AwsError('ExpiredToken', 403, 'The security token included in the request is expired');
  return { kind: 'session', arn: sessionArn(cloud, session), account: session.account, id: session.roleId, session };
}

export function sessionArn(cloud: Cloud, session: Session): string {
  return `arn:${cloud.partition}:sts::${session.account}:assumed-role/${session.roleName}/${session.sessionName}`;
}
