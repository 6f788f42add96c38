import { targetOf } from '../report/model/accounts.ts';
import { isClean } from '../report/model/completeness.ts';
import { compareWithMemory } from '../report/model/issue-diff.ts';
import { readMemory } from '../report/model/memory.ts';
import { isOpen } from '../report/model/order.ts';
import type { Report, ReportFinding } from '../report/model/schema.ts';
import { renderClosingComment, renderIssueBody, renderReopeningComment } from '../report/outputs/issue.ts';
import { renderIssueComment } from '../report/outputs/issue-comment.ts';
import type { PageOptions } from '../report/outputs/page-limits.ts';
import type { KnownIssue } from './find-issue.ts';
import { sameText } from './same-text.ts';

/** What to do with the hub's issue. */
export type IssuePlan = { readonly kind: 'nothing'; readonly issue: KnownIssue | undefined } | CreatePlan | ChangePlan;

export interface CreatePlan {
  readonly kind: 'create';
  readonly body: string;
  readonly comment: string | undefined;
}

export interface ChangePlan {
  readonly kind: 'update' | 'reopen' | 'close';
  readonly issue: KnownIssue;
  readonly body: string;
  /** `undefined`: nothing changed that a comment would report. */
  readonly comment: string | undefined;
}

/**
 * @param known the hub's issue as it is now
 * @param report already masked where account ids must not appear
 */
export function planIssue(known: KnownIssue | undefined, report: Report, options: PageOptions): IssuePlan {
  // The run ended at the file, or only checked it: it compared nothing.
  if (report.summary.expected === 0) return { kind: 'nothing', issue: undefined };
  if (known === undefined) return isClean(report) ? { kind: 'nothing', issue: undefined } : planNew(report, options);
  return isClean(report) ? planClean(known, report, options) : planDrift(known, report, options);
}

export interface IssueNews {
  readonly found: number;
  readonly gone: number;
}

/**
 * How many findings are new, and how many gone, against what the issue remembers. Without an issue, and after a closed one, everything is new. `undefined`:
 * nothing was compared, or there were too many to remember which.
 */
export function issueNews(known: KnownIssue | undefined, report: Report): IssueNews | undefined {
  if (report.summary.expected === 0) return undefined;
  const memory = known?.state === 'open' ? readMemory(known.body) : undefined;
  const { new: found, gone, recount } = compareWithMemory(report, memory);
  return recount === null ? { found: found.length, gone: gone.length } : undefined;
}

/** The body of a new issue lists everything but mentions nobody. A comment mentions the owners, as it does for later findings. */
function planNew(report: Report, options: PageOptions): IssuePlan {
  const comment = hasOwners(report) ? renderIssueComment(compareWithMemory(report, undefined), options) : undefined;
  return { kind: 'create', body: renderIssueBody(report, undefined, options), comment };
}

function planClean(known: KnownIssue, report: Report, options: PageOptions): IssuePlan {
  if (known.state === 'closed') return { kind: 'nothing', issue: undefined };
  const body = renderIssueBody(report, readMemory(known.body), options);
  return { kind: 'close', issue: known, body, comment: renderClosingComment(report) };
}

function planDrift(known: KnownIssue, report: Report, options: PageOptions): IssuePlan {
  const memory = readMemory(known.body);
  const body = renderIssueBody(report, memory, options);
  const comment = renderIssueComment(compareWithMemory(report, memory), options);
  if (known.state === 'closed') return { kind: 'reopen', issue: known, body, comment: comment ?? renderReopeningComment(report) };
  if (comment === undefined && sameText(withoutRun(body), withoutRun(known.body))) return { kind: 'nothing', issue: known };
  return { kind: 'update', issue: known, body, comment };
}

function hasOwners(report: Report): boolean {
  const isOwned = (finding: ReportFinding) => (targetOf(finding, report)?.owner ?? null) !== null;
  return report.findings.some((finding) => isOpen(finding) && (isOwned(finding) || finding.exception?.expired === true));
}

/** The run that wrote a body and its commit do not count, or every night would edit the issue. */
function withoutRun(body: string): string {
  return body.replace(/\/actions\/runs\/\d+|\/blob\/[\da-f]{40}/g, '');
}
