import { plural } from '../../text/plural.ts';
import { singleLine, truncate } from '../../text/visible.ts';
import { compareWithMemory, nextMemory } from '../model/issue-diff.ts';
import { type IssueMemory, type RememberedFinding, writeMemory } from '../model/memory.ts';
import type { Report } from '../model/schema.ts';
import { accountSections } from '../sections/accounts.ts';
import type { FindingBounds } from '../sections/finding-details.ts';
import { exceptedSection, findingSections, repairedSection } from '../sections/finding-lists.ts';
import { renderHeadline } from '../sections/headline.ts';
import { notesSection } from '../sections/notes.ts';
import { firstRows, fitPage, type Row, type Section } from '../sections/page.ts';
import { pageHead } from '../sections/page-head.ts';
import { REPORT_RANKS } from '../sections/ranks.ts';
import { rememberedLine } from '../sections/remembered.ts';
import { unreadSection } from '../sections/unread.ts';
import { urgentPart } from '../sections/urgent.ts';
import { issueMarker } from './markers.ts';
import { BODY_LIMIT, type PageOptions } from './page-limits.ts';

const TITLE_LIMIT = 256;

const BOUNDS: FindingBounds = { diff: { lines: 40, lineLength: 200 }, explanation: 4, accounts: 30, commands: 2, text: 500 };

/** Findings with all their details. Whoever opens the issue starts with the worst; the job summary has more. */
const MOST_DETAILED = 6;

const MOST_LISTED = 50;

function shortened(section: Section): Section {
  return firstRows(section, MOST_LISTED);
}

/** The title, on one line; `{hubAccount}` in the template stands for the hub's account id. */
export function renderIssueTitle(template: string, report: Report): string {
  return truncate(singleLine(template.replaceAll('{hubAccount}', report.hub.account)), TITLE_LIMIT);
}

/**
 * The body of the hub's issue: hidden marker and memory, what is urgent, headline, accounts, findings, worst first, and findings of the last run that this one could not
 * check. At most 65,536 characters. It mentions nobody.
 *
 * @param report already masked where account ids must not appear
 * @param previous what the issue remembers so far
 */
export function renderIssueBody(report: Report, previous: IssueMemory | undefined, options: PageOptions = {}): string {
  const diff = compareWithMemory(report, previous);
  const hidden = `${issueMarker(report.hub.account, report.run.desiredState.path)}\n${writeMemory(nextMemory(report, previous))}\n\n`;
  const sections = [
    unreadSection(report, REPORT_RANKS.unread),
    standingSection(diff.standing),
    ...(report.summary.expected === 0 ? [] : accountSections(report, REPORT_RANKS)).map(shortened),
    ...findingSections(report, options, BOUNDS, MOST_DETAILED).map(shortened),
    repairedSection(report),
    exceptedSection(report),
    notesSection(report, REPORT_RANKS.notes),
  ];
  return fitPage((leftOut) => hidden + pageHead(report, options, leftOut, diff), sections, options.limit ?? BODY_LIMIT);
}

/** The comment that closes the issue: only for a report in which everything was read and no finding is open. */
export function renderClosingComment(report: Report): string {
  return `${renderHeadline(report)}\n\nThis issue is closed. It is reopened when drift is found.\n`;
}

/** The comment that reopens an issue whose findings have not changed. */
export function renderReopeningComment(report: Report): string {
  return `${urgentPart(report)}${renderHeadline(report)}\n\nThis issue was closed, but its findings are still open. It closes automatically when live access matches the file.\n`;
}

function standingSection(standing: readonly RememberedFinding[]): Section {
  const rows = standing.map((entry): Row => ({ text: () => `- ${rememberedLine(entry)}\n`, rank: REPORT_RANKS.problem, weight: 1 }));
  const verb = standing.length === 1 ? 'stands' : 'stand';
  return {
    open: `\n## Not checked this time\n\n${plural(standing.length, 'finding')} of the last run could not be checked again and ${verb} until then:\n\n`,
    rows,
    close: '',
    leftOut: (number) => `_${plural(number, 'more finding')} of the last run are not shown here._`,
  };
}
