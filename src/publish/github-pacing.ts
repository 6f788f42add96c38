import type { GitHub } from '@actions/github/lib/utils';
import { networkProblem } from '../network/advice.ts';
import type { Clock } from '../time/clock.ts';
import type { LostTime } from './lost-time.ts';
import { rateLimitWait } from './rate-limit.ts';

export type Wrap = Parameters<typeof GitHub.prototype.hook.wrap<'request'>>[1];
type Before = Parameters<typeof GitHub.prototype.hook.before<'request'>>[1];
type After = Parameters<typeof GitHub.prototype.hook.after<'request'>>[1];

const SECOND = 1_000;

/**
 * Makes a call again after an error of the server or the network, or an answer that broke off: up to three times, 1, 4 and 9 s later, or as often as the
 * call's own `request.retries` says, while the run has time to lose.
 */
export function retryFailures(clock: Clock, lost: LostTime): Wrap {
  return async (request, options) => {
    const retries = Number(options.request.retries ?? 3);
    for (let tries = 1; ; tries += 1) {
      const startedAt = clock.now();
      try {
        return await request(options);
      } catch (error) {
        if (!isTransient(error)) throw error;
        lost.lose(clock.now() - startedAt);
        const pause = tries ** 2 * SECOND;
        if (tries > retries || !lost.spend(pause)) throw error;
        await clock.sleep(pause);
      }
    }
  };
}

/** Answers that stay the same however often the call is made. 429 is a rate limit, which `waitOutLimits` deals with. */
const FINAL: readonly number[] = [400, 401, 403, 404, 410, 422, 429, 451];

function isTransient(error: unknown): boolean {
  if (error instanceof BrokenOff) return true;
  if (networkProblem(error)?.isPassing === false) return false;
  if (!(error instanceof Error && 'request' in error && 'status' in error)) return false;
  return typeof error.status === 'number' && error.status >= 400 && !FINAL.includes(error.status);
}

/** Part of an answer, or none of it. The call may have done its work. */
class BrokenOff extends Error {
  override readonly name = 'BrokenOff';
  readonly status = 500;

  constructor() {
    super('the response was incomplete');
  }
}

/** Turns an answer that broke off into an error: Octokit returns its text, or nothing, as if the call had succeeded. */
export const refuseFragment: After = ({ data, headers, status }) => {
  const isJson = /^application\/(?:[\w.-]+\+)?json\b/.test(headers['content-type'] ?? '');
  if (isJson && Number(status) !== 204 && typeof data === 'string' && /^\s*(?:[[{]|$)/.test(data)) throw new BrokenOff();
};

const NOTIFYING: readonly string[] = ['/repos/{owner}/{repo}/issues', '/repos/{owner}/{repo}/issues/{issue_number}/comments'];

/**
 * Starts writes at least a second apart, and those that notify people at least three seconds, as GitHub asks:
 * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests
 */
export function paceWrites(clock: Clock): Before {
  let nextWrite = 0;
  let nextNotification = 0;
  return async ({ method, url }) => {
    if (method === 'GET' || method === 'HEAD') return;
    const notifies = NOTIFYING.includes(url);
    const now = clock.now();
    const turn = Math.max(now, nextWrite, notifies ? nextNotification : now);
    nextWrite = turn + SECOND;
    if (notifies) nextNotification = turn + 3 * SECOND;
    if (turn > now) await clock.sleep(turn - now);
  };
}

/**
 * Waits where GitHub's rate limits stop a call, and makes it again: the call was not carried out.
 *
 * @param patience seconds that rate limits may hold up all calls together; a call that would take more fails
 */
export function waitOutLimits(clock: Clock, patience: number): Wrap {
  let left = patience;
  return async (request, options) => {
    for (;;) {
      try {
        return await request(options);
      } catch (error) {
        const seconds = rateLimitWait(error, clock.now());
        if (seconds === undefined || seconds > left) throw error;
        left -= seconds;
        await clock.sleep(seconds * SECOND);
      }
    }
  };
}
