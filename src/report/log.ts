import { isOpen } from './order.ts';
import type { Report } from './schema.ts';

/** The report as plain text for the job's log: what failed to be read, then the open findings, one line each, worst first; then the counts. */
export function renderLog(report: Report): string {
  const { summary, errors, findings, notes } = report;
  const open = findings.filter(isOpen);
  return [
    ...errors.map(({ account, code, call, message, advice }) =>
      `${account} could not be read: ${code} ${call} ${message} ${advice}`.replace(/\s+/gu, ' ').trim(),
    ),
    ...open.map(({ access, rule, account, message }) => `${access.padEnd(8)} ${rule} ${account}: ${message}`),
    ...notes,
    `${summary.observed} of ${summary.expected} accounts read: ${summary.clean} clean, ${summary.drifted} drifted, ${summary.unreadable} unreadable. ` +
      `${open.length} findings, ${summary.excepted} accepted.`,
  ].join('\n');
}
