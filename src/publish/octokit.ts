import { getOctokit } from '@actions/github';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';

export type Octokit = ReturnType<typeof getOctokit>;

export interface ConnectOptions {
  readonly token: string;
  /** `GITHUB_API_URL`. The toolkit reads it once, when it is imported, so it is handed over here. */
  readonly baseUrl: string;
  /** How long GitHub's rate limits may hold up the run in all, in seconds; past that the call fails. 120 by default. */
  readonly patience?: number;
  /** Length in milliseconds of the second that waits are counted in; tests make it short. */
  readonly second?: number;
}

/** One call without an answer for so long is given up (and, where it is safe, tried again). */
const CALL_TIMEOUT_MS = 20_000;

/** Answers that trying again does not change; 429 is the throttling plugin's. */
const FINAL = [400, 401, 403, 404, 410, 422, 429, 451];

/**
 * A client that tries again after errors of the server and of the network (up to three times, 14 s of waiting in all) and waits where GitHub
 * asks for it. Calls that create something should say `request: ONCE`, since a lost answer may belong to a call that did its work.
 */
export function connect({ token, baseUrl, patience = 120, second = 1000 }: ConnectOptions): Octokit {
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
      retry: { doNotRetry: FINAL, retryAfterBaseValue: second },
      throttle: { id: `${baseUrl} ${Math.random()}`, retryAfterBaseValue: second, onRateLimit: mayWait, onSecondaryRateLimit: mayWait },
    },
    giveUp,
    retry,
    throttling,
  );
}

/** For calls that must not happen twice. */
export const ONCE = { retries: 0 } as const;

/** Comes before the other plugins, so that the time is that of one attempt. */
function giveUp(octokit: { readonly hook: Octokit['hook'] }): Record<string, never> {
  octokit.hook.wrap('request', (request, options) =>
    request({ ...options, request: { ...options.request, signal: AbortSignal.timeout(CALL_TIMEOUT_MS) } }),
  );
  return {};
}
