import type { Clock } from '../time/clock.ts';
import type { Deadline } from '../time/deadline.ts';
import { errorCode, httpStatus, networkCode } from './errors.ts';
import { type PendingCall, waitOf } from './pending-calls.ts';
import { deadlineOver, ReadingEnded } from './reading-ended.ts';

export interface RetryLimits {
  /** Milliseconds for which a call may be throttled before it fails, where no deadline ends it: what a repair writes, and reads to write it. */
  readonly throttledFor: number;
  /** Maximum number of attempts of one call when the server or the network fails. */
  readonly attempts: number;
}

export const defaultRetryLimits: RetryLimits = { throttledFor: 5 * 60_000, attempts: 4 };

export interface RetryOptions {
  readonly clock: Clock;
  readonly retries: RetryLimits;
  readonly deadline: Deadline;
}

/** Milliseconds. */
const FIRST_DELAY = 200;
const LONGEST_DELAY = 5_000;

/** Without `LimitExceeded`: in IAM that is a quota, and waiting does not help. */
const THROTTLING: ReadonlySet<string> = new Set([
  'BandwidthLimitExceeded',
  'PriorRequestNotComplete',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
]);

const TRANSIENT: ReadonlySet<string> = new Set(['RequestTimeout', 'RequestTimeoutException', 'TimeoutError', 'UnexpectedAnswer']);

const TRANSIENT_NETWORK: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'EPROTO',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/**
 * Makes a call until it succeeds or fails for good. A throttled call waits, with all other calls of its window, until the deadline, or once that is lifted until
 * `throttledFor` is over. A failure of the server or the network is retried up to `attempts`, with growing delays and full jitter. Any other error, such as a
 * refusal, is thrown at once.
 *
 * @throws {ReadingEnded} as soon as reading has to end, whatever the call waits for
 */
export async function withRetries<T>(attempt: () => Promise<T>, call: PendingCall, options: RetryOptions): Promise<T> {
  try {
    return await untilDone(attempt, call, options);
  } catch (error) {
    const over = deadlineOver(error);
    throw over === undefined ? error : new ReadingEnded(over.ending, waitOf(call, options.clock.now()));
  }
}

async function untilDone<T>(attempt: () => Promise<T>, call: PendingCall, { clock, retries, deadline }: RetryOptions): Promise<T> {
  const { signal } = deadline;
  const { window } = call;
  let failures = 0;
  for (;;) {
    const ticket = await window.enter(signal);
    try {
      const answer = await attempt();
      window.leave(ticket, false);
      return answer;
    } catch (error) {
      const throttled = isThrottling(error);
      window.leave(ticket, throttled);
      if (throttled) {
        call.throttledSince ??= clock.now();
        if (deadline.isLifted && clock.now() - call.since >= retries.throttledFor) throw error;
        continue;
      }
      call.throttledSince = undefined;
      failures += 1;
      if (!isTransient(error) || failures >= retries.attempts) throw error;
      await clock.sleep(clock.random() * Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** failures), signal);
    }
  }
}

export function isThrottling(error: unknown): boolean {
  return httpStatus(error) === 429 || THROTTLING.has(errorCode(error));
}

export function isTransient(error: unknown): boolean {
  const network = networkCode(error);
  if (network !== undefined && TRANSIENT_NETWORK.has(network)) return true;
  return (httpStatus(error) ?? 0) >= 500 || TRANSIENT.has(errorCode(error)) || errorCode(error).startsWith('ERR_SSL_');
}
