import { cut, stop } from '../../text/visible.ts';
import { fold } from '../model/fold.ts';
import { ACCESS_ORDER, isExcepted, isOpen, worstFirst } from '../model/order.ts';
import type { Report, ReportFinding } from '../model/schema.ts';
import { accountLabel, accountSections } from '../sections/accounts.ts';
import { writtenSections } from '../sections/changes.ts';
import { type Detail, exceptionLine, findingWriter } from '../sections/findings.ts';
import { fitPage, type Row, type Section } from '../sections/fit.ts';
import { reportPlace, type Whereabouts } from '../sections/links.ts';
import { code, plain } from '../sections/markdown.ts';
import { notesSection } from '../sections/notes.ts';
import { planSection } from '../sections/plan.ts';
import { unreadSection } from '../sections/unread.ts';
import { ACCESS_TEXTS, count, verdict } from '../sections/verdict.ts';
import { pullHead, pullSections } from './pull-comment.ts';

export interface SummaryOptions extends Whereabouts {
  /** Bytes. */
  readonly limit?: number;
}

/** GitHub drops a step's summary of more than 1 MiB whole; other tools of the same step may have written to it, too. */
const LIMIT = 1_000_000;

const DETAIL: Detail = { diff: { lines: 120, lineLength: 300 }, explanation: 12, accounts: 200, commands: 10, text: 1_000 };

/** What is left out first has the highest number. */
export const RANKS = { unread: 0, problem: 1, finding: 2, plan: 6, notes: 7, made: 8, repaired: 8, excepted: 9, other: 10 } as const;

/**
 * The job summary, GitHub-flavoured Markdown of at most `limit` bytes: the verdict in its first line, then the accounts, then the findings, worst first.
 *
 * @param report masked already where that is wanted
 */
export function renderSummary(report: Report, options: SummaryOptions = {}): string {
  if (report.proposal !== null) return renderProposal(report, options);
  const sections = [
    unreadSection(report, RANKS.unread),
    ...(report.summary.expected === 0 ? [] : accountSections(report, RANKS)),
    ...findingSections(report, options, DETAIL),
    ...(isWriting(report) ? writtenSections(report, RANKS) : [planSection(report, RANKS.plan)]),
    repairedSection(report),
    exceptedSection(report),
    notesSection(report, RANKS.notes),
  ];
  return fitPage((leftOut) => pageHead(report, options, leftOut), sections, options.limit ?? LIMIT);
}

/** For a pull request: what its comment has, then the accounts. */
function renderProposal(report: Report, options: SummaryOptions): string {
  const sections = [
    ...pullSections(report, options),
    ...(report.summary.expected === 0 ? [] : accountSections(report, { problem: 20, other: 21 })),
    exceptedSection(report),
  ];
  return fitPage((leftOut) => pullHead(report, options, leftOut), sections, options.limit ?? LIMIT);
}

/** The verdict, where the whole report is, and how much of it is not on the page. */
export function pageHead(report: Report, where: Whereabouts, leftOut: number): string {
  const place = reportPlace(where);
  const more =
    leftOut === 0
      ? `Everything is in ${place}.`
      : `**${count(leftOut, 'entry').replace(/entrys$/, 'entries')} left out here for length, the least severe first: all are in ${place}.**`;
  return `${verdict(report)}\n\nDesired state: ${code(cut(report.run.desiredState.path, 300))}. ${more}\n`;
}

const MAX_TEXT = 1_000;

/** Whether the run was there to write: then it tells what it did in place of what could be done. */
function isWriting({ run }: Report): boolean {
  return run.fix || run.mode === 'rollback';
}

/** What became of the findings of a repair run, each kind in a section of its own. */
const AFTER_REPAIR: readonly { readonly title: string; readonly statuses: readonly ReportFinding['fix']['status'][] }[] = [
  { title: 'Repair failed', statuses: ['failed'] },
  { title: 'Written, but not seen yet', statuses: ['applied'] },
  { title: 'Repair refused', statuses: ['refused'] },
  { title: 'Left to people', statuses: ['none'] },
  { title: 'Left for the next run', statuses: ['planned'] },
];

/** The open findings, folded, worst first; of a repair run by what became of them. */
export function findingSections(report: Report, where: Whereabouts, detail: Detail): Section[] {
  const open = report.findings.filter(isOpen);
  if (!report.run.fix) return [sectionOf('Findings', open, report, where, detail)];
  return AFTER_REPAIR.map(({ title, statuses }) =>
    sectionOf(
      title,
      open.filter(({ fix }) => statuses.includes(fix.status)),
      report,
      where,
      detail,
    ),
  );
}

function sectionOf(title: string, findings: readonly ReportFinding[], report: Report, where: Whereabouts, detail: Detail): Section {
  const write = findingWriter(report, where, detail);
  const rows = fold(worstFirst(findings, report.hub.account), report).map(
    (entry): Row => ({
      text: () => write(entry),
      rank: RANKS.finding + ACCESS_ORDER.indexOf(entry.first.access),
      weight: entry.findings.length,
    }),
  );
  const legend = ACCESS_ORDER.map((access) => `${ACCESS_TEXTS[access].emoji} ${access}: ${ACCESS_TEXTS[access].meaning}`).join(' · ');
  return {
    open: `\n## ${title}\n\nWorst first. ${legend}\n\n`,
    rows,
    close: '',
    leftOut: (number) => `_${count(number, 'more finding')} not shown here._`,
  };
}

/** Findings that were repaired and seen to be, each in a line. */
export function repairedSection(report: Report): Section {
  return listed(
    report,
    report.findings.filter((finding) => finding.fix.status === 'verified' && !isExcepted(finding)),
    { title: 'Repaired', rank: RANKS.repaired, noun: 'more repaired finding' },
  );
}

/** Findings that a running exception covers, each in a line. */
export function exceptedSection(report: Report): Section {
  return listed(report, report.findings.filter(isExcepted), {
    title: 'Accepted by an exception',
    rank: RANKS.excepted,
    noun: 'more accepted finding',
  });
}

function listed(
  report: Report,
  findings: readonly ReportFinding[],
  { title, rank, noun }: { title: string; rank: number; noun: string },
): Section {
  const label = accountLabel(report);
  const rows = worstFirst(findings, report.hub.account).map((finding): Row => {
    const { emoji } = ACCESS_TEXTS[finding.access];
    const why = exceptionLine(finding)
      .map((line) => ` ${line}`)
      .join('');
    const text = `- ${emoji} ${label(finding.account)} ${code(finding.rule)}: ${plain(stop(cut(finding.message, MAX_TEXT)))}${why}\n`;
    return { text: () => text, rank, weight: 1 };
  });
  return { open: `\n## ${title}\n\n`, rows, close: '', leftOut: (number) => `_${count(number, noun)} not shown here._` };
}
