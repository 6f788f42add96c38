import type { getOctokit } from '@actions/github';
import type { Fetch } from '../network/fetch.ts';
import type { AlarmClock } from '../time/clock.ts';
import { endWhenCancelled } from './cancelled-calls.ts';
import { paceWrites, refuseFragment, retryFailures, waitOutLimits } from './github-pacing.ts';
import { LostTime } from './lost-time.ts';

/** The client. Calls are made with `ask`, which checks their answers. */
export type Octokit = Pick<ReturnType<typeof getOctokit>, 'request'>;

export interface ConnectOptions {
  readonly getOctokit: typeof getOctokit;
  readonly token: string;
  /** `GITHUB_API_URL`. `@actions/github` reads the variable once, when it is imported, so it is passed here. */
  readonly baseUrl: string;
  readonly clock: AlarmClock;
  /** Calls GitHub by way of the proxies of the job. */
  readonly fetch: Fetch;
  /** Aborted when the run is cancelled: calls then have some seconds left. */
  readonly cancelled?: AbortSignal;
  /** Seconds that GitHub's rate limits may hold up the run in all; a call that would take more fails. Default 120. */
  readonly patience?: number;
  /** Milliseconds of real time after which an attempt without an answer is given up. Default 20,000, or the call's own `request.timeout`. */
  readonly timeout?: number;
}

/** Milliseconds that the run may lose to calls that fail. */
const LOSABLE = 60_000;

/** Loads `@actions/github`, which then parses variables of the job, and throws where they are wrong: call it once they have been checked. */
export async function loadOctokit(): Promise<ConnectOptions['getOctokit']> {
  return (await import('@actions/github')).getOctokit;
}

/** A client that retries errors of the server and the network, and waits where GitHub asks for it. */
export function connect({
  getOctokit,
  token,
  baseUrl,
  clock,
  fetch,
  cancelled,
  patience = 120,
  timeout = 20_000,
}: ConnectOptions): Octokit {
  const silent = () => undefined;
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  const client = getOctokit(token, { baseUrl, log, request: { fetch } });
  // Each wraps those before it: one attempt, its retries, its turn, the wait for a rate limit around all of that, and the end of a cancelled run around everything.
  const lost = new LostTime(LOSABLE);
  client.hook.before('request', (options) => {
    options.request.signal = AbortSignal.timeout(lost.forAttempt(Number(options.request.timeout ?? timeout)));
  });
  client.hook.after('request', refuseFragment);
  client.hook.wrap('request', retryFailures(clock, lost));
  client.hook.before('request', paceWrites(clock));
  client.hook.wrap('request', waitOutLimits(clock, patience));
  if (cancelled !== undefined) client.hook.wrap('request', endWhenCancelled(cancelled, clock));
  return client;
}
