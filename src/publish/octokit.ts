import { getOctokit } from '@actions/github';
import { throttling } from '@octokit/plugin-throttling';
import type { AlarmClock } from '../time/clock.ts';
import { endWhenCancelled } from './cancelled-calls.ts';
import { paceWrites, retryFailures, waitOutLimits } from './github-pacing.ts';

export type Octokit = ReturnType<typeof getOctokit>;

export interface ConnectOptions {
  readonly token: string;
  /** `GITHUB_API_URL`. `@actions/github` reads the variable once, when it is imported, so it is passed here. */
  readonly baseUrl: string;
  readonly clock: AlarmClock;
  /** Aborted when the run is cancelled: calls then have some seconds left. */
  readonly cancelled?: AbortSignal;
  /** Seconds that GitHub's rate limits may hold up the run in all; a call that would take more fails. Default 120. */
  readonly patience?: number;
  /** Milliseconds of real time after which an attempt without an answer is given up. Default 20,000. */
  readonly timeout?: number;
}

/**
 * A client that retries errors of the server and the network, and waits where GitHub asks for it. Calls that create something should pass
 * `request: ONCE`: when an answer is lost, the call may have done its work.
 */
export function connect({ token, baseUrl, clock, cancelled, patience = 120, timeout = 20_000 }: ConnectOptions): Octokit {
  const silent = () => undefined;
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  // Each plugin wraps those before it: one attempt, its retries, its turn, the wait for a rate limit around all of that, and the end of a cancelled run around everything.
  return getOctokit(
    token,
    { baseUrl, log, throttle: waitOutLimits(clock, patience) },
    giveUpAfter(timeout),
    refuseFragments,
    retryFailures(clock),
    paceWrites(clock),
    throttling,
    ...(cancelled === undefined ? [] : [endWhenCancelled(cancelled, clock)]),
  );
}

/** For calls that must not happen twice. */
export const ONCE = { retries: 0 } as const;

/** Limits the time of one attempt, not of all retries together. */
function giveUpAfter(timeout: number) {
  return ({ hook }: Pick<Octokit, 'hook'>): Record<string, never> => {
    hook.before('request', (options) => {
      options.request.signal = AbortSignal.timeout(timeout);
    });
    return {};
  };
}

/** Turns an answer that broke off into an error: octokit returns its text, or nothing, as if the call had succeeded. */
function refuseFragments({ hook }: Pick<Octokit, 'hook'>): Record<string, never> {
  hook.after('request', ({ data, headers, status }) => {
    const isFragment =
      typeof data === 'string' && status !== 204 && /^application\/(?:[\w.-]+\+)?json\b/.test(headers['content-type'] ?? '');
    if (isFragment) throw Object.assign(new Error('the answer broke off'), { status: 500 });
  });
  return {};
}
