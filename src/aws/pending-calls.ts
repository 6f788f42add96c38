import type { Clock } from '../time/clock.ts';
import type { Wait } from './reading-ended.ts';
import type { ThrottleWindow } from './throttle-window.ts';

/** A call from its first attempt to its last. */
export interface PendingCall {
  readonly account: string;
  readonly window: ThrottleWindow;
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** Since when AWS has refused each attempt as one too many. */
  throttledSince: number | undefined;
}

/** What a call waits for. Before AWS has seen it, that is what the calls before it wait for. */
export function waitOf({ since, throttledSince, window }: PendingCall, now: number): Wait {
  const throttled = throttledSince ?? window.throttledSince;
  return throttled === undefined
    ? { why: 'unanswered', milliseconds: now - since }
    : { why: 'throttled', milliseconds: now - Math.max(throttled, since) };
}

export interface AccountWait extends Wait {
  readonly account: string;
}

/** The calls that are under way, so that a run can say for whom it waits. */
export class PendingCalls {
  readonly #clock: Clock;
  readonly #calls = new Set<PendingCall>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Makes the call, and has it among these until it ends. */
  async track<T>(account: string, window: ThrottleWindow, work: (call: PendingCall) => Promise<T>): Promise<T> {
    const call: PendingCall = { account, window, since: this.#clock.now(), throttledSince: undefined };
    this.#calls.add(call);
    try {
      return await work(call);
    } finally {
      this.#calls.delete(call);
    }
  }

  /** The longest wait of each account, the longest first. */
  waits(): readonly AccountWait[] {
    const longest = new Map<string, AccountWait>();
    for (const call of this.#calls) {
      const wait = waitOf(call, this.#clock.now());
      if (wait.milliseconds > (longest.get(call.account)?.milliseconds ?? -1))
        longest.set(call.account, { account: call.account, ...wait });
    }
    return [...longest.values()].sort((one, other) => other.milliseconds - one.milliseconds);
  }
}
