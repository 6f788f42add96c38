import { isOpen } from './order.ts';
import type { Report } from './schema.ts';

/** Whether something that the run had to read was not read. */
export function isIncomplete({ summary, hub, errors }: Report): boolean {
  return summary.unreadable > 0 || summary.observed < summary.expected || hub.status === 'unreadable' || errors.length > 0;
}

/** Whether every account that the run had to read was read, and no finding is open. Only then may an issue be closed. */
export function isClean(report: Report): boolean {
  return !isIncomplete(report) && !report.findings.some(isOpen);
}
