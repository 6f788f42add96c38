import { isRefusal } from '../aws/errors.ts';
import type { ReadError } from '../state/reading.ts';
import { grouped } from '../text/grouped.ts';
import { plural } from '../text/plural.ts';

/** One line for all accounts in which look-ups were refused, and one for each other error that ended them. */
export function attributionNotes(errors: readonly ReadError[]): readonly string[] {
  const byCode = grouped(errors, ({ code }) => (isRefusal(code) ? REFUSED : code));
  return [...byCode].map(([code, some]) => {
    const accounts = new Set(some.map(({ account }) => account));
    const where = `The cause of drift was not looked up in ${plural(accounts.size, 'account')}`;
    const ended = ENDED.get(code);
    if (ended !== undefined) return `${where}: ${ended}.`;
    return code === REFUSED
      ? `${where}: the auditor role is not allowed to call cloudtrail:LookupEvents. Allow the call (see docs/permissions.md), or set the input attribution to off.`
      : `${where}: CloudTrail returned ${code}. For details, see the errors in the report.`;
  });
}

/** @param code of the error with which the look-up failed */
export function whyNotRead(code: string): string {
  const ended = ENDED.get(code);
  return ended === undefined ? `CloudTrail was not read in this account: ${code}.` : `CloudTrail was not read in this account: ${ended}.`;
}

const REFUSED = 'refused';

const ENDED: ReadonlyMap<string, string> = new Map([
  ['TimeLimitReached', 'the time limit was reached (input time-limit)'],
  ['RunCancelled', 'the run was cancelled'],
]);
