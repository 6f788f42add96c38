import { isExcepted } from '../../drift/exceptions.ts';
import { plural } from '../../text/plural.ts';
import { capital } from '../../text/visible.ts';
import { accessCounts } from '../model/access-texts.ts';
import { isIncomplete, organizationErrors, readErrors } from '../model/completeness.ts';
import { isOpen } from '../model/order.ts';
import { reachOf, reachText } from '../model/reach.ts';
import type { Report, ReportFinding } from '../model/schema.ts';
import { subjectOf } from '../model/subject.ts';

/** The outcome of a run. None of its texts comes from outside. */
export interface ReportVerdict {
  readonly emoji: '✅' | '⚠️' | '❌';
  /** What matters most, without full stop. */
  readonly lead: string;
  /** Whole sentences. */
  readonly rest: readonly string[];
}

/**
 * The outcome in one line of Markdown, for somebody who has never seen the tool: how many targets can be reached, what was found, how many accounts were
 * read. It never says that there is no drift when anything was not read.
 */
export function renderHeadline(report: Report): string {
  const { emoji, lead, rest } = reportVerdict(report);
  return [`${emoji} **${lead}.**`, ...rest].join(' ');
}

/** The same as plain text without the emoji. */
export function headlineText(report: Report): string {
  const { lead, rest } = reportVerdict(report);
  return [`${lead}.`, ...rest].join(' ');
}

/** The same in its parts, for a page that sets them apart. */
export function reportVerdict(report: Report): ReportVerdict {
  const { emoji, lead, rest } = outcome(report);
  return { emoji, lead, rest: [...rest, ...asides(report)] };
}

function outcome(report: Report): ReportVerdict {
  const { expected, observed } = report.summary;
  const open = report.findings.filter(isOpen);
  const read = `${observed.toLocaleString('en-US')} of ${plural(expected, 'account')} read`;
  if (expected === 0) return checked(report, open);
  const reach = reachOf(report);
  const targets = reach.all === 0 ? [] : [`${capital(reachText(reach))}.`];
  const lockedOut = reach.broken > 0 ? reachText(reach) : undefined;
  if (isIncomplete(report)) {
    if (observed === 0 && open.length === 0 && reach.works + reach.broken === 0) {
      return { emoji: '⚠️', lead: `Nothing could be read: ${read}`, rest: ['It is unknown whether anything has drifted.'] };
    }
    const rest = open.length > 0 ? `Found so far: ${driftText(open)}.` : 'No drift in what was read. The rest is unknown.';
    const incomplete = `Incomplete: ${read}`;
    return lockedOut === undefined
      ? { emoji: '⚠️', lead: incomplete, rest: [`${capital(unread(report))}.`, ...targets, rest] }
      : { emoji: '❌', lead: capital(lockedOut), rest: [`${incomplete}, ${unread(report)}.`, rest] };
  }
  if (open.length > 0) {
    const drift = `Drift: ${driftText(open)}`;
    return lockedOut === undefined
      ? { emoji: '❌', lead: drift, rest: [...targets, `${read}.`] }
      : { emoji: '❌', lead: capital(lockedOut), rest: [`${drift}.`, `${read}.`] };
  }
  if (lockedOut !== undefined) {
    const drift = report.findings.some(isExcepted) ? 'No drift other than accepted findings.' : 'No drift in what was compared.';
    return { emoji: '⚠️', lead: capital(lockedOut), rest: [drift, `${read}.`] };
  }
  return { emoji: '✅', lead: 'No drift in what was compared', rest: [...targets, `${read}.`] };
}

function driftText(open: readonly ReportFinding[]): string {
  const accounts = new Set(open.map(subjectOf)).size;
  return `${plural(open.length, 'finding')} in ${plural(accounts, 'account')} (${accessCounts(open)})`;
}

function unread(report: Report): string {
  const { summary } = report;
  const missing = Math.max(summary.unreadable, summary.expected - summary.observed);
  if (missing === 0 && organizationErrors(report).length > 0) return 'the organization could not be read';
  return missing > 0
    ? `${missing.toLocaleString('en-US')} could not be read`
    : `${plural(readErrors(report).length, 'error')} while reading`;
}

/** The run read the file only: in mode validate, without credentials, or because the file is invalid. */
function checked(report: Report, open: readonly ReportFinding[]): ReportVerdict {
  const problems = open.length + report.errors.length;
  const rest = ['AWS was not read.'];
  return problems === 0
    ? { emoji: '✅', lead: 'The desired-state file is valid', rest }
    : { emoji: '❌', lead: `The desired-state file has ${plural(problems, 'problem')}`, rest };
}

function asides({ run, findings, summary, changes }: Report): string[] {
  const excepted = findings.filter(isExcepted).length;
  const expired = findings.filter((finding) => isOpen(finding) && finding.exception?.expired === true).length;
  const failed = findings.filter((finding) => finding.fix.status === 'failed' || finding.fix.status === 'refused').length;
  const undone = run.mode === 'rollback' ? changes.filter(({ outcome: made }) => made === 'verified').length : 0;
  return [
    undone > 0 ? `${plural(undone, 'change')} undone and verified.` : '',
    summary.fixed > 0 ? `${plural(summary.fixed, 'finding')} repaired and verified.` : '',
    failed > 0 ? `${plural(failed, 'repair')} failed or refused.` : '',
    excepted > 0 ? `${plural(excepted, 'finding')} accepted by an exception.` : '',
    expired > 0 ? `${plural(expired, 'exception')} expired.` : '',
  ].filter((aside) => aside !== '');
}
