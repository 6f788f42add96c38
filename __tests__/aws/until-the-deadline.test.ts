import { describe, expect, test } from '@jest/globals';
import { ReadingEnded, type Wait } from '../../src/aws/reading-ended.ts';
import { withRetries } from '../../src/aws/retry.ts';
import { ThrottleWindow } from '../../src/aws/throttle-window.ts';
import type { Deadline } from '../../src/time/deadline.ts';
import { deadlineIn } from '../deadlines.ts';
import { TestClock } from '../test-clock.ts';

/** Whatever a call waits for, it ends when reading has to end. */

const NOTHING_ELSE = { throttledFor: 0, attempts: 4 };
const throttling = () => Promise.reject(Object.assign(new Error('Rate exceeded'), { Code: 'Throttling' }));
const failing = () => Promise.reject(Object.assign(new Error('oops'), { Code: 'ServiceFailure', $metadata: { httpStatusCode: 500 } }));

function setUp(minutes = 8) {
  const clock = new TestClock();
  const cancelling = new AbortController();
  const deadline = deadlineIn(minutes, clock, cancelling.signal);
  const window = new ThrottleWindow(clock, 1);
  const call = (attempt: () => Promise<unknown>, until: Deadline = deadline) => {
    const pending = { account: '222222222222', window, since: clock.now(), throttledSince: undefined };
    return withRetries(attempt, pending, { clock, retries: NOTHING_ELSE, deadline: until });
  };
  return { clock, deadline, window, call, cancel: () => cancelling.abort() };
}

async function endedOf(work: Promise<unknown>): Promise<ReadingEnded> {
  const error: unknown = await work.catch((reason: unknown) => reason);
  if (error instanceof ReadingEnded) return error;
  throw new Error(`It ended otherwise: ${String(error)}`);
}

test('AWS throttles for ever: waited for until the time is over, and no longer', async () => {
  const { clock, call } = setUp(8);
  const from = clock.now();
  const { code, wait } = await endedOf(call(throttling));
  expect(code).toBe('TimeLimitReached');
  expect(wait.why).toBe('throttled');
  expect([wait.milliseconds, clock.now() - from]).toEqual([8 * 60_000, 8 * 60_000]);
});

describe('a run that is cancelled', () => {
  const unanswered = () => new Promise(() => undefined);
  const WAITS: readonly [string, readonly (() => Promise<unknown>)[], Wait['why']][] = [
    ['while another call is throttled', [throttling, throttling], 'throttled'],
    ['between two attempts', [failing], 'unanswered'],
    ['behind a call without an answer', [unanswered, throttling], 'unanswered'],
  ];

  test.each(WAITS)('%s', async (_, attempts, why) => {
    const { clock, call, cancel } = setUp();
    const [last] = attempts.map((attempt) => call(attempt).catch((error: unknown) => error)).slice(-1);
    await new Promise((resolve) => setImmediate(resolve));
    const at = clock.now();
    cancel();
    expect(await last).toMatchObject({ code: 'RunCancelled', wait: { why } });
    expect(clock.now()).toBe(at);
  });

  test('makes no call any more', async () => {
    const { call, cancel } = setUp();
    cancel();
    let calls = 0;
    await endedOf(call(async () => (calls += 1)));
    expect(calls).toBe(0);
  });

  test('leaves the window as it was: what a repair reads next gets through', async () => {
    const { call, cancel, deadline, window } = setUp();
    const ends = [throttling, throttling, failing].map((attempt) => endedOf(call(attempt)));
    await new Promise((resolve) => setImmediate(resolve));
    cancel();
    await Promise.all(ends);
    deadline.lift();
    const reads = await Promise.all([1, 2, 3].map((answer) => call(async () => answer)));
    expect([reads, window.throttledSince]).toEqual([[1, 2, 3], undefined]);
  });
});
