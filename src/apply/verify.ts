import pLimit from 'p-limit';
import type { PlannedCall } from '../plan/call.ts';
import type { Comparer } from '../policy/index.ts';
import { isSameValue, propertyKey, readProperty } from '../state/property.ts';
import type { Reading } from '../state/reading.ts';
import type { AlarmClock } from '../time/clock.ts';
import { type Cancellation, pauseAfter } from './cancellation.ts';
import { type ApplyScope, byScope, type ScopedCalls } from './scope.ts';

export interface VerifyRequest {
  /** The calls that were sent, in their order, and may have taken effect. */
  readonly calls: readonly PlannedCall[];
  /** Reads a scope anew, with the auditor's access. */
  readonly read: (scope: ApplyScope) => Promise<Reading>;
  /** Milliseconds. */
  readonly timeout: number;
  readonly concurrency: number;
  readonly cancellation: Cancellation;
  readonly clock: AlarmClock;
  readonly comparer: Comparer;
}

export interface Verified {
  /** Calls whose effect was read back. */
  readonly seen: ReadonlySet<PlannedCall>;
  /** The last reading of each scope that was written to. */
  readonly readings: readonly ScopeReading[];
}

export interface ScopeReading {
  readonly scope: ApplyScope;
  readonly reading: Reading;
}

/**
 * Reads each scope that was written to until AWS shows what was written, or the time is over. IAM shows writes late, without a bound that is stated, so
 * a reading that is behind is no failure.
 */
export async function verify(request: VerifyRequest): Promise<Verified> {
  const limit = pLimit(request.concurrency);
  const deadline = request.clock.now() + request.timeout;
  const looks = await Promise.all(byScope(request.calls).map((scoped) => limit(() => look(scoped, deadline, request))));
  return {
    seen: new Set(looks.flatMap(({ seen }) => seen)),
    readings: looks.flatMap(({ scope, reading }) => (reading === undefined ? [] : [{ scope, reading }])),
  };
}

interface Look {
  readonly scope: ApplyScope;
  readonly seen: readonly PlannedCall[];
  readonly reading: Reading | undefined;
}

async function look({ scope, calls }: ScopedCalls, deadline: number, request: VerifyRequest): Promise<Look> {
  const { read, clock, cancellation, comparer } = request;
  let last: Look = { scope, seen: [], reading: undefined };
  for (let n = 0; !cancellation.isRequested; n += 1) {
    const reading = await cancellation.race(within(deadline - clock.now(), () => read(scope), clock));
    if (reading === undefined) break;
    last = { scope, reading, seen: calls.filter((call) => isSeen(call, calls, reading, comparer)) };
    const left = deadline - clock.now();
    if (last.seen.length === calls.length || left <= 0) break;
    await cancellation.pause(Math.min(left, pauseAfter(n, clock)), clock);
  }
  return last;
}

/** Milliseconds that one reading may take at least. */
const READING = 5_000;

/** What comes of the reading; `undefined` when the time is over first: AWS may throttle an account for as long as it likes. */
async function within(left: number, read: () => Promise<Reading>, clock: AlarmClock): Promise<Reading | undefined> {
  let stop = (): void => undefined;
  const over = new Promise<undefined>((resolve) => {
    stop = clock.alarm(Math.max(READING, left), () => resolve(undefined));
  });
  try {
    return await Promise.race([read(), over]);
  } finally {
    stop();
  }
}

/** A property that was written twice has to be as the last call left it. */
function isSeen({ change: { property } }: PlannedCall, calls: readonly PlannedCall[], { state }: Reading, comparer: Comparer): boolean {
  const key = propertyKey(property);
  const last = calls.findLast(({ change }) => propertyKey(change.property) === key);
  return last !== undefined && isSameValue(property, last.change.after, readProperty(property, state), comparer);
}
