import type { Clock } from '../time/clock.ts';
import { errorCode, httpStatus, networkCode } from './errors.ts';
import type { ThrottleWindow } from './throttle-window.ts';

export interface RetryLimits {
  /** How long one call may be throttled before it fails, in milliseconds. */
  readonly throttledFor: number;
  /** How often one call is tried when the server or the network fails. */
  readonly attempts: number;
}

export const defaultRetryLimits: RetryLimits = { throttledFor: 15 * 60_000, attempts: 4 };

const FIRST_DELAY = 200;
const LONGEST_DELAY = 5_000;

/** `LimitExceeded` is not here: in IAM it is a quota, and no waiting helps. */
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

const TRANSIENT: ReadonlySet<string> = new Set([
  'RequestTimeout',
  'RequestTimeoutException',
  'TimeoutError',
  'UnexpectedAnswer',
  'IDPCommunicationError',
]);

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
 * Tries a call until it succeeds, or fails for good: throttling is waited out (with all other calls of the same window),
 * server and network failures are tried again a few times with growing, jittered delays, and everything else (refusals first
 * of all) is final at once.
 */
export async function withRetries<T>(attempt: () => Promise<T>, window: ThrottleWindow, clock: Clock, limits: RetryLimits): Promise<T> {
  const startedAt = clock.now();
  let failures = 0;
  for (;;) {
    const ticket = await window.enter();
    try {
      const answer = await attempt();
      window.leave(ticket, false);
      return answer;
    } catch (error) {
      const throttled = isThrottling(error);
      window.leave(ticket, throttled);
      if (throttled) {
        if (clock.now() - startedAt >= limits.throttledFor) throw error;
        continue;
      }
      failures += 1;
      if (!isTransient(error) || failures >= limits.attempts) throw error;
      await clock.sleep(clock.random() * Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** failures));
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
