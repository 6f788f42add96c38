import { describe, expect, test } from '@jest/globals';
import { UnexpectedAnswer } from '../../src/aws/answers.ts';
import { type RetryLimits, withRetries } from '../../src/aws/retry.ts';
import { ThrottleWindow } from '../../src/aws/throttle-window.ts';
import type { Clock } from '../../src/time/clock.ts';
import { noDeadline } from '../deadlines.ts';

const LIMITS = { throttledFor: 60_000, attempts: 4 };

/** A clock on which sleeping takes no time; it notes how long was slept. */
function fastClock(random = 1): Clock & { readonly slept: number[] } {
  let time = 0;
  const slept: number[] = [];
  return {
    slept,
    now: () => time,
    random: () => random,
    async sleep(milliseconds) {
      slept.push(milliseconds);
      time += milliseconds;
    },
  };
}

const NEVER = new AbortController().signal;

/** A call to an account that no deadline ends. */
function called<T>(attempt: () => Promise<T>, clock: Clock, retries: RetryLimits = LIMITS): Promise<T> {
  const call = { account: '222222222222', window: new ThrottleWindow(clock, 8), since: clock.now(), throttledSince: undefined };
  return withRetries(attempt, call, { clock, retries, deadline: noDeadline() });
}

const serviceError = (Code: string, httpStatusCode: number) => Object.assign(new Error(Code), { Code, $metadata: { httpStatusCode } });
const socketError = (code: string) => Object.assign(new Error(`connect ${code}`), { code });

/** Calls that fail with the error every time, and how often they are tried. */
async function triesOf(error: unknown, clock = fastClock()): Promise<number> {
  let tries = 0;
  const failing = called(async () => {
    tries += 1;
    throw error;
  }, clock);
  await expect(failing).rejects.toBe(error);
  return tries;
}

describe('tried once', () => {
  test.each([
    ['AccessDenied', 403],
    ['NoSuchEntity', 404],
    ['LimitExceeded', 409],
    ['LimitExceededException', 409],
    ['MalformedPolicyDocument', 400],
    ['UnmodifiableEntity', 400],
    ['ExpiredToken', 403],
    ['InvalidClientTokenId', 403],
    ['ValidationError', 400],
  ])('%s', async (code, status) => {
    expect(await triesOf(serviceError(code, status))).toBe(1);
  });

  test('a bug', async () => {
    expect(await triesOf(new TypeError('undefined is not a function'))).toBe(1);
  });
});

describe('tried a bounded number of times', () => {
  test.each<[unknown]>([
    [serviceError('ServiceFailure', 500)],
    [serviceError('InternalFailure', 500)],
    [serviceError('ServiceUnavailable', 503)],
    [serviceError('Unknown', 502)],
    [serviceError('RequestTimeout', 400)],
    [socketError('ECONNRESET')],
    [socketError('ENOTFOUND')],
    [socketError('EPROTO')],
    [socketError('ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC')],
    [Object.assign(new Error('both families'), { errors: [socketError('ECONNREFUSED'), socketError('ENETUNREACH')] })],
    [new Error('wrapped', { cause: socketError('EPIPE') })],
    [Object.assign(new Error('slow'), { name: 'TimeoutError' })],
    [new UnexpectedAnswer('a page', 200)],
  ])('%s', async (error) => {
    expect(await triesOf(error)).toBe(LIMITS.attempts);
  });

  test('with growing delays', async () => {
    const clock = fastClock();
    await triesOf(serviceError('ServiceFailure', 500), clock);
    expect(clock.slept).toEqual([400, 800, 1600]);
  });
});

describe('throttling', () => {
  test.each<[unknown]>([
    [serviceError('Throttling', 400)],
    [serviceError('ThrottlingException', 400)],
    [serviceError('RequestLimitExceeded', 503)],
    [serviceError('Odd', 429)],
  ])('%s is waited out for its time, and then fails', async (error) => {
    const clock = fastClock();
    expect(await triesOf(error, clock)).toBeGreaterThan(LIMITS.attempts);
    expect(clock.now()).toBeGreaterThanOrEqual(LIMITS.throttledFor);
    expect(clock.now()).toBeLessThan(LIMITS.throttledFor + 20_001);
  });

  test('pauses grow to a cap, with jitter', async () => {
    const longest = fastClock(1);
    await triesOf(serviceError('Throttling', 400), longest);
    expect(longest.slept.slice(0, 9)).toEqual([250, 500, 1000, 2000, 4000, 8000, 16_000, 20_000, 20_000]);
    const shortest = fastClock(0);
    await triesOf(serviceError('Throttling', 400), shortest);
    expect(shortest.slept.slice(0, 3)).toEqual([125, 250, 500]);
  });

  test('does not use up the tries for failures', async () => {
    const clock = fastClock();
    const errors = [
      ...Array(10).fill(serviceError('Throttling', 400)),
      serviceError('ServiceFailure', 500),
      serviceError('Throttling', 400),
    ];
    const answer = called(
      async () => {
        const error = errors.shift();
        if (error !== undefined) throw error;
        return 'read';
      },
      clock,
      { throttledFor: 10 * 60_000, attempts: 2 },
    );
    await expect(answer).resolves.toBe('read');
  });
});

describe('a window', () => {
  /** Lets what is ready run. */
  const settle = () => new Promise((resolve) => setImmediate(resolve));

  /** Asks for entry so many times; the tickets come as they are given. */
  function asking(window: ThrottleWindow, times: number): number[] {
    const tickets: number[] = [];
    for (let time = 0; time < times; time += 1) void window.enter(NEVER).then((ticket) => tickets.push(ticket));
    return tickets;
  }

  test('lets in as many as its bound, and one more for each that leaves', async () => {
    const window = new ThrottleWindow(fastClock(), 3);
    const tickets = asking(window, 5);
    await settle();
    expect(tickets).toHaveLength(3);
    window.leave(1, false);
    await settle();
    expect(tickets).toHaveLength(4);
  });

  test('is halved once for all that are throttled together, and grows again with answers', async () => {
    const clock = fastClock();
    const window = new ThrottleWindow(clock, 8);
    const tickets = asking(window, 8);
    await settle();
    for (const ticket of tickets.splice(0)) window.leave(ticket, true);
    expect(clock.slept).toHaveLength(1);
    const after = asking(window, 20);
    await settle();
    expect(after).toHaveLength(4);
    for (const ticket of after.splice(0)) window.leave(ticket, false);
    await settle();
    // 4 answers at a limit of 4: about one more.
    expect(after).toHaveLength(4);
    for (const ticket of after.splice(0)) window.leave(ticket, false);
    await settle();
    expect(after).toHaveLength(5);
  });

  test('lets nobody in during a pause', async () => {
    let wake: () => void = () => undefined;
    const clock: Clock = { now: () => 0, random: () => 0, sleep: () => new Promise((resolve) => (wake = resolve)) };
    const window = new ThrottleWindow(clock, 2);
    const tickets = asking(window, 1);
    await settle();
    window.leave(1, true);
    const waiting = asking(window, 1);
    await settle();
    expect([tickets.length, waiting.length]).toEqual([1, 0]);
    wake();
    await settle();
    expect(waiting).toHaveLength(1);
  });
});
