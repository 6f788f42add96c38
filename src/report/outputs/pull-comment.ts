import { cut } from '../../text/visible.ts';
import { isOpen } from '../model/order.ts';
import type { Report, ReportFinding } from '../model/schema.ts';
import { fitPage, type Section } from '../sections/fit.ts';
import { liveSections } from '../sections/impact.ts';
import { reportPlace, type Whereabouts } from '../sections/links.ts';
import { code, plain } from '../sections/markdown.ts';
import { notesSection } from '../sections/notes.ts';
import { planSection } from '../sections/plan.ts';
import { askedSection, type ReportProposal } from '../sections/requested-access.ts';
import { unreadSection } from '../sections/unread.ts';
import { count, isIncomplete, kinds, verdict } from '../sections/verdict.ts';
import { ISSUE_LIMIT, type IssueOptions } from './issue-entry.ts';
import { pullMarker, type Told, toldLine } from './pull-marker.ts';

/** What is left out first has the highest number. */
const RANKS = { unread: 0, asked: 1, causes: 2, unsure: 6, resolves: 10, drifted: 11, plan: 15, notes: 16 } as const;

export interface PullCommentOptions extends IssueOptions {
  readonly told: Told;
}

/**
 * The comment of a pull request: hidden marker, what the change asks for, causes and resolves, what has drifted already, what a repair run would do. At most
 * 65,536 characters. Nobody is mentioned in it.
 *
 * @param report of a run for a pull request, masked already where it has to be
 */
export function renderPullComment(report: Report, { told, ...options }: PullCommentOptions): string {
  const hidden = `${pullMarker(report.run.desiredState.path)}\n${toldLine(told)}\n`;
  if (isQuiet(report)) return `${hidden}${QUIET} ${readText(report)} ${commitText(report)}\n`;
  const head = (leftOut: number) => `${hidden}## What this change to AWS access would do\n\n${pullHead(report, options, leftOut)}`;
  return fitPage(head, pullSections(report, options), options.limit ?? ISSUE_LIMIT);
}

const QUIET = '✅ **Nothing to say: this change asks for no other access, and it causes no drift.**';

/** Nothing is asked for, and there is neither drift nor an error. What is only worth a look is in the job summary. */
function isQuiet(report: Report): boolean {
  const { proposal, summary } = report;
  if (proposal?.asked?.length !== 0 || report.findings.some(isOpen) || (proposal.live?.resolves.length ?? 0) > 0) return false;
  return summary.expected === 0 ? report.errors.length === 0 : !isIncomplete(report);
}

/** All parts of the page but its head. */
export function pullSections(report: Report, where: Whereabouts): Section[] {
  const { proposal, plan } = report;
  return [
    unreadSection(report, RANKS.unread),
    ...(proposal?.asked ? [askedSection(report, proposal.asked, where, RANKS.asked)] : []),
    ...(proposal?.live ? liveSections(report, proposal.live, where, RANKS) : fileFindings(report, where)),
    ...(plan && plan.calls.length > 0 ? [planSection(report, RANKS.plan, '### What a repair run would do after the merge')] : []),
    notesSection(report, RANKS.notes),
  ];
}

/** What was found without AWS: quotas that the desired grants do not fit. */
function fileFindings(report: Report, where: Whereabouts): Section[] {
  const ids = report.findings.filter(isOpen).map(({ id }) => id);
  return liveSections(report, { causes: ids, unsure: [], resolves: [], drifted: [] }, where, RANKS);
}

/** The outcome in some lines. All numbers are of the whole, however much of it is shown. */
export function pullHead(report: Report, where: Whereabouts, leftOut: number): string {
  const more =
    leftOut === 0
      ? `Everything is in ${reportPlace(where)}.`
      : `**${leftOut.toLocaleString('en-US')} of these left out here for length: all are in ${reportPlace(where)}.**`;
  const lines = [...(report.proposal === null ? [] : askedLines(report.proposal)), liveLine(report), `${commitText(report)} ${more}`];
  return `${lines.filter((line) => line !== '').join('\n\n')}\n`;
}

const VERBS = {
  grants: 'granted',
  widens: 'widened',
  changes: 'changed',
  accepts: 'accepted as an exception',
  narrows: 'narrowed',
  revokes: 'revoked',
  describes: 'described otherwise',
} as const;

function askedLines({ asked, base }: ReportProposal): string[] {
  const missing = base.reason === '' ? [] : [`⚠️ ${plain(cut(base.reason, 600))}`];
  if (asked === null) return missing;
  if (asked.length === 0) return [...missing, '**It asks for no other access.**'];
  const numbers = new Map<string, number>();
  for (const { kind, accounts } of asked) numbers.set(VERBS[kind], (numbers.get(VERBS[kind]) ?? 0) + accounts.length);
  const parts = [...numbers].map(([verb, number]) => `${number.toLocaleString('en-US')} ${verb}`);
  return [...missing, `**It asks for: ${parts.join(', ')}.**`];
}

function liveLine(report: Report): string {
  const { proposal, summary } = report;
  if (!proposal?.live) return summary.expected === 0 ? fileLine(report) : verdict(report);
  const open = new Map(report.findings.map((finding) => [finding.id, finding]));
  const found = (ids: readonly string[]) => ids.flatMap((id) => open.get(id) ?? []);
  const { causes, resolves, drifted, unsure } = proposal.live;
  const told = (text: string, findings: readonly ReportFinding[]) =>
    findings.length === 0 ? [] : [`${text} ${count(findings.length, 'finding')} (${kinds(findings)})`];
  const parts = [
    ...told('it causes', found(causes)),
    ...(resolves.length === 0 ? [] : [`it resolves ${count(resolves.length, 'finding')}`]),
    ...told('already drifted:', found(drifted)),
    ...told('not known whose:', found(unsure)),
  ];
  const warning = isIncomplete(report) ? '⚠️ **Not everything could be read.** ' : '';
  return `${warning}Against what is live: ${parts.length === 0 ? 'no drift' : parts.join('; ')}. ${readText(report)}`;
}

function fileLine(report: Report): string {
  const problems = report.errors.length + report.findings.filter(isOpen).length;
  return problems === 0 ? `✅ The desired-state file is valid. ${readText(report)}` : verdict(report);
}

function readText({ summary, hub }: Report): string {
  if (summary.expected === 0) return hub.account === '' ? 'Nothing was compared.' : 'AWS was not read.';
  return `${summary.observed.toLocaleString('en-US')} of ${count(summary.expected, 'account')} read.`;
}

function commitText({ proposal, run }: Report): string {
  const path = code(cut(run.desiredState.path, 300));
  if (proposal === null) return `Desired state: ${path}.`;
  return `Commit ${code(proposal.head.slice(0, 7))}, desired state ${path}, ${againstText(proposal.base)}.`;
}

function againstText({ status, commit }: ReportProposal['base']): string {
  if (status === 'new') return 'where it is new';
  const isCompared = status === 'compared' || status === 'other-hub';
  return `${isCompared ? 'compared' : 'not compared'} with ${code(commit.slice(0, 7))}`;
}
