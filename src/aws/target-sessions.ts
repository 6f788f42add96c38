import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { accountOf } from '../iam/arn.ts';
import type { AwsAccess } from './access.ts';
import { calling, checkAnsweredBy } from './answers.ts';
import { issuedBy, RenewedCredentials } from './credentials.ts';
import { createSession, type Session, type Transport } from './session.ts';

/** Seconds. Reading one target takes seconds, and AWS issues no session that is shorter. */
const DURATION = 900;

/** A target is read a few calls at a time, unless it has many inline policies. */
const MAX_IN_FLIGHT = 8;

/** Sessions of roles that the hub's identity assumes: one for each role and external id, made when it is first asked for. */
export function targetSessions(hub: Session, sessionName: string, transport: Transport): AwsAccess['assume'] {
  const sessions = new Map<string, Session>();
  return (roleArn, externalId) => {
    // The role under the input organization-role may be the auditor's in a target, and is assumed without the auditor's external id.
    const key = JSON.stringify([roleArn, externalId ?? null]);
    const known = sessions.get(key);
    if (known !== undefined) return known;
    const account = accountOf(roleArn) ?? '';
    const request = { RoleArn: roleArn, RoleSessionName: sessionName, DurationSeconds: DURATION, ExternalId: externalId };
    const credentials = new RenewedCredentials(
      () =>
        calling('sts:AssumeRole', roleArn, async () => {
          const answer = await hub.sts(new AssumeRoleCommand(request));
          checkAnsweredBy(account, answer.AssumedRoleUser?.Arn);
          return issuedBy(answer);
        }),
      transport.clock,
    );
    const session = createSession({ ...transport, account, principal: roleArn, credentials, maxInFlight: MAX_IN_FLIGHT });
    sessions.set(key, session);
    return session;
  };
}
