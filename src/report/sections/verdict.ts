import type { Access } from '../../drift/finding.ts';
import { ACCESS_ORDER, isExcepted, isOpen } from '../model/order.ts';
import type { Report, ReportFinding } from '../model/schema.ts';

/** What an access is called wherever people read it. */
export const ACCESS_TEXTS: Readonly<Record<Access, { readonly emoji: string; readonly meaning: string }>> = {
  widened: { emoji: '🔴', meaning: 'more is allowed than agreed' },
  changed: { emoji: '🟠', meaning: 'something else is allowed than agreed, or it cannot be decided' },
  narrowed: { emoji: '🟡', meaning: 'less is allowed than agreed' },
  none: { emoji: '⚪', meaning: 'nobody’s access differs' },
};

/**
 * The outcome in one line of Markdown, for somebody who has never seen the tool: what was found, and how many accounts were read.
 * Nothing of it comes from outside. Never says that there is no drift when anything was not read.
 */
export function verdict(report: Report): string {
  return [headline(report), ...asides(report)].join(' ');
}

/** Whether something that had to be read was not. */
export function isIncomplete({ summary, hub, errors }: Report): boolean {
  return summary.unreadable > 0 || summary.observed < summary.expected || hub.status === 'unreadable' || errors.length > 0;
}

/** `3 accounts`, `1 account`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
}

/** `1 widened, 2 narrowed`: how many findings of which access, worst first; empty for none. */
export function kinds(findings: readonly ReportFinding[]): string {
  return ACCESS_ORDER.map((access) => ({ access, number: findings.filter((finding) => finding.access === access).length }))
    .filter(({ number }) => number > 0)
    .map(({ access, number }) => `${number} ${access === 'none' ? 'without effect on access' : access}`)
    .join(', ');
}

function headline(report: Report): string {
  const { expected, observed } = report.summary;
  const open = report.findings.filter(isOpen);
  const read = `${observed} of ${count(expected, 'account')} read`;
  if (expected === 0) return checked(report, open);
  const drift = `${count(open.length, 'finding')} in ${count(new Set(open.map((finding) => finding.account)).size, 'account')} (${kinds(open)})`;
  if (isIncomplete(report)) {
    const rest = open.length > 0 ? `So far ${drift}.` : 'Nothing differs in what was read, but that is not all.';
    return `⚠️ **Incomplete: ${read}**, ${unread(report)}. ${rest}`;
  }
  if (open.length > 0) return `❌ **Drift: ${drift}.** ${read}.`;
  return `✅ **No drift: live access is as the desired-state file says.** ${read}.`;
}

function unread({ summary, errors }: Report): string {
  const missing = Math.max(summary.unreadable, summary.expected - summary.observed);
  return missing > 0 ? `${missing} could not be read` : `${count(errors.length, 'error')} on the way`;
}

/** The file alone was looked at: in mode validate, without credentials, or because it is wrong. */
function checked(report: Report, open: readonly ReportFinding[]): string {
  const problems = open.length + report.errors.length;
  return problems === 0
    ? '✅ **The desired-state file is valid.** AWS was not read.'
    : `❌ **The desired-state file has ${count(problems, 'problem')}.** AWS was not read.`;
}

function asides({ run, findings, summary, changes }: Report): string[] {
  const excepted = findings.filter(isExcepted).length;
  const expired = findings.filter((finding) => isOpen(finding) && finding.exception?.expired === true).length;
  const failed = findings.filter((finding) => finding.fix.status === 'failed' || finding.fix.status === 'refused').length;
  const undone = run.mode === 'rollback' ? changes.filter(({ outcome }) => outcome === 'verified').length : 0;
  return [
    undone > 0 ? `${count(undone, 'change')} taken back and seen to be.` : '',
    summary.fixed > 0 ? `${count(summary.fixed, 'finding')} repaired and seen to be.` : '',
    failed > 0 ? `${count(failed, 'repair')} failed or refused.` : '',
    excepted > 0 ? `${count(excepted, 'finding')} accepted by an exception.` : '',
    expired > 0 ? `${count(expired, 'exception')} ran out.` : '',
  ].filter((aside) => aside !== '');
}
