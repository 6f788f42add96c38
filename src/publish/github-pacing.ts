/// <reference path="./bottleneck-light.d.ts" />
import type { getOctokit } from '@actions/github';
import { type ThrottlingOptions, throttling } from '@octokit/plugin-throttling';
import Bottleneck from 'bottleneck/light.js';
import type { Clock } from '../time/clock.ts';

type Hooked = Pick<ReturnType<typeof getOctokit>, 'hook'>;

const SECOND = 1_000;

/**
 * Makes a call again after an error of the server or the network: up to three times, 1, 4 and 9 s later, or as often as the call's own `request.retries`
 * says. `@octokit/plugin-retry` does the same at the same times, but it waits with timers of its own and takes no clock.
 */
export function retryFailures(clock: Clock) {
  return ({ hook }: Hooked): Record<string, never> => {
    hook.wrap('request', async (request, options) => {
      const retries = Number(options.request.retries ?? 3);
      for (let tries = 1; ; tries += 1) {
        try {
          return await request(options);
        } catch (error) {
          if (!isTransient(error) || tries > retries) throw error;
          await clock.sleep(tries ** 2 * SECOND);
        }
      }
    });
    return {};
  };
}

/** Answers that stay the same however often the call is made. 429 is a rate limit, which `waitOutLimits` deals with. */
const FINAL: readonly number[] = [400, 401, 403, 404, 410, 422, 429, 451];

/** An answer that broke off has no `request` in its error and is not tried again: the call has done its work. */
function isTransient(error: unknown): boolean {
  if (!(error instanceof Error && 'request' in error && 'status' in error)) return false;
  return typeof error.status === 'number' && error.status >= 400 && !FINAL.includes(error.status);
}

/**
 * Starts writes at least a second apart, and those that notify people at least three seconds, as GitHub asks:
 * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests
 */
export function paceWrites(clock: Clock) {
  let nextWrite = 0;
  let nextNotification = 0;
  return ({ hook }: Hooked): Record<string, never> => {
    hook.before('request', async ({ method, url }) => {
      if (method === 'GET' || method === 'HEAD') return;
      const notifies = throttling.triggersNotification(new URL(url, 'https://api.github.com').pathname);
      const now = clock.now();
      const turn = Math.max(now, nextWrite, notifies ? nextNotification : now);
      nextWrite = turn + SECOND;
      if (notifies) nextNotification = turn + 3 * SECOND;
      if (turn > now) await clock.sleep(turn - now);
    });
    return {};
  };
}

/**
 * Options with which `@octokit/plugin-throttling` finds GitHub's rate limits and leaves all waiting to the clock: its handlers wait, its own delays are
 * zero, and its pace for writes is replaced by `paceWrites`. It takes the time until a limit is reset from the real clock.
 *
 * @param patience seconds that rate limits may hold up all calls together; a call that would take more fails
 */
export function waitOutLimits(clock: Clock, patience: number): ThrottlingOptions {
  let left = patience;
  const wait = async (seconds: number): Promise<boolean> => {
    if (seconds > left) return false;
    left -= seconds;
    await clock.sleep(seconds * SECOND);
    return true;
  };
  const unpaced = new Bottleneck.Group();
  return { retryAfterBaseValue: 0, write: unpaced, notifications: unpaced, onRateLimit: wait, onSecondaryRateLimit: wait };
}
