import type { TrailEvent } from './trail-event.ts';

/**
 * What the thing that a finding names was after an event. `as-live`: as it is now. `otherwise`: known to be something else. `unsure`: the event is of that
 * kind and name, but what it wrote, or took away, is not in the history.
 */
export type TraceEffect = 'as-live' | 'otherwise' | 'unsure';

/** Where the events that may have caused a finding are, and how to tell which of them it was. */
export interface Trace {
  /** Whose event history it is. */
  readonly account: string;
  /** What to look up: names and ARNs of resources, as IAM's events have them. */
  readonly names: readonly string[];
  /** @returns for each event what it made of the thing; `undefined`: it is not about it */
  readonly effects: (oldestFirst: readonly TrailEvent[]) => readonly (TraceEffect | undefined)[];
}

/** No event can be the cause: why, a sentence. */
export interface Untraceable {
  readonly reason: string;
}

/** What a thing is after an event; `undefined`: the event is not about it. */
export type After<V> = { readonly value: V } | 'unsure' | undefined;

/** A trace in which each event says by itself what it left. */
export function traceOf<V>(
  account: string,
  names: readonly string[],
  after: (event: TrailEvent) => After<V>,
  isLive: (value: V) => boolean,
): Trace {
  const effectOf = (event: TrailEvent): TraceEffect | undefined => {
    const left = after(event);
    if (left === undefined || left === 'unsure') return left;
    return isLive(left.value) ? 'as-live' : 'otherwise';
  };
  return { account, names, effects: (events) => events.map(effectOf) };
}
