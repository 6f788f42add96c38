import { isRefusal } from '../aws/errors.ts';
import type { ReadError } from '../state/reading.ts';
import { grouped } from '../text/grouped.ts';
import { plural } from '../text/plural.ts';

/** One line for all accounts in which look-ups were refused, and one for each other error that ended them. */
export function attributionNotes(errors: readonly ReadError[]): readonly string[] {
  const byCode = grouped(errors, ({ code }) => (isRefusal(code) ? REFUSED : code));
  return [...byCode].map(([code, some]) => {
    const accounts = new Set(some.map(({ account }) => account));
    const where = `Who changed what has drifted was not looked up in ${plural(accounts.size, 'account')}`;
    return code === REFUSED
      ? `${where}: the auditor may not call cloudtrail:LookupEvents there. Allow it to the auditor's role (docs/permissions.md), or set the input attribution to off.`
      : `${where}: CloudTrail answered ${code}. The errors of the report say more.`;
  });
}

const REFUSED = 'refused';
