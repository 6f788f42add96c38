import type { Exception } from '../state/desired.ts';
import { daysAfter, utcDay } from '../time/days.ts';
import type { Finding } from './finding.ts';

/** Days before its end from which an exception is worth a note. */
const SOON = 14;

/**
 * Findings with the exceptions that cover them. An exception holds to the end (UTC) of the day that it names; from then on the finding is back and says so.
 * Of several that match, one that still holds wins, else the one that ended last.
 */
export function applyExceptions(findings: readonly Finding[], exceptions: readonly Exception[], at: Date): readonly Finding[] {
  const today = utcDay(at);
  return findings.map((finding) => {
    const latest = exceptions.filter((exception) => covers(exception, finding)).sort((a, b) => b.expires.localeCompare(a.expires))[0];
    if (latest === undefined) return finding;
    const { owner, reason, expires } = latest;
    const expired = expires < today;
    const message = expired ? `${finding.message} The exception for it ran out on ${expires}.` : finding.message;
    return { ...finding, message, exception: { owner, reason, expires, expired } };
  });
}

export function isExcepted({ exception }: Pick<Finding, 'exception'>): boolean {
  return exception !== null && !exception.expired;
}

/**
 * What is worth a look about the exceptions themselves: those that run out soon, and, if the run saw all there is to see (`complete`), those that
 * match nothing.
 */
export function exceptionNotes(
  findings: readonly Finding[],
  exceptions: readonly Exception[],
  at: Date,
  complete: boolean,
): readonly string[] {
  const soon = utcDay(daysAfter(at, SOON));
  const today = utcDay(at);
  return exceptions.flatMap((exception) => {
    const { location, rule, expires } = exception;
    const where = `The exception for ${rule} in line ${location.line}`;
    const matches = findings.some((finding) => covers(exception, finding));
    if (!matches) return complete ? [`${where} matches no finding any more; it can go.`] : [];
    return expires >= today && expires <= soon ? [`${where} runs out after ${expires}.`] : [];
  });
}

/** The exceptions that end soon, and those that have ended, by the file alone. */
export function exceptionEnds(exceptions: readonly Exception[], at: Date): readonly string[] {
  const soon = utcDay(daysAfter(at, SOON));
  const today = utcDay(at);
  return exceptions.flatMap(({ location, rule, expires }) => {
    const where = `The exception for ${rule} in line ${location.line}`;
    if (expires < today) return [`${where} ran out on ${expires}: it accepts nothing any more. Extend it or take it out.`];
    return expires <= soon ? [`${where} runs out after ${expires}.`] : [];
  });
}

/** Whether an exception that still holds accepts this, found or not. */
export function isAccepted(exceptions: readonly Exception[], what: Covered, at: Date): boolean {
  const today = utcDay(at);
  return exceptions.some((exception) => exception.expires >= today && covers(exception, what));
}

type Covered = Pick<Finding, 'rule' | 'account' | 'resource'>;

function covers({ rule, account, resource }: Exception, finding: Covered): boolean {
  return (
    rule === finding.rule &&
    (account === undefined || account === finding.account) &&
    (resource === undefined || resource === finding.resource)
  );
}
