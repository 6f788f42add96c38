import type { AwsAccess } from '../aws/access.ts';
import { adviseAssume, adviseRead } from '../aws/advice.ts';
import { CallError } from '../aws/answers.ts';
import { errorCode, errorMessage } from '../aws/errors.ts';
import type { Session } from '../aws/session.ts';
import { adviseHubAccess } from '../aws/sign-in-advice.ts';
import type { PlannedCall } from '../plan/call.ts';
import { arnOfResource } from '../state/entity.ts';

export interface FailedCall {
  readonly call: PlannedCall;
  /** That made the call. */
  readonly session: Session;
  /** The fixer's way in. */
  readonly fixer: AwsAccess;
  readonly externalId: string | undefined;
}

/** What AWS said to a call that changes something, and what to do about it: sentences for a person, on one line. */
export function describeFailure(error: unknown, { call, session, fixer, externalId }: FailedCall): string {
  if (error instanceof CallError) {
    const { cause, resource: role } = error;
    const site = { call: error.call, resource: role, principal: fixer.hub.principal, externalId, of: 'fixer' } as const;
    const advice = role === session.principal ? adviseAssume(cause, site) : adviseHubAccess(cause, error.call, { role });
    return `${errorCode(cause)} at ${error.call}: ${stop(errorMessage(cause))} ${advice}`;
  }
  const resource = resourceOf(call, fixer.partition);
  const advice = adviceOf(error) ?? adviseRead(error, { call: call.action, resource, principal: session.principal });
  return `${errorCode(error)} at ${call.action}: ${stop(errorMessage(error))} ${advice}`;
}

function resourceOf({ change }: PlannedCall, partition: string): string {
  return arnOfResource(partition, change.property.of);
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html and those of the single actions. */
function adviceOf(error: unknown): string | undefined {
  switch (errorCode(error)) {
    case 'LimitExceeded':
      return 'A quota of the account is used up. Request an increase from AWS, or delete what is no longer needed. This call changed nothing.';
    case 'MalformedPolicyDocument':
      return /invalid principal/i.test(errorMessage(error))
        ? 'The policy names a user or role that does not exist, so IAM rejects it. Correct the document, or create the user or role first.'
        : 'IAM rejects this document. Correct it in the desired-state file. If a rollback was to restore it, write the policy by hand or do without it.';
    case 'NoSuchEntity':
      // Which policies there are to attach is not read: this one may never have been there.
      return /not attachable/i.test(errorMessage(error))
        ? 'A policy must exist before it can be attached. Correct its name in the desired-state file, or create it first.'
        : 'The resource was deleted after it was read. Run again to make a new plan.';
    case 'EntityAlreadyExists':
      return 'Somebody else created it after it was read. Run again to make a new plan.';
    case 'DeleteConflict':
      return 'Something else is attached to it, such as an instance profile. It was not deleted.';
    case 'UnmodifiableEntity':
      return 'Only the service that owns it can change it.';
    case 'PolicyNotAttachable':
      return 'AWS allows this policy to be attached only to roles of its own services. Remove it from the desired-state file.';
    case 'ConcurrentModification':
    case 'EntityTemporarilyUnmodifiable':
      return 'Somebody else kept changing it for a minute. Run again.';
    default:
      return undefined;
  }
}

function stop(message: string): string {
  return /[.!?…]$/.test(message) ? message : `${message}.`;
}
