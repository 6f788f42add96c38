import { sameName } from '../iam/names.ts';
import type { ReadError, Reading } from '../state/reading.ts';
import { sameContent } from './same-content.ts';
import { type ApplyScope, contentOf, isOfScope } from './scope.ts';

const CHANGED = 'Refused: this account changed since it was read. Nothing was written. Run again to make a new plan.';

/**
 * Says whether the first call may be made in a scope: only if all of it is as it was when the calls were planned. A role that could not be read then, and still
 * can't be, is no reason against the other roles of its account: no call is planned for it.
 *
 * @param again made right before
 * @returns why not, a sentence, or `null`
 */
export function whyStale(scope: ApplyScope, planned: Reading, again: Reading): string | null {
  const error = again.errors.find((other) => isOfScope(scope, other) && !planned.errors.some((known) => isSameOfRole(known, other)));
  if (error !== undefined) return `Refused: this account could not be read again. ${error.code} at ${error.call}: ${error.message}`;
  return sameContent(contentOf(scope, planned.state), contentOf(scope, again.state)) ? null : CHANGED;
}

function isSameOfRole(one: ReadError, other: ReadError): boolean {
  if (one.roleName === undefined || other.roleName === undefined) return false;
  return one.account === other.account && one.call === other.call && one.code === other.code && sameName(one.roleName, other.roleName);
}
