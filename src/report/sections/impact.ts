import { grouped } from '../../text/grouped.ts';
import { plural } from '../../text/plural.ts';
import { cut } from '../../text/visible.ts';
import { ACCESS_TEXTS } from '../model/access-texts.ts';
import { type Fold, fold } from '../model/fold.ts';
import { neutralizers } from '../model/neutral-texts.ts';
import { severityRank } from '../model/order.ts';
import type { Report, ReportFinding } from '../model/schema.ts';
import { affectedAccount, subjectOf } from '../model/subject.ts';
import { accountSets } from './account-sets.ts';
import { accountLabel } from './accounts.ts';
import { causeMarkdown } from './cause-line.ts';
import { titleOfFold } from './finding-title.ts';
import { locationLink, type PageLinks } from './links.ts';
import { code, detailsFrame, plain, plainSentence } from './markdown.ts';
import { firstRows, listSection, type Row, type Section } from './page.ts';
import type { ReportProposal } from './requested-access.ts';

const MAX_TEXT = 500;
const MOST_RESOLVED = 20;
/** Of what the change has nothing to do with. */
const MOST_DRIFTED = 20;
const LINES = 3;

/** Ranks of the sections, see `fitPage`. The rank of a finding's severity (0 to 7) is added. */
export interface ImpactRanks {
  readonly causes: number;
  readonly unsure: number;
  readonly resolves: number;
  readonly drifted: number;
}

/** What the change means for live access: what it causes, what it resolves, what has drifted already. Each finding is in one of these. */
export function impactSections(report: Report, live: NonNullable<ReportProposal['live']>, links: PageLinks, ranks: ImpactRanks): Section[] {
  const known = new Map(report.findings.map((finding) => [finding.id, finding]));
  const rowsOf = (ids: readonly string[], rank: number): Row[] =>
    fold(
      ids.flatMap((id) => known.get(id) ?? []),
      report,
    ).map((entry) => findingRow(entry, report, links, rank));
  const section = (title: string, ids: readonly string[], rank: number): Section =>
    listSection(`\n### ${title}\n\n`, rowsOf(ids, rank), 'more finding');
  // Whoever reviews the change did not cause it.
  const frame = detailsFrame(plural(live.drifted.length, 'finding'));
  const drifted = listSection(`\n### ${DRIFTED}\n\n${frame.open}`, rowsOf(live.drifted, ranks.drifted), 'more finding', frame.close);
  return [
    section('What this change causes: drift from the merge until the change is rolled out', live.causes, ranks.causes),
    section(unsureTitle(report), live.unsure, ranks.unsure),
    firstRows(resolvedSection(report, live.resolves, ranks.resolves), MOST_RESOLVED),
    firstRows(drifted, MOST_DRIFTED),
  ];
}

const DRIFTED = 'What has already drifted, with or without this change';

function unsureTitle({ proposal }: Report): string {
  return proposal?.base.status === 'compared' || proposal?.base.status === 'new'
    ? 'Findings in accounts that could not be read completely'
    : 'Findings that may or may not be caused by this change';
}

function findingRow(entry: Fold, report: Report, links: PageLinks, rank: number): Row {
  const { first, findings, accounts } = entry;
  const text = (): string => {
    const others = findings.length === 1 ? '' : ` The same in ${accountSets(report)(accounts)}.`;
    const { emoji } = ACCESS_TEXTS[first.access];
    const message = plainSentence(first.message, MAX_TEXT);
    const title = plain(titleOfFold(entry, report));
    const lead = `- ${emoji} **${title}** (${code(first.rule)}, ${locationLink(first.location, links)}): ${message}${others}\n`;
    const cause = causeMarkdown(first, report);
    return `${lead}${cause === '' ? '' : `  - ${cause}\n`}${explanationLines(first)}`;
  };
  return { text, rank: rank + severityRank(first), weight: findings.length };
}

function explanationLines({ explanation }: ReportFinding): string {
  const more = explanation.length - LINES;
  const lines = explanation.slice(0, LINES).map((line) => `  - ${plain(cut(line, MAX_TEXT))}\n`);
  return lines.join('') + (more > 0 ? `  - … ${plural(more, 'more line')} in the report\n` : '');
}

type Resolved = NonNullable<ReportProposal['live']>['resolves'][number];

const WHY = {
  desired: 'the file now states it',
  excepted: 'accepted by an exception',
  unwatched: 'no longer compared: the file no longer states it, and it remains in AWS',
} as const;

function resolvedSection(report: Report, resolves: readonly Resolved[], rank: number): Section {
  const [label, which, neutral] = [accountLabel(report), accountSets(report), neutralizers(report)];
  const keyOf = ({ why, finding }: Resolved): string => {
    const { rule, access, resource, message } = finding;
    return JSON.stringify([why, rule, access, neutral(affectedAccount(finding, report), `${resource} ${message}`)]);
  };
  const rows = [...grouped(resolves, keyOf).values()].map((group): Row => {
    const [{ why, finding }] = group;
    const accounts = group.map((one) => affectedAccount(one.finding, report));
    const lead = `- ${ACCESS_TEXTS[finding.access].emoji} ${group.length === 1 ? `${label(subjectOf(finding))} ` : ''}${code(finding.rule)}`;
    const others = group.length === 1 ? '' : ` The same in ${which(accounts)}.`;
    return {
      text: () => `${lead}: ${plainSentence(finding.message, MAX_TEXT)}${others} **${WHY[why]}**\n`,
      rank,
      weight: group.length,
    };
  });
  return listSection('\n### What this change resolves\n\n', rows, 'more finding');
}
