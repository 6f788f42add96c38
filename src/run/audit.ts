import { findDrift } from '../drift/drift.ts';
import { buildReport } from '../report/model/build.ts';
import type { Report } from '../report/model/schema.ts';
import { readThroughHub } from './hub-access.ts';
import { planOf } from './plan-of.ts';
import type { Task } from './task.ts';

/** An audit: live → drift → plan → report. */
export async function audit({ job, context, inputs, desired, facts }: Task): Promise<Report> {
  const reading = await readThroughHub(job, context, inputs, desired);
  const drift = findDrift(desired, reading, new Date(job.clock.now()));
  return buildReport(facts(), desired, reading, drift, planOf(inputs, desired, reading, drift.findings));
}
