/// <reference path="./bottleneck-light.d.ts" />
import { getOctokit } from '@actions/github';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import Bottleneck from 'bottleneck/light.js';

export type Octokit = ReturnType<typeof getOctokit>;

export interface ConnectOptions {
  readonly token: string;
  /** `GITHUB_API_URL`. The toolkit reads it once, when it is imported, so it is handed over here. */
  readonly baseUrl: string;
  /** How long GitHub's rate limits may hold up the run in all, in seconds; past that the call fails. 120 by default. */
  readonly patience?: number;
  /** Length in milliseconds of the second that waits are counted in; tests make it short. */
  readonly second?: number;
  /** Milliseconds after which a call without an answer is given up and, where that is safe, tried again. */
  readonly timeout?: number;
}

/** Answers that trying again does not change; 429 is the throttling plugin's. */
const FINAL: readonly number[] = [400, 401, 403, 404, 410, 422, 429, 451];

/**
 * A client that tries again after errors of the server and of the network (up to three times, 14 s of waiting in all) and waits where GitHub
 * asks for it. Calls that create something should say `request: ONCE`, since a lost answer may belong to a call that did its work.
 */
export function connect({ token, baseUrl, patience = 120, second = 1000, timeout = 20_000 }: ConnectOptions): Octokit {
  let left = patience;
  const mayWait = (seconds: number) => {
    if (seconds > left) return false;
    left -= seconds;
    return true;
  };
  const silent = () => undefined;
  return getOctokit(
    token,
    {
      baseUrl,
      log: { debug: silent, info: silent, warn: silent, error: silent },
      retry: { doNotRetry: [...FINAL], retryAfterBaseValue: second },
      throttle: { retryAfterBaseValue: second, ...pace(second), onRateLimit: mayWait, onSecondaryRateLimit: mayWait },
    },
    giveUpAfter(timeout),
    refuseFragments,
    retry,
    throttling,
  );
}

/** For calls that must not happen twice. */
export const ONCE = { retries: 0 } as const;

/**
 * One write a second, and of those that notify people one in three: the plugin's own pace, which is what GitHub asks for.
 * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests
 */
function pace(second: number) {
  return {
    write: new Bottleneck.Group({ maxConcurrent: 1, minTime: second }),
    notifications: new Bottleneck.Group({ maxConcurrent: 1, minTime: 3 * second }),
  };
}

/** Comes before the other plugins, so that the time is that of one attempt, not of all. */
function giveUpAfter(timeout: number) {
  return (octokit: { readonly hook: Octokit['hook'] }): Record<string, never> => {
    octokit.hook.before('request', (options) => {
      options.request.signal = AbortSignal.timeout(timeout);
    });
    return {};
  };
}

/** An answer that broke off comes out of the toolkit as text or as nothing, as if all were well; it is as good as none. */
function refuseFragments(octokit: { readonly hook: Octokit['hook'] }): Record<string, never> {
  octokit.hook.after('request', ({ data, headers, status }) => {
    const isFragment =
      typeof data === 'string' && status !== 204 && /^application\/(?:[\w.-]+\+)?json\b/.test(headers['content-type'] ?? '');
    if (isFragment) throw Object.assign(new Error('the answer broke off'), { status: 500 });
  });
  return {};
}
