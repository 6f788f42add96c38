import type { TrailIdentity } from './trail-event.ts';

/**
 * Who made a call: the ARN where the event has one, else `ACCOUNT (PRINCIPAL-ID)`, or the service. In the account of a role, a caller from another account
 * is its account and its id alone.
 */
export function actorOf({ type, arn, accountId, principalId, userName, invokedBy, identityProvider }: TrailIdentity): string {
  if (arn !== undefined) return arn;
  if (accountId !== undefined) return principalId === undefined ? accountId : `${accountId} (${principalId})`;
  if (type === 'AWSService' || principalId === undefined) return invokedBy ?? userName ?? identityProvider ?? 'unknown';
  return principalId;
}
