import { singleQuoted } from '../../text/shell.ts';
import { cut, head, stop } from '../../text/visible.ts';
import { isOpen } from '../model/order.ts';
import type { Report, ReportCapture } from '../model/schema.ts';
import { accountLabel } from '../sections/accounts.ts';
import { isMasked } from '../sections/findings.ts';
import type { Row, Section } from '../sections/fit.ts';
import { fitPage } from '../sections/fit.ts';
import { reportPlace, type Whereabouts } from '../sections/links.ts';
import { code, details, fenced, plain } from '../sections/markdown.ts';
import { unreadSection } from '../sections/unread.ts';
import { count } from '../sections/verdict.ts';

export interface CaptureSummaryOptions extends Whereabouts {
  /** Text of the file, masked as the report is; `undefined` where no file was made. */
  readonly file: string | undefined;
  /** Bytes. */
  readonly limit?: number;
}

const LIMIT = 1_000_000;
/** Characters of the file that are shown. */
const MOST_SHOWN = 200_000;
const MAX_TEXT = 1_000;
const MAX_ACCOUNTS = 20;

/** The job summary of mode capture: what was captured, what was not, what to look at before accepting it, the file, and how to propose it. */
export function renderCaptureSummary(report: Report, options: CaptureSummaryOptions): string {
  const { capture } = report;
  const sections = [
    unreadSection(report, 0),
    ...(capture === undefined
      ? []
      : [leftOutSection(report, capture), nextAuditSection(report), reviewSection(report, capture), removedSection(report, capture)]),
    ...(options.file === undefined ? [] : [fileSection(report, options.file), proposalSection(report)]),
  ];
  return fitPage((leftOut) => pageHead(report, options, leftOut), sections, options.limit ?? LIMIT);
}

/** The outcome in a few sentences; nothing of it comes from outside. */
export function captureVerdict({ capture, summary }: Report): string {
  if (capture === undefined) return 'Nothing was captured, and no file was written.';
  const read = `${summary.observed} of ${count(summary.expected, 'account')} read.`;
  if (capture.reason !== '') return `The desired-state file could not be written. ${read}`;
  const written = capture.written ? 'The file was written.' : 'The file says all of it already and was left as it is.';
  const left = capture.leftOut.length === 0 ? '' : ` ${count(capture.leftOut.length, 'granted role')} not captured.`;
  const review = capture.review.length === 0 ? '' : ` ${count(capture.review.length, 'thing')} to review before you accept it.`;
  return `Captured ${count(capture.targets.length, 'target')}. ${written} ${read}${left}${review}`;
}

function emoji({ capture, summary }: Report): string {
  if (capture === undefined || capture.reason !== '') return '❌';
  return summary.unreadable > 0 || capture.leftOut.length > 0 ? '⚠️' : '✅';
}

function pageHead(report: Report, where: Whereabouts, leftOut: number): string {
  const more = leftOut === 0 ? '' : ` **${leftOut} lines are left out here for length: all are in ${reportPlace(where)}.**`;
  return `${emoji(report)} **${captureVerdict(report)}**\n\nDesired state: ${code(cut(report.run.desiredState.path, 300))}.${more}\n`;
}

const LEFT_OUT = `
## Not captured

These grants name roles of which the file can't say what is live. Until they are targets, or the grants are gone, an audit with the file reports each grant as extra, and **a repair run would take it away**.

`;

const KINDS = { dangling: 'dangling', unread: 'not read', unwritable: 'not to be put into words' } as const;

function leftOutSection(report: Report, { leftOut }: ReportCapture): Section {
  const label = accountLabel(report);
  const rows = leftOut.map(({ account, roleArn, kind, reason, kept }): Row => {
    const stays = kept ? ' The file still says of it what it said before.' : ' In the file as a comment.';
    return {
      text: () => `- ${label(account)} ${code(roleArn)} (${KINDS[kind]}): ${plain(stop(cut(reason, MAX_TEXT)))}${stays}\n`,
      rank: 1,
      weight: 1,
    };
  });
  return { open: LEFT_OUT, rows, close: '', leftOut: (number) => `_${count(number, 'more role')} not shown here._` };
}

function nextAuditSection(report: Report): Section {
  const label = accountLabel(report);
  const rows = report.findings.filter(isOpen).map(
    ({ account, rule, message }): Row => ({
      text: () => `- ${label(account)} ${code(rule)}: ${plain(stop(cut(message, MAX_TEXT)))}\n`,
      rank: 2,
      weight: 1,
    }),
  );
  const open = '\n## The next audit will say\n\nThe file can’t make these go away: mend them in AWS, or accept them with an exception.\n\n';
  return { open, rows, close: '', leftOut: (number) => `_${count(number, 'more finding')} not shown here._` };
}

function reviewSection(report: Report, { review }: ReportCapture): Section {
  const label = accountLabel(report);
  const rows = review.map(({ text, accounts }): Row => {
    const shown = accounts.slice(0, MAX_ACCOUNTS).map(label).join(', ');
    const more = accounts.length > MAX_ACCOUNTS ? ` and ${count(accounts.length - MAX_ACCOUNTS, 'more account')}` : '';
    return { text: () => `- ${plain(stop(cut(text, MAX_TEXT)))} ${shown}${more}\n`, rank: 3, weight: 1 };
  });
  const open = '\n## Review before you accept\n\nCaptured as it is. Once the file is merged, an audit takes it for what is wanted.\n\n';
  return { open, rows, close: '', leftOut: (number) => `_${count(number, 'more line')} not shown here._` };
}

function removedSection(report: Report, { removed }: ReportCapture): Section {
  const label = accountLabel(report);
  const rows = removed.map((account): Row => ({ text: () => `- ${label(account)}\n`, rank: 3, weight: 1 }));
  const open = '\n## No longer targets\n\nThe file had these, and no grant names a role in them any more.\n\n';
  return { open, rows, close: '', leftOut: (number) => `_${count(number, 'more account')} not shown here._` };
}

function fileSection(report: Report, file: string): Section {
  const shown = file.length > MOST_SHOWN ? `${head(file, MOST_SHOWN)}\n# … cut here; the file itself is whole` : file;
  const remark = isMasked(report) ? 'Account ids are shortened here, and whole in the file itself.\n\n' : '';
  const body = details(`<b>The file</b>, ${count(file.split('\n').length - 1, 'line')}`, fenced(shown, 'yaml'));
  const row = { text: () => `${remark}${body}`, rank: 5, weight: 1 };
  return {
    open: `\n## ${code(cut(report.run.desiredState.path, 300))}\n\n`,
    rows: [row],
    close: '',
    leftOut: () => '_The file is too long to be shown here._',
  };
}

function proposalSection({ run }: Report): Section {
  const path = run.desiredState.path;
  const commands = [
    'git switch --create capture-aws-access',
    `git add -- ${singleQuoted(path)}`,
    "git commit --message 'Capture live AWS access'",
    'git push --set-upstream origin capture-aws-access',
    "gh pr create --title 'Capture live AWS access' --body 'Written by mode capture; the job summary says what to review.'",
  ];
  const intro =
    'The file is in the workspace of this job and nowhere else. To propose it, run these in a later step (with `contents: write` and `pull-requests: write`), or where you have taken the file to:';
  const row = { text: () => `${intro}\n\n${fenced(commands.join('\n'), 'sh')}`, rank: 4, weight: 1 };
  return { open: '\n## Open a pull request with it\n\n', rows: [row], close: '', leftOut: () => '' };
}
