import { nameOf } from '../iam/arn.ts';
import { sameName } from '../iam/names.ts';
import type { Exception } from '../state/desired.ts';
import { daysAfter, utcDay } from '../time/days.ts';
import type { Finding } from './finding.ts';

/** Days before its end from which an exception is worth a note. */
const SOON = 14;

/**
 * Findings with the exceptions that cover them. An exception holds to the end (UTC) of the day that it names; from then on the finding is back and says so.
 * Of several that match, one that still holds wins, else the one that ended last. If one accepted another drift in the same place, the finding is open and
 * says so.
 */
export function applyExceptions(findings: readonly Finding[], exceptions: readonly Exception[], at: Date): readonly Finding[] {
  const today = utcDay(at);
  const ids = idsOf(findings);
  return findings.map((finding) => {
    const latest = exceptions.filter((exception) => covers(exception, finding)).sort((a, b) => b.expires.localeCompare(a.expires))[0];
    if (latest === undefined) {
      const outgrown = exceptions.find((exception) => exception.expires >= today && isOutgrown(exception, finding, ids));
      return outgrown === undefined ? finding : { ...finding, message: `${finding.message} ${outgrownText(outgrown)}` };
    }
    const { owner, reason, expires } = latest;
    const expired = expires < today;
    const message = expired ? `${finding.message} Its exception expired on ${expires}.` : finding.message;
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
  const ids = idsOf(findings);
  return exceptions.flatMap((exception) => {
    const { location, rule, expires } = exception;
    const where = `The exception for ${rule} in line ${location.line}`;
    const matches = findings.some((finding) => covers(exception, finding));
    if (!matches && findings.some((finding) => isOutgrown(exception, finding, ids))) {
      return [`${where} accepted a finding that has since changed. Remove the exception, or accept the current finding by its id.`];
    }
    if (!matches) return complete ? [`${where} no longer matches a finding. Remove it.`] : [];
    return expires >= today && expires <= soon ? [`${where} expires after ${expires}.`] : [];
  });
}

/** The exceptions that end soon, and those that have ended, by the file alone. */
export function exceptionEnds(exceptions: readonly Exception[], at: Date): readonly string[] {
  const soon = utcDay(daysAfter(at, SOON));
  const today = utcDay(at);
  return exceptions.flatMap(({ location, rule, expires }) => {
    const where = `The exception for ${rule} in line ${location.line}`;
    if (expires < today) return [`${where} expired on ${expires} and no longer applies. Extend it or remove it.`];
    return expires <= soon ? [`${where} expires after ${expires}.`] : [];
  });
}

/** Whether an exception that still holds accepts this, before it is known which finding it is. */
export function isAccepted(exceptions: readonly Exception[], what: Covered, at: Date): boolean {
  const today = utcDay(at);
  return exceptions.some((exception) => exception.expires >= today && coversPlace(exception, what, nameOf(what.resource)));
}

type Covered = Pick<Finding, 'rule' | 'account' | 'resource'>;

function covers(exception: Exception, finding: Finding): boolean {
  return coversPlace(exception, finding, roleNameOf(finding)) && (exception.finding === undefined || exception.finding === finding.id);
}

/** Whether it is about this rule there, whatever it accepted. @param roleName `undefined`: not of a role */
function coversPlace({ rule, account, resource, roleName }: Exception, finding: Covered, name: string | undefined): boolean {
  return (
    rule === finding.rule &&
    (account === undefined || account === finding.account) &&
    (resource === undefined || resource === finding.resource) &&
    (roleName === undefined || (name !== undefined && sameName(roleName, name)))
  );
}

/** The name of the target's role that the finding is about. */
function roleNameOf({ difference }: Finding): string | undefined {
  if ('target' in difference) return difference.target.roleName;
  return 'of' in difference && difference.of.kind === 'Role' ? difference.of.name : undefined;
}

function idsOf(findings: readonly Finding[]): ReadonlySet<string> {
  return new Set(findings.map(({ id }) => id));
}

/** Whether the exception accepted another drift in the place of this one, which is there no longer. */
function isOutgrown(exception: Exception, finding: Finding, ids: ReadonlySet<string>): boolean {
  const { finding: accepted, account, resource } = exception;
  if (accepted === undefined || (account ?? resource) === undefined || ids.has(accepted)) return false;
  return coversPlace(exception, finding, roleNameOf(finding));
}

/** Without the finding's id: it is a digest from which an account could be found where accounts are masked. */
function outgrownText({ location }: Exception): string {
  return `The exception in line ${location.line} does not apply: the drift has changed since it was accepted.`;
}
