import type { Report } from '../model/schema.ts';
import { accountSections } from '../sections/accounts.ts';
import { changesSections } from '../sections/changes.ts';
import type { FindingBounds } from '../sections/finding-details.ts';
import { exceptedSection, findingSections, repairedSection } from '../sections/finding-lists.ts';
import { notesSection } from '../sections/notes.ts';
import { fitPage } from '../sections/page.ts';
import { pageHead } from '../sections/page-head.ts';
import { planSection } from '../sections/plan.ts';
import { pullHead, pullSections } from '../sections/pull-request.ts';
import { PULL_RANKS, REPORT_RANKS } from '../sections/ranks.ts';
import { unreadSection } from '../sections/unread.ts';
import { urgentPart } from '../sections/urgent.ts';
import { type PageOptions, SUMMARY_LIMIT } from './page-limits.ts';

const BOUNDS: FindingBounds = { diff: { lines: 120, lineLength: 300 }, explanation: 12, accounts: 200, commands: 10, text: 1_000 };

/** Findings with all their details; a line each for the others. The report has them all. */
const MOST_DETAILED = 50;

/**
 * The job summary in GitHub-flavoured Markdown, at most `limit` bytes: what is urgent, the headline in one line, then the accounts, then the findings, worst first.
 *
 * @param report already masked where account ids must not appear
 */
export function renderSummary(report: Report, options: PageOptions = {}): string {
  if (report.proposal !== null) return renderPullSummary(report, options);
  const sections = [
    unreadSection(report, REPORT_RANKS.unread),
    ...(report.summary.expected === 0 ? [] : accountSections(report, REPORT_RANKS)),
    ...findingSections(report, options, BOUNDS, MOST_DETAILED),
    ...(mayWrite(report) ? changesSections(report, REPORT_RANKS) : [planSection(report, REPORT_RANKS.plan)]),
    repairedSection(report),
    exceptedSection(report),
    notesSection(report, REPORT_RANKS.notes),
  ];
  return fitPage((leftOut) => pageHead(report, options, leftOut), sections, options.limit ?? SUMMARY_LIMIT);
}

/** For a pull request: the same as in its comment, then the accounts. */
function renderPullSummary(report: Report, options: PageOptions): string {
  const sections = [
    ...pullSections(report, options),
    ...(report.summary.expected === 0 ? [] : accountSections(report, PULL_RANKS)),
    exceptedSection(report),
  ];
  return fitPage((leftOut) => urgentPart(report) + pullHead(report, options, leftOut), sections, options.limit ?? SUMMARY_LIMIT);
}

/** A run that may write shows what it did instead of what could be done. */
function mayWrite({ run }: Report): boolean {
  return run.fix || run.mode === 'rollback';
}
