import { Octokit as Client } from '@octokit/core';
import type { Fetch } from '../network/fetch.ts';
import type { Clock } from '../time/clock.ts';
import { paceWrites, refuseFragment, retryFailures, waitOutLimits } from './github-pacing.ts';

/** The client. Calls are made with `ask`, which checks their answers. */
export type Octokit = Pick<Client, 'request'>;

export interface ConnectOptions {
  readonly token: string;
  /** `GITHUB_API_URL`. */
  readonly baseUrl: string;
  readonly clock: Clock;
  /** Calls GitHub by way of the proxies of the job. */
  readonly fetch: Fetch;
  /** Seconds that GitHub's rate limits may hold up the run in all; a call that would take more fails. Default 120. */
  readonly patience?: number;
  /** Milliseconds of real time after which an attempt without an answer is given up. Default 20,000. */
  readonly timeout?: number;
}

/**
 * A client that retries errors of the server and the network, and waits where GitHub asks for it. It is put together here from the parts of
 * `@actions/github`, which reads the event's file when it is imported, and ends the run with a stack trace if that is not JSON.
 */
export function connect({ token, baseUrl, clock, fetch, patience = 120, timeout = 20_000 }: ConnectOptions): Octokit {
  const silent = () => undefined;
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  const client = new Client({ auth: token, baseUrl, log, request: { fetch } });
  // Each wraps those before it: one attempt, its retries, its turn, and the wait for a rate limit around all of that.
  client.hook.before('request', (options) => {
    options.request.signal = AbortSignal.timeout(timeout);
  });
  client.hook.after('request', refuseFragment);
  client.hook.wrap('request', retryFailures(clock));
  client.hook.before('request', paceWrites(clock));
  client.hook.wrap('request', waitOutLimits(clock, patience));
  return client;
}
