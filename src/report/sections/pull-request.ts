import { plural } from '../../text/plural.ts';
import { capital, cut } from '../../text/visible.ts';
import { accessCounts } from '../model/access-texts.ts';
import { isIncomplete } from '../model/completeness.ts';
import { isOpen } from '../model/order.ts';
import { reachOf, reachText } from '../model/reach.ts';
import type { Report, ReportFinding } from '../model/schema.ts';
import { renderHeadline } from './headline.ts';
import { impactSections } from './impact.ts';
import { type PageLinks, reportPlace } from './links.ts';
import { code, plain } from './markdown.ts';
import { notComparedLine } from './not-compared.ts';
import { notesSection } from './notes.ts';
import { firstRows, type Section } from './page.ts';
import { planSection } from './plan.ts';
import { PULL_RANKS } from './ranks.ts';
import { type ReportProposal, requestedAccessSection } from './requested-access.ts';
import { unreadSection } from './unread.ts';

/** Calls of the plan that are listed. */
const MOST_CALLS = 40;

/** Everything on the page of a pull request but its head. */
export function pullSections(report: Report, links: PageLinks): Section[] {
  const { proposal, plan } = report;
  return [
    unreadSection(report, PULL_RANKS.unread),
    ...(proposal?.asked ? [requestedAccessSection(report, proposal.asked, links, PULL_RANKS.asked)] : []),
    ...(proposal?.live ? impactSections(report, proposal.live, links, PULL_RANKS) : fileFindings(report, links)),
    ...(plan && plan.calls.length > 0
      ? [firstRows(planSection(report, PULL_RANKS.plan, '### What a repair run would do after the merge'), MOST_CALLS)]
      : []),
    notesSection(report, PULL_RANKS.notes),
  ];
}

/** What was found without AWS: quotas that the desired grants exceed. */
function fileFindings(report: Report, links: PageLinks): Section[] {
  const ids = report.findings.filter(isOpen).map(({ id }) => id);
  return impactSections(report, { causes: ids, unsure: [], resolves: [], drifted: [] }, links, PULL_RANKS);
}

/** The outcome in a few lines. All numbers are of the whole report, however much of it is shown. */
export function pullHead(report: Report, links: PageLinks, leftOut: number): string {
  const more =
    leftOut === 0
      ? `Everything is in ${reportPlace(links)}.`
      : `**${leftOut.toLocaleString('en-US')} of these are not shown here. All are in ${reportPlace(links)}.**`;
  const requested = report.proposal === null ? [] : requestedAccessLines(report.proposal);
  const lines = [...requested, impactLine(report), notComparedLine(report, links).trimEnd(), `${commitText(report)} ${more}`];
  return `${lines.filter((line) => line !== '').join('\n\n')}\n`;
}

const VERBS = {
  grants: 'granted',
  widens: 'widened',
  changes: 'changed',
  accepts: 'accepted as an exception',
  narrows: 'narrowed',
  revokes: 'revoked',
  describes: 'only described differently',
} as const;

function requestedAccessLines({ asked: requested, base }: ReportProposal): string[] {
  const missing = base.reason === '' ? [] : [`⚠️ ${plain(cut(base.reason, 600))}`];
  if (requested === null) return missing;
  if (requested.length === 0) return [...missing, '**It requests no other access.**'];
  const numbers = new Map<string, number>();
  for (const { kind, accounts } of requested) numbers.set(VERBS[kind], (numbers.get(VERBS[kind]) ?? 0) + accounts.length);
  const parts = [...numbers].map(([verb, number]) => `${number.toLocaleString('en-US')} ${verb}`);
  return [...missing, `**It requests: ${parts.join(', ')}.**`];
}

function impactLine(report: Report): string {
  const { proposal, summary } = report;
  if (!proposal?.live) return summary.expected === 0 ? fileLine(report) : renderHeadline(report);
  const known = new Map(report.findings.map((finding) => [finding.id, finding]));
  const found = (ids: readonly string[]) => ids.flatMap((id) => known.get(id) ?? []);
  const { causes, resolves, drifted, unsure } = proposal.live;
  const counted = (text: string, findings: readonly ReportFinding[]) =>
    findings.length === 0 ? [] : [`${text} ${plural(findings.length, 'finding')} (${accessCounts(findings)})`];
  const parts = [
    ...counted('it causes', found(causes)),
    ...(resolves.length === 0 ? [] : [`it resolves ${plural(resolves.length, 'finding')}`]),
    ...counted('already drifted:', found(drifted)),
    ...counted('possibly caused by it:', found(unsure)),
  ];
  const warning = isIncomplete(report) ? '⚠️ **Not everything could be read.** ' : '';
  const reach = reachOf(report);
  const reached = reach.all === 0 ? '' : ` ${capital(reachText(reach))}.`;
  const emphasized = reach.broken > 0 ? ` 🚫 **${capital(reachText(reach))}.**` : reached;
  return `${warning}Compared with AWS: ${parts.length === 0 ? 'no drift' : parts.join('; ')}.${emphasized} ${readText(report)}`;
}

function fileLine(report: Report): string {
  const problems = report.errors.length + report.findings.filter(isOpen).length;
  return problems === 0 ? `✅ The desired-state file is valid. ${readText(report)}` : renderHeadline(report);
}

export function readText({ summary, hub }: Report): string {
  if (summary.expected === 0) return hub.account === '' ? 'Nothing was compared.' : 'AWS was not read.';
  return `${summary.observed.toLocaleString('en-US')} of ${plural(summary.expected, 'account')} read.`;
}

export function commitText({ proposal, run }: Report): string {
  const path = code(cut(run.desiredState.path, 300));
  if (proposal === null) return `Desired state: ${path}.`;
  return `Commit ${code(proposal.head.slice(0, 7))}, desired state ${path}, ${againstText(proposal.base)}.`;
}

function againstText({ status, commit }: ReportProposal['base']): string {
  if (status === 'new') return 'new in this change';
  const isCompared = status === 'compared' || status === 'other-hub';
  return `${isCompared ? 'compared' : 'not compared'} with ${code(commit.slice(0, 7))}`;
}
