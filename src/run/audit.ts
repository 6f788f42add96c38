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
    ? [`This run is a proposal: ${reason} It repairs nothing, does not update the issue, and does not fail because of drift.`]
    : [];
  return withAuditor(task, async (seen) => {
    const { drift, report: compared } = compare(task, seen.reading);
    const report = withAttribution(compared, await attributionOf(task, seen, drift.findings));
    return { ...report, notes: [...notes, ...report.notes] };
  });
}
