import { cut, stop } from '../../text/visible.ts';
import { type Fold, fold } from '../model/fold.ts';
import { ACCESS_ORDER } from '../model/order.ts';
import type { Report, ReportFinding } from '../model/schema.ts';
import { accountLabel } from './accounts.ts';
import type { Row, Section } from './fit.ts';
import { locationLink, type Whereabouts } from './links.ts';
import { code, plain } from './markdown.ts';
import { accountList, type ReportProposal } from './requested-access.ts';
import { ACCESS_TEXTS, count } from './verdict.ts';

const MAX_TEXT = 500;
const LINES = 3;

/** Ranks of the parts, see `fitPage`; a finding's access (0 to 3) is added. */
export interface LiveRanks {
  readonly causes: number;
  readonly unsure: number;
  readonly resolves: number;
  readonly drifted: number;
}

/** What the change means for what is live: what it causes, what it resolves, what has drifted already. A finding is in one of them. */
export function liveSections(report: Report, live: NonNullable<ReportProposal['live']>, where: Whereabouts, ranks: LiveRanks): Section[] {
  const known = new Map(report.findings.map((finding) => [finding.id, finding]));
  const findings = (ids: readonly string[]) => ids.flatMap((id) => known.get(id) ?? []);
  const part = (title: string, ids: readonly string[], rank: number): Section => ({
    open: `\n### ${title}\n\n`,
    rows: fold(findings(ids), report).map((entry) => findingRow(entry, report, where, rank)),
    close: '',
    leftOut: (number) => `_${count(number, 'more finding')} not shown here._`,
  });
  return [
    part('What this change causes: drift from the merge on, until it is rolled out', live.causes, ranks.causes),
    part(unsureTitle(report), live.unsure, ranks.unsure),
    resolvedSection(report, live.resolves, ranks.resolves),
    part('What has drifted already, with or without this change', live.drifted, ranks.drifted),
  ];
}

function unsureTitle({ proposal }: Report): string {
  return proposal?.base.status === 'compared' || proposal?.base.status === 'new'
    ? 'What differs in accounts that could not be read whole'
    : 'What differs from live; whether by this change is not known';
}

function findingRow({ first, findings }: Fold, report: Report, where: Whereabouts, rank: number): Row {
  const text = (): string => {
    const whose = findings.length === 1 ? accountLabel(report)(first.account) : `in **${count(findings.length, 'account')}**`;
    const others = findings.length === 1 ? '' : ` The same in ${accountList(report)(findings.map(({ account }) => account))}.`;
    const { emoji } = ACCESS_TEXTS[first.access];
    const message = plain(stop(cut(first.message, MAX_TEXT)));
    const lead = `- ${emoji} **${first.access}** ${whose} ${code(first.rule)}: ${message}${others} (${locationLink(first.location, where)})\n`;
    return lead + explained(first);
  };
  return { text, rank: rank + ACCESS_ORDER.indexOf(first.access), weight: findings.length };
}

function explained({ explanation }: ReportFinding): string {
  const more = explanation.length - LINES;
  const lines = explanation.slice(0, LINES).map((line) => `  - ${plain(cut(line, MAX_TEXT))}\n`);
  return lines.join('') + (more > 0 ? `  - … ${count(more, 'more line')} in the report\n` : '');
}

const WHY = {
  desired: 'what is there is wanted now',
  excepted: 'accepted by an exception',
  unwatched: 'no longer watched: the file says nothing of it any more, and what is there stays',
} as const;

function resolvedSection(report: Report, resolves: NonNullable<ReportProposal['live']>['resolves'], rank: number): Section {
  const label = accountLabel(report);
  const rows = resolves.map(({ why, finding }): Row => {
    const { emoji } = ACCESS_TEXTS[finding.access];
    const text = `- ${emoji} ${label(finding.account)} ${code(finding.rule)}: ${plain(stop(cut(finding.message, MAX_TEXT)))} **${WHY[why]}**\n`;
    return { text: () => text, rank, weight: 1 };
  });
  return {
    open: '\n### What this change resolves: drift of today that is none after the merge\n\n',
    rows,
    close: '',
    leftOut: (number) => `_${count(number, 'more finding')} not shown here._`,
  };
}
