import { findDrift } from '../drift/drift.ts';
import { buildReport } from '../report/model/build.ts';
import type { Report } from '../report/model/schema.ts';
import { readThroughHub } from './hub-access.ts';
import { planOf } from './plan-of.ts';
import { driftOptions, type Task } from './task.ts';

/** An audit: live → drift → plan → report. */
export async function audit(task: Task): Promise<Report> {
  const { job, context, inputs, desired, facts } = task;
  const reading = await readThroughHub(job, context, inputs, desired);
  const drift = findDrift(desired, reading, driftOptions(task));
  return buildReport(facts(), desired, reading, drift, planOf(inputs, desired, reading, drift.findings));
}
