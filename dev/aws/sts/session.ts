import type { Session } from '../accounts/cloud.ts';
import type { Role } from '../accounts/entities.ts';
import { accessKeyId, secret, timestamp } from '../accounts/ids.ts';
import { checkName } from '../accounts/names.ts';
import { sessionArn } from '../authorization/caller.ts';
import type { Call } from '../iam/call.ts';
import { validationError } from '../protocol/errors.ts';
import { element } from '../protocol/xml.ts';

const SHORTEST = 900;
const LONGEST = 43_200;
const DEFAULT = 3_600;
const LONGEST_CHAINED = 3_600;

/** A role ARN's account and name. Throws `ValidationError`. */
export function parseRoleArn(arn: string): { account: string; name: string } {
  const [, account = '', path = ''] = /^arn:[\w-]+:iam::(\d{12}):role\/(\S+)$/.exec(arn) ?? [];
  if (account === '') throw validationError(`${arn} is invalid`);
  return { account, name: path.slice(path.lastIndexOf('/') + 1) };
}

/** Throws `ValidationError`; for a role that assumes a role, also for more than one hour. */
export function checkDuration(call: Call, role: Role): number {
  const seconds = call.params.integer('DurationSeconds', SHORTEST, LONGEST) ?? DEFAULT;
  if (call.caller.session !== undefined && seconds > LONGEST_CHAINED) {
    throw validationError('The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.');
  }
  if (seconds > role.maxSessionDuration)
    throw validationError('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  return seconds;
}

/** Creates the session, and returns the parts of the result that both kinds of AssumeRole share. */
export function openSession(call: Call, account: string, role: Role, seconds: number, federatedProvider?: string): string {
  const session: Session = {
    accessKeyId: accessKeyId('ASIA'),
    token: secret(120),
    account,
    roleName: role.name,
    roleId: role.id,
    sessionName: checkName('roleSessionName', call.params.required('RoleSessionName')),
    createdAt: call.now,
    expiresAt: call.now + (call.sessionSeconds ?? seconds) * 1_000,
    policy: call.params.text('Policy'),
    federatedProvider,
  };
  call.cloud.sessions.set(session.accessKeyId, session);
  const credentials =
    element('AccessKeyId', session.accessKeyId) +
    element('SecretAccessKey', secret(30)) +
    element('SessionToken', session.token) +
    element('Expiration', timestamp(session.expiresAt));
  const user = element('AssumedRoleId', `${role.id}:${session.sessionName}`) + element('Arn', sessionArn(call.cloud, session));
  return `<Credentials>${credentials}</Credentials><AssumedRoleUser>${user}</AssumedRoleUser>`;
}
