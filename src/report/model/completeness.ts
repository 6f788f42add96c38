import { isOpen } from './order.ts';
import type { Report } from './schema.ts';

/** Whether something that the run had to read was not read. */
export function isIncomplete(report: Report): boolean {
  const { summary, hub } = report;
  return summary.unreadable > 0 || summary.observed < summary.expected || hub.status === 'unreadable' || readErrors(report).length > 0;
}

/** The errors of what had to be read. Who changed something is worth knowing, but where it can't be looked up, nothing is unread: a note says so. */
export function readErrors({ errors }: Pick<Report, 'errors'>): Report['errors'] {
  return errors.filter(({ call }) => call !== 'cloudtrail:LookupEvents');
}

/** Why the organization, with which the targets are compared, was not read: errors of no account, in a run that read accounts. */
export function organizationErrors({ errors, summary }: Pick<Report, 'errors' | 'summary'>): Report['errors'] {
  return summary.expected === 0 ? [] : errors.filter(({ account }) => account === '');
}

/** Whether every account that the run had to read was read, and no finding is open. Only then may an issue be closed. */
export function isClean(report: Report): boolean {
  return !isIncomplete(report) && !report.findings.some(isOpen);
}
