import { findDrift } from '../drift/drift.ts';
import { buildReport } from '../report/model/build.ts';
import type { Report } from '../report/model/schema.ts';
import { readThroughHub } from './hub-access.ts';
import { planOf } from './plan-of.ts';
import { answersForHub, targetsOf } from './shard.ts';
import type { Task } from './task.ts';

/** An audit, of a shard where one is named: live → drift → plan → report. */
export async function audit({ job, context, inputs, desired, facts }: Task): Promise<Report> {
  const { shard } = inputs;
  const state = { ...desired.state, targets: targetsOf(desired.state.targets, shard) };
  const reading = await readThroughHub(job, context, inputs, desired, state);
  const drift = findDrift(desired, reading, { at: new Date(job.clock.now()), hub: answersForHub(shard) });
  return buildReport(facts(), desired, reading, drift, planOf(inputs, desired, reading, drift.findings));
}
