import { withAttribution } from '../report/model/attribution-part.ts';
import type { Report } from '../report/model/schema.ts';
import { attributionOf } from './attribute.ts';
import { compare } from './compare.ts';
import { withAuditor } from './hub-access.ts';
import type { Task } from './task.ts';

/** An audit: live → drift → plan → report. */
export function audit(task: Task): Promise<Report> {
  const { isProposal, reason } = task.permissions;
  const notes = isProposal
    ? [`A proposal: ${reason} Nothing is repaired, the issue is not touched, and drift does not fail the step.`]
    : [];
  return withAuditor(task, async (seen) => {
    const { drift, report: compared } = compare(task, seen.reading);
    const report = withAttribution(compared, await attributionOf(task, seen, drift.findings));
    return { ...report, notes: [...notes, ...report.notes] };
  });
}
