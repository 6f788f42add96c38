import { findDrift } from '../drift/drift.ts';
import { buildReport } from '../report/model/build.ts';
import { refusedReport, repairedReport } from '../report/model/repaired.ts';
import type { Report } from '../report/model/schema.ts';
import type { Reading } from '../state/reading.ts';
import { planOf } from './plan-of.ts';
import type { Task } from './task.ts';
import { withAuditor, writeToAws } from './write-to-aws.ts';

/** A repair run: live → drift → plan → apply → live again → drift → report. */
export function repair(task: Task): Promise<Report> {
  return withAuditor(task, async ({ reading, live }) => {
    const { plan, report: planned } = compare(task, reading);
    if (plan.refusal !== null) return refusedReport(planned, plan.calls, plan.refusal);
    if (live === undefined || plan.calls.length === 0) return planned;
    const done = await writeToAws(task, { reading, live }, plan.calls, planned);
    const { report: after } = compare(task, done.reading);
    return repairedReport(planned, after, { ...done, callsOf: ({ id }) => plan.calls.filter(({ findings }) => findings.includes(id)) });
  });
}

function compare({ job, inputs, desired, facts }: Task, reading: Reading) {
  const drift = findDrift(desired, reading, new Date(job.clock.now()));
  const plan = planOf(inputs, desired, reading, drift.findings);
  return { plan, report: buildReport(facts(), desired, reading, drift, plan) };
}
