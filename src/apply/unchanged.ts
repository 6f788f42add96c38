import type { PlannedCall } from '../plan/call.ts';
import { type Part, partKey, partOf } from '../plan/part.ts';
import { isAsWritten, valueIn } from '../plan/value-in.ts';
import type { Reading } from '../state/reading.ts';
import type { State } from '../state/state.ts';
import { keyOf, type Place } from './place.ts';
import { sameValue } from './same-value.ts';

const CHANGED = 'Refused: this account changed since it was read. Nothing was written; run again to plan anew.';
const CHANGED_MEANWHILE = 'Refused: this account changed while the run wrote to it. The rest was not written; run again to plan anew.';

/**
 * Says whether a place may be written to, from a reading made right before. At first the whole of it has to be as it was when the calls were planned;
 * when it is entered again, after calls of this very run, the parts that are to be written have to be as these left them or found them.
 *
 * @returns why not, a sentence; `null`: it may
 */
export function createGate(
  planned: State,
): (place: Place, reading: Reading, calls: readonly PlannedCall[], made: readonly PlannedCall[]) => string | null {
  const entered = new Set<string>();
  return (place, reading, calls, made) => {
    const error = reading.errors.find(({ scope, account }) => scope === place.kind && (place.kind === 'hub' || account === place.account));
    if (error !== undefined) return `Refused: this account could not be read again. ${error.code} at ${error.call}: ${error.message}`;
    if (entered.has(keyOf(place))) return calls.every((call) => isKnown(call, planned, reading.state, made)) ? null : CHANGED_MEANWHILE;
    entered.add(keyOf(place));
    return sameValue(contentOf(place, planned), contentOf(place, reading.state)) ? null : CHANGED;
  };
}

function contentOf(place: Place, { hub, targets }: State): unknown {
  return place.kind === 'hub' ? hub : targets.find(({ account }) => account === place.account)?.role.value;
}

/** As this run found the part, or as one of its calls left it: IAM may still show the former. */
function isKnown(call: PlannedCall, planned: State, live: State, made: readonly PlannedCall[]): boolean {
  const part = partOf(call);
  if (part === undefined) return false;
  const ours = made.filter((other) => isOf(part, other)).map(({ after }) => after);
  const now = valueIn(part, live);
  return [valueIn(part, planned), ...ours].some((value) => isAsWritten(part, value, now));
}

function isOf(part: Part, call: PlannedCall): boolean {
  const other = partOf(call);
  return other !== undefined && partKey(other) === partKey(part);
}
