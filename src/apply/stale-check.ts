import type { PlannedCall } from '../plan/call.ts';
import type { Comparer } from '../policy/index.ts';
import { isSameValue, propertyKey, readProperty } from '../state/property.ts';
import type { Reading } from '../state/reading.ts';
import type { State } from '../state/state.ts';
import { sameContent } from './same-content.ts';
import { type ApplyScope, contentOf, isOfScope, scopeKey } from './scope.ts';

const CHANGED = 'Refused: this account changed since it was read. Nothing was written; run again to plan anew.';
const CHANGED_MEANWHILE = 'Refused: this account changed while the run wrote to it. The rest was not written; run again to plan anew.';

/**
 * Says whether a scope may be written to, from a reading made right before: why not, a sentence, or `null`.
 *
 * @param calls that are to be made there
 * @param made calls that this run has made, or may have made
 */
export type StaleCheck = (
  scope: ApplyScope,
  reading: Reading,
  calls: readonly PlannedCall[],
  made: readonly PlannedCall[],
) => string | null;

/**
 * At first the whole scope has to be as it was when the calls were planned. When it is entered again, after calls of this very run, the properties that are
 * to be written have to be as these left them or found them.
 */
export function createStaleCheck(planned: State, comparer: Comparer): StaleCheck {
  const entered = new Set<string>();
  return (scope, reading, calls, made) => {
    const error = reading.errors.find((other) => isOfScope(scope, other));
    if (error !== undefined) return `Refused: this account could not be read again. ${error.code} at ${error.call}: ${error.message}`;
    if (entered.has(scopeKey(scope))) {
      return calls.every((call) => isKnown(call, planned, reading.state, made, comparer)) ? null : CHANGED_MEANWHILE;
    }
    entered.add(scopeKey(scope));
    return sameContent(contentOf(scope, planned), contentOf(scope, reading.state)) ? null : CHANGED;
  };
}

/** As this run found the property, or as one of its calls left it: IAM may still show the former. */
function isKnown({ change }: PlannedCall, planned: State, live: State, made: readonly PlannedCall[], comparer: Comparer): boolean {
  const { property } = change;
  const key = propertyKey(property);
  const ours = made.filter((call) => propertyKey(call.change.property) === key).map((call) => call.change.after);
  const now = readProperty(property, live);
  return [readProperty(property, planned), ...ours].some((value) => isSameValue(property, value, now, comparer));
}
