import pLimit from 'p-limit';
import type { PlannedCall } from '../plan/call.ts';
import { partKey, partOf } from '../plan/part.ts';
import { isAsWritten, valueIn } from '../plan/value-in.ts';
import type { Reading } from '../state/reading.ts';
import type { Clock } from '../time/clock.ts';
import { type Cancellation, pauseAfter } from './cancellation.ts';
import { byPlace, type Place } from './place.ts';

export interface VerifyRequest {
  /** The calls that were sent, in their order, and may have taken effect. */
  readonly calls: readonly PlannedCall[];
  /** Reads a place anew, with the auditor's access. */
  readonly read: (place: Place) => Promise<Reading>;
  /** Milliseconds. */
  readonly timeout: number;
  readonly concurrency: number;
  readonly cancellation: Cancellation;
  readonly clock: Clock;
}

export interface Verified {
  /** Calls whose effect was seen. */
  readonly seen: ReadonlySet<PlannedCall>;
  /** The last reading of each place that was written to. */
  readonly readings: readonly { readonly place: Place; readonly reading: Reading }[];
}

/**
 * Reads each place that was written to until AWS shows what was written, or the time is over. IAM shows writes late, without a bound that is stated, so
 * a reading that is behind is no failure.
 */
export async function verify(request: VerifyRequest): Promise<Verified> {
  const limit = pLimit(request.concurrency);
  const deadline = request.clock.now() + request.timeout;
  const looked = await Promise.all(byPlace(request.calls).map(({ place, calls }) => limit(() => look(place, calls, deadline, request))));
  return {
    seen: new Set(looked.flatMap(({ seen }) => seen)),
    readings: looked.flatMap(({ place, reading }) => (reading === undefined ? [] : [{ place, reading }])),
  };
}

interface Look {
  readonly place: Place;
  readonly seen: readonly PlannedCall[];
  readonly reading: Reading | undefined;
}

async function look(place: Place, calls: readonly PlannedCall[], deadline: number, request: VerifyRequest): Promise<Look> {
  const { read, clock, cancellation } = request;
  let last: Look = { place, seen: [], reading: undefined };
  for (let n = 0; !cancellation.isRequested; n += 1) {
    const reading = await cancellation.race(read(place));
    if (reading === undefined) break;
    last = { place, reading, seen: calls.filter((call) => isSeen(call, calls, reading)) };
    const left = deadline - clock.now();
    if (last.seen.length === calls.length || left <= 0) break;
    await cancellation.pause(Math.min(left, pauseAfter(n, clock)), clock);
  }
  return last;
}

/** A part that was written twice has to be as the last call left it. */
function isSeen(call: PlannedCall, calls: readonly PlannedCall[], { state }: Reading): boolean {
  const part = partOf(call);
  if (part === undefined) return false;
  const last = calls.findLast((other) => {
    const its = partOf(other);
    return its !== undefined && partKey(its) === partKey(part);
  });
  return last !== undefined && isAsWritten(part, last.after, valueIn(part, state));
}
