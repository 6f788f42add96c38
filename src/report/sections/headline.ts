import { isExcepted } from '../../drift/exceptions.ts';
import { plural } from '../../text/plural.ts';
import { accessCounts } from '../model/access-texts.ts';
import { isIncomplete } from '../model/completeness.ts';
import { isOpen } from '../model/order.ts';
import type { Report, ReportFinding } from '../model/schema.ts';

/**
 * The outcome in one line of Markdown, for somebody who has never seen the tool: what was found, and how many accounts were read.
 * It holds no text from outside. It never says that there is no drift when anything was not read.
 */
export function renderHeadline(report: Report): string {
  return [outcome(report), ...asides(report)].join(' ');
}

function outcome(report: Report): string {
  const { expected, observed } = report.summary;
  const open = report.findings.filter(isOpen);
  const read = `${observed} of ${plural(expected, 'account')} read`;
  if (expected === 0) return checked(report, open);
  const accounts = new Set(open.map((finding) => finding.account)).size;
  const drift = `${plural(open.length, 'finding')} in ${plural(accounts, 'account')} (${accessCounts(open)})`;
  if (isIncomplete(report)) {
    const rest = open.length > 0 ? `So far ${drift}.` : 'Nothing differs in what was read, but that is not all.';
    return `⚠️ **Incomplete: ${read}**, ${unread(report)}. ${rest}`;
  }
  if (open.length > 0) return `❌ **Drift: ${drift}.** ${read}.`;
  return `✅ **No drift: live access is as the desired-state file says.** ${read}.`;
}

function unread({ summary, errors }: Report): string {
  const missing = Math.max(summary.unreadable, summary.expected - summary.observed);
  return missing > 0 ? `${missing} could not be read` : `${plural(errors.length, 'error')} on the way`;
}

/** The run read the file only: in mode validate, without credentials, or because the file is invalid. */
function checked(report: Report, open: readonly ReportFinding[]): string {
  const problems = open.length + report.errors.length;
  return problems === 0
    ? '✅ **The desired-state file is valid.** AWS was not read.'
    : `❌ **The desired-state file has ${plural(problems, 'problem')}.** AWS was not read.`;
}

function asides({ run, findings, summary, changes }: Report): string[] {
  const excepted = findings.filter(isExcepted).length;
  const expired = findings.filter((finding) => isOpen(finding) && finding.exception?.expired === true).length;
  const failed = findings.filter((finding) => finding.fix.status === 'failed' || finding.fix.status === 'refused').length;
  const undone = run.mode === 'rollback' ? changes.filter(({ outcome: made }) => made === 'verified').length : 0;
  return [
    undone > 0 ? `${plural(undone, 'change')} taken back and seen to be.` : '',
    summary.fixed > 0 ? `${plural(summary.fixed, 'finding')} repaired and seen to be.` : '',
    failed > 0 ? `${plural(failed, 'repair')} failed or refused.` : '',
    excepted > 0 ? `${plural(excepted, 'finding')} accepted by an exception.` : '',
    expired > 0 ? `${plural(expired, 'exception')} ran out.` : '',
  ].filter((aside) => aside !== '');
}
