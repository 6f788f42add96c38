import { plural } from '../../text/plural.ts';
import { singleLine, withFullStop } from '../../text/visible.ts';
import { type ErrorGroup, groupErrors } from '../model/error-groups.ts';
import { isOpen } from '../model/order.ts';
import type { Report, ReportFinding } from '../model/schema.ts';
import { causeText } from '../sections/cause-line.ts';
import { urgentLines } from '../sections/urgent.ts';

/** The report as plain text for the job's log: what is urgent, what could not be read, the open findings, worst first, what was written, notes, counts. A line each. */
export function renderLog(report: Report): string {
  return [...urgentLines(report), ...logLines(report)].join('\n');
}

/** The same without what is urgent, a line each. */
export function logLines(report: Report): readonly string[] {
  const { summary, findings, notes, changes, notMade } = report;
  const open = findings.filter(isOpen);
  const read =
    summary.expected === 0
      ? 'AWS was not read.'
      : `${summary.observed} of ${plural(summary.expected, 'account')} read: ${summary.clean} clean, ${summary.drifted} drifted, ${summary.unreadable} unreadable.`;
  return [
    ...groupErrors(report).map(unreadLine),
    ...open.flatMap(findingLines),
    ...changes.map(({ outcome, action, account, reason }) => singleLine(`wrote    ${account} ${action} (${outcome}) ${reason}`)),
    ...notMade.map(({ action, account, reason }) => singleLine(`skipped  ${account} ${action} ${reason}`)),
    ...notes.map(singleLine),
    `${read} ${plural(open.length, 'finding')}, ${summary.excepted} accepted.`,
  ];
}

function findingLines(finding: ReportFinding): string[] {
  const { access, rule, account, message } = finding;
  const cause = causeText(finding);
  return [`${access.padEnd(8)} ${rule} ${account}: ${singleLine(message)}`, ...(cause === '' ? [] : [`         ${cause}`])];
}

function unreadLine(errors: ErrorGroup): string {
  const [{ account, code, call, message, advice }] = errors;
  const more = errors.length > 1 ? ` and ${plural(errors.length - 1, 'more account')}` : '';
  const whose = account === '' ? '' : `${account}${more} `;
  const texts = [`${code}${call === '' ? '' : ` at ${call}`}: ${message}`, advice].filter((text) => text !== '');
  return singleLine(`unread   ${whose}${texts.map(withFullStop).join(' ')}`);
}
