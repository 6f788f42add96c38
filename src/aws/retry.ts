import type { Clock } from '../time/clock.ts';
import { errorCode, httpStatus, networkCode } from './errors.ts';
import type { ThrottleWindow } from './throttle-window.ts';

export interface RetryLimits {
  /** Milliseconds for which one call may be throttled before it fails. */
  readonly throttledFor: number;
  /** Maximum number of attempts of one call when the server or the network fails. */
  readonly attempts: number;
}

export const defaultRetryLimits: RetryLimits = { throttledFor: 15 * 60_000, attempts: 4 };

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
 * Makes a call until it succeeds or fails for good. A throttled call waits, with all other calls of its window, until `throttledFor` is over. A failure of the
 * server or the network is retried up to `attempts`, with growing delays and full jitter. Any other error, such as a refusal, is thrown at once.
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
