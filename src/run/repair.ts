import { withAttribution } from '../report/model/attribution-part.ts';
import { refusedReport, repairedReport } from '../report/model/repaired.ts';
import type { Report } from '../report/model/schema.ts';
import { apply } from './apply.ts';
import { attributionOf } from './attribute.ts';
import { compare } from './compare.ts';
import { withAuditor } from './hub-access.ts';
import type { Task } from './task.ts';

/** A repair run: live → drift → plan → apply → live again → drift → report. */
export function repair(task: Task): Promise<Report> {
  return withAuditor(task, async (seen) => {
    const { reading, live } = seen;
    const { drift, plan, report } = compare(task, reading);
    const attribution = await attributionOf(task, seen, drift.findings);
    const planned = withAttribution(report, attribution);
    if (plan.refusal !== null) return refusedReport(planned, plan.calls, plan.refusal);
    if (live === undefined || plan.calls.length === 0) return planned;
    const applied = await apply(task, { reading, live }, plan.calls, planned);
    const { plan: next, report: after } = compare(task, applied.reading);
    return repairedReport(planned, withAttribution(after, attribution), {
      ...applied,
      callsOf: (finding) => plan.repairOf(finding).calls,
      nextCallsOf: (finding) => next.repairOf(finding).calls,
    });
  });
}
