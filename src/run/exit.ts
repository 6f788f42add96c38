import { isEndedCode } from '../aws/reading-ended.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { organizationErrors } from '../report/model/completeness.ts';
import { isOpen } from '../report/model/order.ts';
import { reachOf, reachText } from '../report/model/reach.ts';
import type { Report } from '../report/model/schema.ts';
import { isUrgent, RULES } from '../state/rules.ts';
import { plural } from '../text/plural.ts';
import { capital } from '../text/visible.ts';
import type { Ending } from '../time/deadline.ts';

/** Whether the step fails, and what is worth a warning though it does not. One sentence each. */
export interface Exit {
  readonly failures: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * The step fails in a run that was cancelled, for drift that `fail-on` names, for what is urgent unless that is `never`, and for whatever could not be read. Of a proposal, drift is what
 * the file's change is about to mend or to make, so there only a wrong file or an unreadable hub fails.
 */
export function exitOf(report: Report, failOn: Inputs['failOn'], ending?: Ending): Exit {
  const { failures, warnings } = exitOfReport(report, failOn, ending?.by === 'time-limit' ? timeLimitText(report, ending) : []);
  return { failures: [...cancelledText(report, ending), ...failures], warnings };
}

/** @param timeLimit what the time limit kept the run from */
function exitOfReport(report: Report, failOn: Inputs['failOn'], timeLimit: readonly string[]): Exit {
  const unreadable = [...timeLimit, ...unreadableText(report), ...organizationText(report)];
  const quota = report.findings
    .filter(({ rule, exception }) => rule === 'quota-exceeded' && exception?.expired !== false)
    .map(({ message }) => message);
  if (report.run.mode === 'validate') return { failures: quota, warnings: proposalWarnings(report) };
  if (report.run.proposal) {
    const hub = report.hub.status === 'unreadable' && report.summary.expected > 0;
    return { failures: hub ? [...quota, ...unreadable] : quota, warnings: [...(hub ? [] : unreadable), ...proposalWarnings(report)] };
  }
  return {
    failures: [
      ...urgentText(report, failOn),
      ...lockedOutText(report, failOn),
      ...unreadable,
      ...writingText(report),
      ...driftText(report.summary, failOn),
    ],
    warnings: [],
  };
}

/** Somebody cancelled the run: that fails the step, whatever was found. */
export function cancelledText(report: Report, ending?: Ending): string[] {
  if (ending?.by !== 'cancelled') return [];
  const unread = unreadByEnd(report);
  return [unread.length === 0 ? 'The run was cancelled.' : `The run was cancelled; ${notReadText(unread)}.`];
}

function timeLimitText(report: Report, { minutes }: { readonly minutes: number }): string[] {
  const unread = unreadByEnd(report);
  return unread.length === 0 ? [] : [`The time limit of ${minutes} min (input time-limit) was reached; ${notReadText(unread)}.`];
}

/** The accounts of which not everything was read because reading had to end. */
function unreadByEnd({ hub, targets }: Report): string[] {
  const isByEnd = ({ error }: Report['hub'] | Report['targets'][number]) => isEndedCode(error?.code ?? '');
  const unread = [hub, ...targets].filter((part) => isByEnd(part) || (isByEnd(hub) && part.status === 'unreadable'));
  return [...new Set(unread.map(({ account }) => account))];
}

const MOST_NAMES = 3;

function notReadText(accounts: readonly string[]): string {
  const more = accounts.length - MOST_NAMES;
  const names = `${accounts.slice(0, MOST_NAMES).join(', ')}${more > 0 ? ` and ${more.toLocaleString('en-US')} more` : ''}`;
  return `${plural(accounts.length, 'account')} ${accounts.length === 1 ? 'was' : 'were'} not read completely: ${names}`;
}

/** What a run was to write and did not, or was not seen to have written. */
function writingText({ run, plan, findings, changes, notMade }: Report): string[] {
  if (!run.fix && run.mode !== 'rollback') return [];
  if (plan?.refusal) return [`Nothing was written. ${plan.refusal}`];
  const failed = changes.filter(({ outcome }) => outcome === 'failed').length;
  const unseen = changes.filter(({ outcome }) => outcome === 'unverified').length;
  const refused = findings.filter(({ fix }) => fix.status === 'refused').length;
  const remaining = findings.filter(({ fix }) => fix.status === 'applied').length;
  return [
    ...(failed > 0 ? [`${calls(failed)} to AWS failed.`] : []),
    ...(unseen > 0 ? [`${calls(unseen)} could not be verified.`] : []),
    ...(notMade.length > 0 ? [`${calls(notMade.length)} ${notMade.length === 1 ? 'was' : 'were'} not attempted.`] : []),
    ...(remaining > 0 && unseen === 0
      ? [`${remaining === 1 ? '1 finding is' : `${remaining} findings are`} still open after the repair.`]
      : []),
    ...(refused > 0 && notMade.length === 0 ? [`The repair of ${refused === 1 ? '1 finding' : `${refused} findings`} was refused.`] : []),
  ];
}

function calls(count: number): string {
  return count === 1 ? '1 call' : `${count} calls`;
}

/** What goes wrong after the merge, or could not be judged before it. */
function proposalWarnings({ proposal, plan }: Report): string[] {
  const refused = plan?.refusal ? [`A repair run would be refused after the merge: ${plan.refusal}`] : [];
  return proposal === null || proposal.base.reason === '' ? refused : [proposal.base.reason, ...refused];
}

function unreadableText({ summary: { unreadable, expected } }: Report): string[] {
  if (unreadable === 0) return [];
  return [`${unreadable} of ${expected} accounts could not be read completely.`];
}

function organizationText(report: Report): string[] {
  return organizationErrors(report).length === 0
    ? []
    : ['The organization could not be read completely. Not all of its accounts were compared with the targets.'];
}

function urgentText({ findings }: Report, failOn: Inputs['failOn']): string[] {
  if (failOn === 'never') return [];
  return findings.filter((finding) => isUrgent(finding.rule) && isOpen(finding)).map(({ rule }) => `${RULES[rule].title}.`);
}

/** Whoever reads the failed step first should see an outage as one. */
function lockedOutText(report: Report, failOn: Inputs['failOn']): string[] {
  const reach = reachOf(report);
  return failOn === 'drift' && reach.broken > 0 && report.findings.some(isOpen) ? [`${capital(reachText(reach))}.`] : [];
}

function driftText({ widened, changed, narrowed, none }: Report['summary'], failOn: Inputs['failOn']): string[] {
  const counts = { never: 0, widened: widened + changed, drift: widened + changed + narrowed + none };
  const count = counts[failOn];
  if (count === 0) return [];
  const kinds = [
    `${widened} widened`,
    `${changed} changed`,
    ...(failOn === 'drift' ? [`${narrowed} narrowed`, `${none} without effect on access`] : []),
  ];
  return [`${count === 1 ? '1 finding' : `${count} findings`} of drift: ${kinds.join(', ')}.`];
}
