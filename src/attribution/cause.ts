import { utcMinute } from '../time/days.ts';
import { actorOf } from './actor.ts';
import type { Trace } from './trace.ts';
import type { TrailEvent } from './trail-event.ts';
import { type Via, viaOf } from './via.ts';

/** The event that made a finding. What is not known of it is `null`. */
export interface Cause {
  readonly match: 'exact' | 'likely' | 'unknown' | 'not-looked-up';
  /** ISO 8601. */
  readonly at: string | null;
  readonly event: string | null;
  /** Whose event history it is in. */
  readonly account: string | null;
  readonly actor: string | null;
  readonly via: Via | null;
  readonly eventId: string | null;
  /** Why it is not exact, a sentence; empty otherwise. */
  readonly reason: string;
}

/** The events that were found for a trace, newest first. */
export interface History {
  readonly events: readonly TrailEvent[];
  /** Whether they go back to where the event history begins. */
  readonly isWhole: boolean;
}

/** The finding's cause was not asked for, or could not be. */
export function notLookedUp(reason: string): Cause {
  return { ...NOTHING, match: 'not-looked-up', reason };
}

const NOTHING = { at: null, event: null, account: null, actor: null, via: null, eventId: null } as const;

/**
 * The event that made the live state of what a finding names. Going back from the newest, it is the last one that still left it as it is now: one that wrote
 * the same again, or in other words, changed nothing. Refused calls are never the cause.
 */
export function causeOf(trace: Trace, { events, isWhole }: History, fixerRoles: readonly string[]): Cause {
  const done = events.filter(({ isRefused }) => !isRefused);
  const effects = trace.effects(done.toReversed()).toReversed();
  let exact: TrailEvent | undefined;
  let likely: TrailEvent | undefined;
  let other: TrailEvent | undefined;
  for (const [index, event] of done.entries()) {
    const effect = effects[index];
    if (effect === 'otherwise' || (effect === 'unsure' && exact !== undefined)) {
      other = event;
      break;
    }
    if (effect === 'as-live') exact = event;
    if (effect === 'unsure') likely ??= event;
  }
  const found = (event: TrailEvent) => ({
    at: new Date(event.at).toISOString(),
    event: event.name,
    account: trace.account,
    actor: actorOf(event.identity),
    via: viaOf(event, fixerRoles),
    eventId: event.id ?? null,
  });
  if (exact !== undefined) return { match: 'exact', ...found(exact), reason: '' };
  if (likely !== undefined) return { match: 'likely', ...found(likely), reason: UNSEEN_CONTENT };
  return { ...NOTHING, match: 'unknown', account: trace.account, reason: unknownReason(other, isWhole) };
}

const UNSEEN_CONTENT = 'The type of event and the name match. The content that the event changed is not in the event history.';

function unknownReason(newest: TrailEvent | undefined, isWhole: boolean): string {
  if (newest !== undefined) {
    return `The newest event, ${newest.name} on ${utcMinute(newest.at)}, left a different state. The change itself is not in the event history yet.`;
  }
  return isWhole
    ? 'No event of the last 90 days matches, or the event is not in the event history yet.'
    : 'None of the newest 1,000 events matches, and older ones were not read.';
}
