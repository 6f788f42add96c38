import { unreadAccounts } from './accounts.ts';
import { isIncomplete, readErrors } from './completeness.ts';
import { isMaskedAccount, lastDigits } from './masked-account.ts';
import { type IssueMemory, memoryOf, type RememberedFinding } from './memory.ts';
import { isOpen, worstFirst } from './order.ts';
import type { Report, ReportFinding } from './schema.ts';
import { isAboutAccount } from './subject.ts';

/** How the open findings differ from those that the issue remembers. */
export interface IssueDiff {
  readonly report: Report;
  /** Worst first. */
  readonly new: readonly ReportFinding[];
  readonly gone: readonly GoneFinding[];
  /** Remembered findings that this run could not check, because it could not read what they are about. They still count as found. */
  readonly standing: readonly RememberedFinding[];
  /** Set when the findings changed, but were too many for the issue to remember each of them. */
  readonly recount: { readonly before: number; readonly now: number } | null;
}

export interface GoneFinding extends RememberedFinding {
  readonly why: 'gone' | 'accepted' | 'repaired';
}

/**
 * Compares a report with the memory of the issue. Without a memory every finding is new.
 *
 * @param report masked if the memory is of a masked report, and only then; otherwise all ids differ, and every finding is new
 */
export function compareWithMemory(report: Report, memory: IssueMemory | undefined): IssueDiff {
  const open = worstFirst(report, isOpen);
  if (memory === undefined) return { report, new: open, gone: [], standing: [], recount: null };
  if (memory.findings.length < memory.total) return recounted(report, open, memory);

  const before = new Set(memory.findings.map(({ id }) => id));
  const now = new Set(open.map(({ id }) => id));
  const isUnseen = unseen(report);
  const missing = memory.findings.filter(({ id }) => !now.has(id));
  const settled = new Map(report.findings.filter((finding) => !isOpen(finding)).map((finding) => [finding.id, finding]));
  // A finding that is in the report and settled was seen, even where other parts of its account were not.
  const stands = (entry: RememberedFinding): boolean => !settled.has(entry.id) && isUnseen(entry);
  // Masking gives every finding a new id: then a missing id does not mean that the finding is gone.
  const sameIds = memory.findings.every(
    ({ account }) => account === '' || isMaskedAccount(account) === isMaskedAccount(report.hub.account),
  );
  return {
    report,
    new: open.filter(({ id }) => !before.has(id)),
    gone: sameIds ? missing.filter((entry) => !stands(entry)).map((entry) => ({ ...entry, why: reason(settled.get(entry.id)) })) : [],
    standing: missing.filter(stands),
    recount: null,
  };
}

/** What the issue has to remember after this run: the open findings, and those that still stand. */
export function nextMemory(report: Report, previous: IssueMemory | undefined): IssueMemory {
  const { standing } = compareWithMemory(report, previous);
  // Too many to tell apart, and not everything was read: the earlier memory is still the best there is.
  if (previous !== undefined && previous.findings.length < previous.total && isIncomplete(report)) return previous;
  return memoryOf([...remembered(report.findings.filter(isOpen)), ...standing]);
}

function remembered(findings: readonly ReportFinding[]): RememberedFinding[] {
  return findings.map(({ id, account, rule, message }) => ({ id, account, rule, message }));
}

function recounted(report: Report, open: readonly ReportFinding[], memory: IssueMemory): IssueDiff {
  const now = memoryOf(remembered(open));
  const changed = now.digest !== memory.digest && !isIncomplete(report);
  return { report, new: [], gone: [], standing: [], recount: changed ? { before: memory.total, now: now.total } : null };
}

function reason(finding: ReportFinding | undefined): GoneFinding['why'] {
  if (finding === undefined) return 'gone';
  return finding.fix.status === 'verified' ? 'repaired' : 'accepted';
}

/** Whether the run could not have seen a finding that it did not report. */
function unseen(report: Report): (entry: RememberedFinding) => boolean {
  const accounts = [report.hub, ...report.targets];
  const unread = unreadAccounts(report);
  const isBlind = among([...unread, ...readErrors(report).map(({ account }) => account)]);
  const isGrantUnknown = among(report.targets.filter(({ checks }) => checks.grant === 'unknown').map(({ account }) => account));
  const isKnown = among(accounts.map(({ account }) => account));
  const someUnnamed = report.summary.unreadable > unread.length || report.summary.observed + unread.length < report.summary.expected;
  const hubBlind = isBlind(report.hub.account);
  const isOrganizationUnread = report.notCompared.some(({ what }) => what === 'organization');
  return ({ account, rule }) => {
    if (account === '') return isIncomplete(report);
    if (isAboutAccount({ rule })) return isOrganizationUnread || hubBlind;
    // Grants are read in the hub, whichever account they are for.
    if (rule.startsWith('grant-') && (hubBlind || isGrantUnknown(account))) return true;
    return isBlind(account) || (someUnnamed && !isKnown(account));
  };
}

/** Whether an account is one of these. If one is masked and the other is not, their last four digits are compared. */
function among(accounts: readonly string[]): (account: string) => boolean {
  const whole = new Set(accounts);
  const ends = new Set(accounts.map(ending));
  const [masked = false] = accounts.map(isMaskedAccount);
  return (account) => (isMaskedAccount(account) === masked ? whole.has(account) : ends.has(ending(account)));
}

function ending(account: string): string {
  return lastDigits(account) ?? account;
}
