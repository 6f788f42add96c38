import { nameOf } from '../../iam/arn.ts';
import { grouped } from '../../text/grouped.ts';
import { plural } from '../../text/plural.ts';
import { singleQuoted } from '../../text/shell.ts';
import { cut, truncate } from '../../text/visible.ts';
import { isMasked } from '../model/masked-account.ts';
import { isOpen } from '../model/order.ts';
import type { Report, ReportCapture } from '../model/schema.ts';
import { accountLabel } from '../sections/accounts.ts';
import { captureEmoji, renderCaptureHeadline } from '../sections/capture-headline.ts';
import { type PageLinks, reportPlace } from '../sections/links.ts';
import { code, details, fenced, plainSentence } from '../sections/markdown.ts';
import { fitPage, listSection, type Row, type Section } from '../sections/page.ts';
import { unreadSection } from '../sections/unread.ts';
import { urgentPart } from '../sections/urgent.ts';
import { type PageOptions, SUMMARY_LIMIT } from './page-limits.ts';

export interface CaptureSummaryOptions extends PageOptions {
  /** Text of the file, masked as the report is; `undefined` where no file was made. */
  readonly file: string | undefined;
}

/** UTF-16 units of the file that are shown. */
const MAX_FILE = 200_000;
const MAX_TEXT = 1_000;
const MAX_ACCOUNTS = 20;

/** The job summary of mode capture: what was captured and what was not, what to review, the file, and how to open a pull request with it. */
export function renderCaptureSummary(report: Report, options: CaptureSummaryOptions): string {
  const { capture } = report;
  const sections = [
    unreadSection(report, 0),
    ...(capture === undefined
      ? []
      : [
          leftOutSection(report, capture),
          organizationSection(report, capture),
          nextAuditSection(report),
          reviewSection(report, capture),
          removedSection(report, capture),
        ]),
    ...(options.file === undefined ? [] : [fileSection(report, options.file), proposalSection(report)]),
  ];
  return fitPage((leftOut) => captureHead(report, options, leftOut), sections, options.limit ?? SUMMARY_LIMIT);
}

function captureHead(report: Report, links: PageLinks, leftOut: number): string {
  const more = leftOut === 0 ? '' : ` **${leftOut} lines are not shown here. All are in ${reportPlace(links)}.**`;
  return `${urgentPart(report)}${captureEmoji(report)} **${renderCaptureHeadline(report)}**\n\nDesired state: ${code(cut(report.run.desiredState.path, 300))}.${more}\n`;
}

const LEFT_OUT = `
## Not captured

These grants name roles that the file does not describe. Until the roles are targets, or the grants are removed, an audit with this file reports each grant as extra, and **a repair run removes it**.

`;

const KINDS = { dangling: 'dangling', unread: 'not read', unwritable: 'not expressible in the file' } as const;

function leftOutSection(report: Report, { leftOut }: ReportCapture): Section {
  const label = accountLabel(report);
  const rows = leftOut.map(({ account, roleArn, kind, reason, kept }): Row => {
    const stays = kept ? ' The file still contains its earlier entry.' : ' It is in the file as a comment.';
    return {
      text: () => `- ${label(account)} ${code(roleArn)} (${KINDS[kind]}): ${plainSentence(reason, MAX_TEXT)}${stays}\n`,
      rank: 1,
      weight: 1,
    };
  });
  return listSection(LEFT_OUT, rows, 'more role');
}

/** What the organization brought in, and which of its accounts it did not. */
function organizationSection(report: Report, { taken, notTakenIn }: ReportCapture): Section {
  const label = accountLabel(report);
  const rows = [
    ...[...grouped(taken, ({ roleArn }) => nameOf(roleArn))].map(
      ([name, all]) =>
        `Taken in with the role ${code(name)}: ${some(all, label)}. No hub group grants this role there yet, so the next audit reports ${code('grant-missing')}.`,
    ),
    ...[...grouped(notTakenIn, ({ reason }) => reason)].map(
      ([reason, all]) => `Not taken in: ${some(all, label)}: ${plainSentence(reason, MAX_TEXT)}`,
    ),
  ];
  const open = '\n## Accounts of the organization that were not targets\n\n';
  return listSection(
    open,
    rows.map((line): Row => ({ text: () => `- ${line}\n`, rank: 2, weight: 1 })),
    'more line',
  );
}

function some(all: readonly { readonly account: string }[], label: (account: string) => string): string {
  const accounts = [...new Set(all.map(({ account }) => account))];
  const more = accounts.length - MAX_ACCOUNTS;
  return `${accounts.slice(0, MAX_ACCOUNTS).map(label).join(', ')}${more > 0 ? ` and ${plural(more, 'more account')}` : ''}`;
}

function nextAuditSection(report: Report): Section {
  const label = accountLabel(report);
  const rows = report.findings.filter(isOpen).map(
    ({ account, rule, message }): Row => ({
      text: () => `- ${label(account)} ${code(rule)}: ${plainSentence(message, MAX_TEXT)}\n`,
      rank: 2,
      weight: 1,
    }),
  );
  const open =
    '\n## The next audit will say\n\nA change of the file cannot resolve these. Correct them in AWS, or accept them with an exception.\n\n';
  return listSection(open, rows, 'more finding');
}

function reviewSection(report: Report, { review }: ReportCapture): Section {
  const label = accountLabel(report);
  const rows = review.map(({ text, accounts }): Row => {
    const where = some(
      accounts.map((account) => ({ account })),
      label,
    );
    return { text: () => `- ${plainSentence(text, MAX_TEXT)} ${where}\n`, rank: 3, weight: 1 };
  });
  const open =
    '\n## Review before you accept\n\nThese were captured unchanged. After the file is merged, audits treat them as desired.\n\n';
  return listSection(open, rows, 'more line');
}

function removedSection(report: Report, { removed }: ReportCapture): Section {
  const label = accountLabel(report);
  const rows = removed.map(({ account, roleArn }): Row => ({ text: () => `- ${label(account)} ${code(roleArn)}\n`, rank: 3, weight: 1 }));
  const open = '\n## No longer targets\n\nThe file had these roles as targets, but no grant names them now.\n\n';
  return listSection(open, rows, 'more role');
}

function fileSection(report: Report, file: string): Section {
  const shown = file.length > MAX_FILE ? `${truncate(file, MAX_FILE)}\n# … shortened here; the file itself is complete` : file;
  const remark = isMasked(report) ? 'Account ids are shortened here. The file contains them in full.\n\n' : '';
  const body = details(`<b>The file</b>, ${plural(file.split('\n').length - 1, 'line')}`, fenced(shown, 'yaml'));
  const row = { text: () => `${remark}${body}`, rank: 5, weight: 1 };
  return {
    open: `\n## ${code(cut(report.run.desiredState.path, 300))}\n\n`,
    rows: [row],
    close: '',
    leftOut: () => '_The file is too long to show here._',
  };
}

function proposalSection({ run }: Report): Section {
  const path = run.desiredState.path;
  const commands = [
    'git switch --create capture-aws-access',
    `git add -- ${singleQuoted(path)}`,
    "git commit --message 'Capture live AWS access'",
    'git push --set-upstream origin capture-aws-access',
    "gh pr create --title 'Capture live AWS access' --body 'Written by mode capture. The job summary lists what to review.'",
  ];
  const intro =
    'The file exists only in the workspace of this job. To propose it, run these commands in a later step (with `contents: write` and `pull-requests: write`), or wherever you copied the file:';
  const row = { text: () => `${intro}\n\n${fenced(commands.join('\n'), 'sh')}`, rank: 4, weight: 1 };
  return { open: '\n## Open a pull request with it\n\n', rows: [row], close: '', leftOut: () => '' };
}
