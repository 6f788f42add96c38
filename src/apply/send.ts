import { CallError } from '../aws/answers.ts';
import { errorCode, errorMessage, networkCode } from '../aws/errors.ts';
import { isThrottling, isTransient, type RetryLimits } from '../aws/retry.ts';
import type { Session } from '../aws/session.ts';
import type { PlannedCall } from '../plan/call.ts';
import type { Clock } from '../time/clock.ts';
import { type Cancellation, pauseAfter } from './cancellation.ts';
import type { Readiness } from './readiness.ts';
import { type Answered, sendOnce } from './writes.ts';

/** What became of one call. */
export type Sent =
  /** It took effect, as AWS said or as was read back. */
  | ({ readonly kind: 'made' } & Answered)
  /** It did not take effect. */
  | { readonly kind: 'failed'; readonly error: unknown }
  /** Its answer was lost, for all tries: it may have taken effect. */
  | { readonly kind: 'uncertain'; readonly error: unknown }
  /** Cancelled before it was sent, or while AWS refused it for the time being. */
  | { readonly kind: 'cancelled' }
  /** AWS refused it for the time being, and by the next try it must not be made any more. */
  | { readonly kind: 'withheld'; readonly why: Unready };

/** Why a call must not be made. */
export type Unready = Exclude<Readiness, { readonly kind: 'ready' }>;

export interface Sending {
  readonly session: Session;
  readonly clock: Clock;
  readonly limits: RetryLimits;
  readonly cancellation: Cancellation;
  /** Milliseconds since the epoch of the last thing that this run created anywhere; `undefined`: nothing. */
  readonly lastCreation: () => number | undefined;
  /** Whether the call may be repeated now. */
  readonly check: (call: PlannedCall) => Promise<Readiness>;
  /** Whether live is as the call should leave it, by reading it back. */
  readonly isInEffect: (call: PlannedCall) => Promise<boolean>;
}

/** Milliseconds for which what was just created may not be known everywhere, and for which another writer may hold an entity. */
const SETTLING = 60_000;

/**
 * Makes a call until it succeeds or fails for good. Beside what reads are tried again for, writes meet other writers and, for some seconds after a
 * creation, parts of IAM that do not know of it yet: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 *
 * A lost answer is the danger: the second try then meets what the first one did. Such an error is settled by reading back, so that no call that took
 * effect is reported as failed, nor the other way round.
 */
export async function send(call: PlannedCall, sending: Sending): Promise<Sent> {
  const { session, clock, limits, cancellation } = sending;
  const startedAt = clock.now();
  let lost: unknown;
  for (let failures = 0, tries = 0; ; tries += 1) {
    if (cancellation.isRequested) return stopped(lost);
    const settledBefore = tries === 0 ? undefined : await beforeRepeating(call, lost, sending);
    if (settledBefore !== undefined) return settledBefore;
    try {
      return { kind: 'made', ...(await sendOnce(session, call)) };
    } catch (error) {
      if (error instanceof CallError) return failed(call, error, lost, sending);
      if (isLost(error)) {
        lost = error;
        failures += 1;
        if (failures >= limits.attempts) return settled(call, error, sending);
      } else if (isTransient(error)) {
        failures += 1;
        if (failures >= limits.attempts) return failed(call, error, lost, sending);
      } else if ((lost !== undefined && isEcho(call, error)) || !passes(error, startedAt, sending))
        return failed(call, error, lost, sending);
    }
    if (!(await cancellation.pause(pauseAfter(tries, clock), clock))) return stopped(lost);
  }
}

/**
 * Others may have written while the call waited, so what it replaces is read again before each try. Where an answer was lost, what is found may be this
 * very call's work.
 *
 * @returns what became of the call where it is not to be sent again
 */
async function beforeRepeating(call: PlannedCall, lost: unknown, sending: Sending): Promise<Sent | undefined> {
  const { check, cancellation } = sending;
  const readiness = await cancellation.race(check(call));
  if (readiness === undefined) return stopped(lost);
  if (readiness.kind === 'ready') return undefined;
  return lost === undefined ? { kind: 'withheld', why: readiness } : settled(call, lost, sending);
}

function stopped(lost: unknown): Sent {
  return lost === undefined ? { kind: 'cancelled' } : { kind: 'uncertain', error: lost };
}

/** It did not take effect, unless an earlier try did whose answer was lost: a refusal of the second says nothing of the first. */
async function failed(call: PlannedCall, error: unknown, lost: unknown, sending: Sending): Promise<Sent> {
  return lost === undefined ? { kind: 'failed', error } : settled(call, error, sending);
}

/** A try may have taken effect whose answer was lost: whether it did is read back. */
async function settled(call: PlannedCall, error: unknown, sending: Sending): Promise<Sent> {
  return (await isInEffectSoon(call, sending)) ? { kind: 'made', requestId: null } : { kind: 'uncertain', error };
}

const READS_BACK = 6;

/** Reading back may be late, so it is tried for some ten seconds. */
async function isInEffectSoon(call: PlannedCall, { isInEffect, clock, cancellation }: Sending): Promise<boolean> {
  for (let n = 0; n < READS_BACK; n += 1) {
    if (await cancellation.race(isInEffect(call))) return true;
    if (!(await cancellation.pause(pauseAfter(n, clock), clock))) return false;
  }
  return false;
}

/** The request may have arrived: the server failed, or nothing came back. Not so where no connection was made. */
function isLost(error: unknown): boolean {
  if (/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/.test(networkCode(error) ?? '')) return false;
  return isTransient(error);
}

/** The errors that a second try gets when the first one took effect. */
function isEcho({ action }: PlannedCall, error: unknown): boolean {
  const code = errorCode(error);
  if (/^iam:Create/.test(action)) return code === 'EntityAlreadyExists';
  return /^iam:(Delete|Detach|Remove)/.test(action) && code === 'NoSuchEntity';
}

/** Whether the same call may succeed in a while. A quota (`LimitExceeded`) and a refusal never do. */
function passes(error: unknown, startedAt: number, { clock, limits, lastCreation }: Sending): boolean {
  const waited = clock.now() - startedAt;
  if (isThrottling(error)) return waited < limits.throttledFor;
  const code = errorCode(error);
  if (code === 'ConcurrentModification' || code === 'EntityTemporarilyUnmodifiable') return waited < SETTLING;
  // What was taken off it just now may still be seen on it: https://github.com/hashicorp/terraform/pull/14707
  if (code === 'DeleteConflict') return waited < SETTLING;
  const created = lastCreation();
  return created !== undefined && clock.now() - created < SETTLING && isUnknownYet(error);
}

function isUnknownYet(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'NoSuchEntity' || (code === 'MalformedPolicyDocument' && /invalid principal in policy/i.test(errorMessage(error)));
}
