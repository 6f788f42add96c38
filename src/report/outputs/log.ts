import { sentence, stop } from '../../text/visible.ts';
import { isOpen } from '../model/order.ts';
import type { Report } from '../model/schema.ts';
import { together } from '../sections/unread.ts';
import { count } from '../sections/verdict.ts';

/** The report as plain text for the job's log: what could not be read, then the open findings, a line each, worst first; then what was written, and the counts. */
export function renderLog(report: Report): string {
  const { summary, findings, notes, changes, notMade } = report;
  const open = findings.filter(isOpen);
  const read =
    summary.expected === 0
      ? 'AWS was not read.'
      : `${summary.observed} of ${count(summary.expected, 'account')} read: ${summary.clean} clean, ${summary.drifted} drifted, ${summary.unreadable} unreadable.`;
  return [
    ...together(report).map(unreadLine),
    ...open.map(({ access, rule, account, message }) => `${access.padEnd(8)} ${rule} ${account}: ${sentence(message)}`),
    ...changes.map(({ outcome, action, account, reason }) => sentence(`wrote    ${account} ${action} (${outcome}) ${reason}`)),
    ...notMade.map(({ action, account, reason }) => sentence(`not made ${account} ${action} ${reason}`)),
    ...notes.map(sentence),
    `${read} ${count(open.length, 'finding')}, ${summary.excepted} accepted.`,
  ].join('\n');
}

function unreadLine(errors: ReturnType<typeof together>[number]): string {
  const [{ account, code, call, message, advice }] = errors;
  const more = errors.length > 1 ? ` and ${count(errors.length - 1, 'more account')}` : '';
  const whose = account === '' ? '' : `${account}${more} `;
  const texts = [`${code}${call === '' ? '' : ` at ${call}`}: ${message}`, advice].filter((text) => text !== '');
  return sentence(`unread   ${whose}${texts.map(stop).join(' ')}`);
}
