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
      return 'A quota of the account is used up: have AWS raise it, or make room. Nothing was changed by this call.';
    case 'MalformedPolicyDocument':
      return /invalid principal/i.test(errorMessage(error))
        ? 'The policy names a user or role that does not exist (any more): IAM does not take it. Correct the document, or make the principal first.'
        : 'IAM does not take this document: correct it in the desired-state file, or, if a rollback was to bring it back, leave it out or write it anew by hand.';
    case 'NoSuchEntity':
      // Which policies there are to attach is not read: this one may never have been there.
      return /not attachable/i.test(errorMessage(error))
        ? 'A policy has to exist before it can be attached: correct its name in the desired-state file, or make it first.'
        : 'What the call is about is gone: it was deleted since it was read. Run again to plan anew.';
    case 'EntityAlreadyExists':
      return 'Somebody else made it since it was read. Run again to plan anew.';
    case 'DeleteConflict':
      return 'Something else is attached to it, such as an instance profile: it is left as it is.';
    case 'UnmodifiableEntity':
      return 'Only the service that owns it may change it.';
    case 'PolicyNotAttachable':
      return 'AWS lets this policy be attached to roles of its own services only: take it out of the desired-state file.';
    case 'ConcurrentModification':
    case 'EntityTemporarilyUnmodifiable':
      return 'Others kept changing it for a minute: run again.';
    default:
      return undefined;
  }
}

function stop(message: string): string {
  return /[.!?…]$/.test(message) ? message : `${message}.`;
}
