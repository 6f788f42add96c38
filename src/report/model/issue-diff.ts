import { isIncomplete } from '../sections/verdict.ts';
import { type IssueMemory, memoryOf, type Remembered } from './memory.ts';
import { isOpen, worstFirst } from './order.ts';
import type { Report, ReportFinding } from './schema.ts';

/** How the open findings differ from those that the issue remembers. */
export interface News {
  readonly report: Report;
  /** Worst first. */
  readonly new: readonly ReportFinding[];
  readonly gone: readonly Gone[];
  /** Not seen in this run, because something that tells of them could not be read. They still count as found. */
  readonly standing: readonly Remembered[];
  /** Set when the findings changed, but were too many to remember which there were. */
  readonly recount: { readonly before: number; readonly now: number } | null;
}

export interface Gone extends Remembered {
  readonly why: 'gone' | 'accepted' | 'repaired';
}

/**
 * Compares a report with the memory of the issue. Without a memory all is new.
 *
 * @param report masked just as the one was that the memory comes from; else all ids differ, and all is new
 */
export function compareWithMemory(report: Report, memory: IssueMemory | undefined): News {
  const open = worstFirst(report.findings.filter(isOpen), report.hub.account);
  if (memory === undefined) return { report, new: open, gone: [], standing: [], recount: null };
  if (memory.findings.length < memory.total) return recounted(report, open, memory);

  const before = new Set(memory.findings.map(({ id }) => id));
  const now = new Set(open.map(({ id }) => id));
  const isUnseen = unseen(report);
  const missing = memory.findings.filter(({ id }) => !now.has(id));
  const settled = new Map(report.findings.filter((finding) => !isOpen(finding)).map((finding) => [finding.id, finding]));
  // A finding that is there and settled was seen, whatever else of its account was not.
  const stands = (entry: Remembered): boolean => !settled.has(entry.id) && isUnseen(entry);
  // Masking gives new ids to all findings: then nothing can be said to be gone.
  const sameIds = memory.findings.every(({ account }) => account === '' || isMaskedId(account) === isMaskedId(report.hub.account));
  return {
    report,
    new: open.filter(({ id }) => !before.has(id)),
    gone: sameIds ? missing.filter((entry) => !stands(entry)).map((entry) => ({ ...entry, why: reason(settled.get(entry.id)) })) : [],
    standing: missing.filter(stands),
    recount: null,
  };
}

/** What the issue has to remember after this run: what is open and what still stands. */
export function nextMemory(report: Report, previous: IssueMemory | undefined): IssueMemory {
  const { standing } = compareWithMemory(report, previous);
  // Too many to tell apart, and not all seen: nothing better is known than before.
  if (previous !== undefined && previous.findings.length < previous.total && isIncomplete(report)) return previous;
  return memoryOf([...remembered(report.findings.filter(isOpen)), ...standing]);
}

function remembered(findings: readonly ReportFinding[]): Remembered[] {
  return findings.map(({ id, account, rule, message }) => ({ id, account, rule, message }));
}

function recounted(report: Report, open: readonly ReportFinding[], memory: IssueMemory): News {
  const now = memoryOf(remembered(open));
  const changed = now.digest !== memory.digest && !isIncomplete(report);
  return { report, new: [], gone: [], standing: [], recount: changed ? { before: memory.total, now: now.total } : null };
}

function reason(finding: ReportFinding | undefined): Gone['why'] {
  if (finding === undefined) return 'gone';
  return finding.fix.status === 'verified' ? 'repaired' : 'accepted';
}

/** Whether the run could not have seen a finding that it did not report. */
function unseen(report: Report): (entry: Remembered) => boolean {
  const accounts = [report.hub, ...report.targets];
  const unread = accounts.filter(({ status }) => status === 'unreadable').map(({ account }) => account);
  const isBlind = among([...unread, ...report.errors.map(({ account }) => account)]);
  const isGrantUnknown = among(report.targets.filter(({ checks }) => checks.grant === 'unknown').map(({ account }) => account));
  const isKnown = among(accounts.map(({ account }) => account));
  const someUnnamed = report.summary.unreadable > unread.length || report.summary.observed + unread.length < report.summary.expected;
  const hubBlind = isBlind(report.hub.account);
  return ({ account, rule }) => {
    if (account === '') return isIncomplete(report);
    // The hub's reading tells of the grants, whichever account they are for.
    if (rule.startsWith('grant-') && (hubBlind || isGrantUnknown(account))) return true;
    return isBlind(account) || (someUnnamed && !isKnown(account));
  };
}

/** Whether an account is one of these. Where one is masked and the other is not, the last four digits have to do. */
function among(accounts: readonly string[]): (account: string) => boolean {
  const whole = new Set(accounts);
  const ends = new Set(accounts.map(ending));
  const [masked = false] = accounts.map(isMaskedId);
  return (account) => (isMaskedId(account) === masked ? whole.has(account) : ends.has(ending(account)));
}

function isMaskedId(account: string): boolean {
  return account.startsWith('…');
}

function ending(account: string): string {
  return /(\d{4})(?:·\d+)?$/.exec(account)?.[1] ?? account;
}
