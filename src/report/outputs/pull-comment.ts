import { isIncomplete } from '../model/completeness.ts';
import { isOpen } from '../model/order.ts';
import type { Report } from '../model/schema.ts';
import { fitPage } from '../sections/page.ts';
import { commitText, pullHead, pullSections, readText } from '../sections/pull-request.ts';
import { urgentPart } from '../sections/urgent.ts';
import { type CommentStamp, pullMarker, stampLine } from './markers.ts';
import { BODY_LIMIT, type PageOptions } from './page-limits.ts';

export interface PullCommentOptions extends PageOptions {
  readonly stamp: CommentStamp;
}

/**
 * The comment of a pull request: hidden marker, what is urgent, the access that the change requests, what it causes and resolves, what has drifted already, what a repair
 * run would do. At most 65,536 characters. It mentions nobody.
 *
 * @param report of a run for a pull request, already masked where account ids must not appear
 */
export function renderPullComment(report: Report, { stamp, ...options }: PullCommentOptions): string {
  const hidden = `${pullMarker(report.run.desiredState.path)}\n${stampLine(stamp)}\n`;
  if (isQuiet(report)) return `${hidden}${QUIET} ${readText(report)} ${commitText(report)}\n`;
  const head = (leftOut: number) =>
    `${hidden}${urgentPart(report)}## What this change to AWS access would do\n\n${pullHead(report, options, leftOut)}`;
  return fitPage(head, pullSections(report, options), options.limit ?? BODY_LIMIT);
}

const QUIET = '✅ **This change requests no other access and causes no drift.**';

/** The change requests no access, and there is neither drift nor an error. Notes are only in the job summary then. */
function isQuiet(report: Report): boolean {
  const { proposal, summary } = report;
  if (proposal?.asked?.length !== 0 || report.findings.some(isOpen) || (proposal.live?.resolves.length ?? 0) > 0) return false;
  return summary.expected === 0 ? report.errors.length === 0 : !isIncomplete(report);
}
