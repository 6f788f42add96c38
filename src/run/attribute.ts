import { type Attribution, attribute } from '../attribution/attribution.ts';
import { homeRegion } from '../attribution/regions.ts';
import type { Finding } from '../drift/finding.ts';
import type { Seen } from './hub-access.ts';
import type { Task } from './task.ts';

/** Looks up who changed what these findings are about, while the auditor's access is open, and before anything is written. */
export async function attributionOf(task: Task, { reading, live }: Seen, findings: readonly Finding[]): Promise<Attribution | undefined> {
  const { job, inputs, desired, deadline } = task;
  if (inputs.attribution === 'off' || live === undefined || findings.length === 0) return undefined;
  return attribute({
    findings,
    desired,
    reading,
    access: live.access,
    fixerRole: inputs.fixerRole,
    regions: { home: homeRegion(live.access.partition, live.access.region), own: live.access.region },
    concurrency: inputs.concurrency,
    clock: job.clock,
    signal: deadline.signal,
  });
}
