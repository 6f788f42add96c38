import { refusedReport, repairedReport } from '../report/model/repaired.ts';
import type { Report } from '../report/model/schema.ts';
import { apply } from './apply.ts';
import { compare } from './compare.ts';
import { withAuditor } from './hub-access.ts';
import type { Task } from './task.ts';

/** A repair run: live → drift → plan → apply → live again → drift → report. */
export function repair(task: Task): Promise<Report> {
  return withAuditor(task, async ({ reading, live }) => {
    const { plan, report: planned } = compare(task, reading);
    if (plan.refusal !== null) return refusedReport(planned, plan.calls, plan.refusal);
    if (live === undefined || plan.calls.length === 0) return planned;
    const applied = await apply(task, { reading, live }, plan.calls, planned);
    const { plan: next, report: after } = compare(task, applied.reading);
    return repairedReport(planned, after, {
      ...applied,
      callsOf: (finding) => plan.repairOf(finding).calls,
      nextCallsOf: (finding) => next.repairOf(finding).calls,
    });
  });
}
