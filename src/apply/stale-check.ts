import type { Reading } from '../state/reading.ts';
import type { State } from '../state/state.ts';
import { sameContent } from './same-content.ts';
import { type ApplyScope, contentOf, isOfScope } from './scope.ts';

const CHANGED = 'Refused: this account changed since it was read. Nothing was written. Run again to make a new plan.';

/**
 * Says whether the first call may be made in a scope: only if all of it is as it was when the calls were planned.
 *
 * @param reading made right before
 * @returns why not, a sentence, or `null`
 */
export function whyStale(scope: ApplyScope, planned: State, { state, errors }: Reading): string | null {
  const error = errors.find((other) => isOfScope(scope, other));
  if (error !== undefined) return `Refused: this account could not be read again. ${error.code} at ${error.call}: ${error.message}`;
  return sameContent(contentOf(scope, planned), contentOf(scope, state)) ? null : CHANGED;
}
