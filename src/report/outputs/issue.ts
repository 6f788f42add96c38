import { head, sentence } from '../../text/visible.ts';
import { compareWithMemory, nextMemory } from '../model/issue-diff.ts';
import { type IssueMemory, type Remembered, writeMemory } from '../model/memory.ts';
import type { Report } from '../model/schema.ts';
import { accountSections } from '../sections/accounts.ts';
import type { Detail } from '../sections/findings.ts';
import { fitPage, type Row, type Section } from '../sections/fit.ts';
import { notesSection } from '../sections/notes.ts';
import { unreadSection } from '../sections/unread.ts';
import { count, verdict } from '../sections/verdict.ts';
import { ISSUE_LIMIT, type IssueOptions, rememberedLine } from './issue-entry.ts';
import { fileMark } from './marker-path.ts';
import { exceptedSection, findingSections, pageHead, RANKS, repairedSection } from './summary.ts';

export { compareWithMemory } from '../model/issue-diff.ts';
export { type IssueMemory, readMemory } from '../model/memory.ts';
export { renderIssueComment } from './issue-comment.ts';
export type { IssueOptions } from './issue-entry.ts';

const TITLE_LIMIT = 256;

const DETAIL: Detail = { diff: { lines: 40, lineLength: 200 }, explanation: 4, accounts: 30, commands: 2, text: 500 };

/** The hidden line by which the issue of a hub and a file is found again. The same whether account ids are masked or not. */
export function issueMarker(hubAccount: string, file: string): string {
  const hub = /(\d{4})(?:·\d+)?$/.exec(hubAccount)?.[1] ?? 'unknown';
  return `<!-- assume-role-drift:issue hub=${hub} file=${fileMark(file)} -->`;
}

/** The title, on one line; `{hubAccount}` in the template is the hub's account id. */
export function renderIssueTitle(template: string, report: Report): string {
  return head(sentence(template.replaceAll('{hubAccount}', report.hub.account)), TITLE_LIMIT);
}

/**
 * The body of the hub's issue: hidden marker and memory, verdict, accounts, findings, worst first, and what stands from the last run because
 * it could not be looked at. At most 65,536 characters. Nobody is mentioned in it.
 *
 * @param report masked already where it has to be
 * @param previous what the issue remembers so far
 */
export function renderIssueBody(report: Report, previous: IssueMemory | undefined, options: IssueOptions = {}): string {
  const { standing } = compareWithMemory(report, previous);
  const hidden = `${issueMarker(report.hub.account, report.run.desiredState.path)}\n${writeMemory(nextMemory(report, previous))}\n\n`;
  const sections = [
    unreadSection(report, RANKS.unread),
    standingSection(standing),
    ...(report.summary.expected === 0 ? [] : accountSections(report, RANKS)),
    ...findingSections(report, options, DETAIL),
    repairedSection(report),
    exceptedSection(report),
    notesSection(report, RANKS.notes),
  ];
  return fitPage((leftOut) => hidden + pageHead(report, options, leftOut), sections, options.limit ?? ISSUE_LIMIT);
}

/** What is said when the issue is closed: only for a report in which everything was read and nothing is open. */
export function renderClosingComment(report: Report): string {
  return `${verdict(report)}\n\nThis issue is closed. It is opened again when there is drift.\n`;
}

function standingSection(standing: readonly Remembered[]): Section {
  const rows = standing.map((entry): Row => ({ text: () => `- ${rememberedLine(entry)}\n`, rank: RANKS.problem, weight: 1 }));
  return {
    open: `\n## Not seen this time\n\n${count(standing.length, 'finding')} of the last run could not be looked at again and ${standing.length === 1 ? 'stands' : 'stand'} until then:\n\n`,
    rows,
    close: '',
    leftOut: (number) => `_${count(number, 'more finding')} of the last run not shown here._`,
  };
}
