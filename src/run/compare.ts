import { type Drift, findDrift } from '../drift/drift.ts';
import type { Plan } from '../plan/call.ts';
import { buildReport } from '../report/model/build.ts';
import type { Report } from '../report/model/schema.ts';
import type { Reading } from '../state/reading.ts';
import { planOf } from './plan-of.ts';
import { driftOptions, type Task } from './task.ts';

/** What was read, compared with the file: live → drift → plan → report. */
export function compare(task: Task, reading: Reading, options = driftOptions(task)): { drift: Drift; plan: Plan; report: Report } {
  const drift = findDrift(task.desired, reading, options);
  const plan = planOf(task, reading, drift.findings);
  return { drift, plan, report: buildReport(task.facts(), task.desired, reading, drift, plan) };
}
