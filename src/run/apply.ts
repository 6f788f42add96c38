import { resolve } from 'node:path';
import { type ApplyResult, applyPlan } from '../apply/apply-plan.ts';
import { Journal } from '../apply/journal.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { readAccountAgain, readHubAgain } from '../live/read-again.ts';
import type { LiveRequest } from '../live/read-live.ts';
import { readLiveProperty } from '../live/read-property.ts';
import type { PlannedCall } from '../plan/call.ts';
import { Ways } from '../plan/ways.ts';
import type { RunContext } from '../publish/run-context.ts';
import { writeFileWhole } from '../publish/write-file.ts';
import { type ApplyOutcome, withChanges } from '../report/model/repaired.ts';
import { type Report, toReportFile } from '../report/model/schema.ts';
import { targetLabel } from '../state/entity.ts';
import { writeProperty } from '../state/property.ts';
import type { Reading } from '../state/reading.ts';
import type { State } from '../state/state.ts';
import { hubOf, openHubOf } from './hub-access.ts';
import type { Task } from './task.ts';

export type Applied = ApplyResult & ApplyOutcome;

/**
 * Makes the calls with the fixer's access. The report file is written with the plan before the first call, and with what was done so far before and after
 * each call, so that it is true even if the run is killed.
 */
export async function apply(
  task: Task,
  { reading, live }: { readonly reading: Reading; readonly live: LiveRequest },
  calls: readonly PlannedCall[],
  planned: Report,
): Promise<Applied> {
  const { job, context, inputs, desired, comparer, deadline } = task;
  const ways = new Ways(desired.state, new Set());
  const journal = new Journal((entries) => saveReport(context, inputs, withChanges(planned, entries, new Date(job.clock.now()))));
  const { cancelled: signal } = job;
  // What is read from here on is read for the writes.
  deadline.lift();
  const result = await applyPlan({
    calls,
    reading,
    reread: {
      hub: () => readHubAgain(live, reading),
      account: (account) => readAccountAgain(live, reading, account),
      property: (property) => readLiveProperty(live, property),
    },
    cutOff: (call, state) => cutOffLabels(ways, call, state),
    concurrency: live.concurrency,
    openFixer: () => openHubOf(task, hubOf(desired.state), inputs.fixerRole),
    fixerRole: desired.fixer,
    journal,
    goesOn: inputs.mode === 'rollback',
    verifyTimeout: inputs.verifyTimeout * 1_000,
    signal,
    clock: job.clock,
    comparer,
  });
  await journal.close();
  const whyUnseen = signal.aborted
    ? 'It was written, but the run was cancelled before it could be verified.'
    : `It was written, but AWS did not show it within ${inputs.verifyTimeout} s (input verify-timeout). The next run verifies it.`;
  return { ...result, entries: journal.entries, whyUnseen };
}

/** The targets that the call would cut off if it were made as things are. */
function cutOffLabels(ways: Ways, { change, keeps }: PlannedCall, state: State): readonly string[] {
  const after = writeProperty(change.property, state, change.after);
  return ways.cutOff(state, after).flatMap((target) => (keeps.includes(target.roleArn) ? [targetLabel(target)] : []));
}

async function saveReport(context: RunContext, inputs: Inputs, report: Report): Promise<void> {
  await writeFileWhole(resolve(context.workspace, inputs.reportPath), `${JSON.stringify(toReportFile(report), null, 2)}\n`);
}
