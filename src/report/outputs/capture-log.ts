import { grouped } from '../../text/grouped.ts';
import { plural } from '../../text/plural.ts';
import { singleLine } from '../../text/visible.ts';
import type { Report, ReportCapture } from '../model/schema.ts';
import { renderCaptureHeadline } from '../sections/capture-headline.ts';
import { urgentLines } from '../sections/urgent.ts';
import { logLines } from './log.ts';

/** The outcome of a capture as plain text for the job's log: what is urgent, what to review, then what an audit with the file would print. */
export function renderCaptureLog(report: Report): string {
  const { capture } = report;
  const left = capture?.leftOut.map(({ kind, roleArn, reason }) => `${kind.padEnd(8)} ${roleArn}: ${reason}`) ?? [];
  const review = capture?.review.map(({ text, accounts }) => `review   ${fewOf(accounts)}: ${text}`) ?? [];
  const organization = capture === undefined ? [] : organizationLines(capture);
  return [
    ...urgentLines(report),
    ...[...left, ...organization, ...review].map(singleLine),
    ...logLines(report),
    renderCaptureHeadline(report),
  ].join('\n');
}

function organizationLines({ taken, notTakenIn }: ReportCapture): string[] {
  const accounts = [...new Set(taken.map(({ account }) => account))];
  return [
    ...(accounts.length === 0 ? [] : [`taken in ${fewOf(accounts)}: found in the organization, and not granted yet`]),
    ...[...grouped(notTakenIn, ({ reason }) => reason)].map(
      ([reason, all]) => `not in   ${fewOf(all.map(({ account }) => account))}: in the organization, and no target, because ${reason}`,
    ),
  ];
}

/** Accounts that a line of the log names. */
const MOST_NAMED = 5;

function fewOf(accounts: readonly string[]): string {
  const more = accounts.length - MOST_NAMED;
  return `${accounts.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${plural(more, 'more account')}` : ''}`;
}
