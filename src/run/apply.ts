import { resolve } from 'node:path';
import { type ApplyResult, applyPlan } from '../apply/apply-plan.ts';
import { Journal } from '../apply/journal.ts';
import { type AwsAccess, HubAccessError } from '../aws/access.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { readHubAgain, readTargetAgain } from '../live/read-again.ts';
import { type LiveRequest, readLive } from '../live/read-live.ts';
import type { PlannedCall } from '../plan/call.ts';
import type { RunContext } from '../publish/run-context.ts';
import { writeFileWhole } from '../publish/write-file.ts';
import { type ApplyOutcome, withChanges } from '../report/model/repaired.ts';
import { type Report, toReportFile } from '../report/model/schema.ts';
import type { Reading } from '../state/reading.ts';
import { hubOf, nothingRead, openHubOf } from './hub-access.ts';
import type { Task } from './task.ts';

/** What was read, and what it takes to read it again. `live` is `undefined` if the hub could not be reached; then nothing can be written. */
export interface Seen {
  readonly reading: Reading;
  readonly live: LiveRequest | undefined;
}

/** Reads all accounts, and keeps the auditor's access open while `work` runs. */
export async function withAuditor<T>(run: Task, work: (seen: Seen) => Promise<T>): Promise<T> {
  const { job, context, inputs, desired } = run;
  const { state, auditor } = desired;
  let access: AwsAccess;
  try {
    access = await openHubOf(job, context, inputs, hubOf(state), inputs.auditorRole);
  } catch (error) {
    if (!(error instanceof HubAccessError)) throw error;
    return work({ reading: nothingRead(state, error), live: undefined });
  }
  try {
    const live: LiveRequest = { desired: state, auditor, access, concurrency: inputs.concurrency };
    return await work({ reading: await readLive(live), live });
  } finally {
    access.close();
  }
}

export type Applied = ApplyResult & ApplyOutcome;

/**
 * Makes the calls with the fixer's access. The report file is written with the plan before the first call, and with what was done so far before and after
 * each call, so that it is true even if the run is killed.
 */
export async function apply(
  { job, context, inputs, desired, comparer }: Task,
  { reading, live }: { readonly reading: Reading; readonly live: LiveRequest },
  calls: readonly PlannedCall[],
  planned: Report,
): Promise<Applied> {
  const journal = new Journal((entries) => saveReport(context, inputs, withChanges(planned, entries, new Date(job.clock.now()))));
  const signal = job.onCancel();
  const result = await applyPlan({
    calls,
    reading,
    reread: { hub: () => readHubAgain(live, reading), target: (account) => readTargetAgain(live, reading, account) },
    concurrency: live.concurrency,
    openFixer: () => openHubOf(job, context, inputs, hubOf(desired.state), inputs.fixerRole),
    fixerRole: desired.fixer,
    journal,
    verifyTimeout: inputs.verifyTimeout * 1_000,
    signal,
    clock: job.clock,
    comparer,
  });
  await journal.close();
  const whyUnseen = signal.aborted
    ? 'It was written, but the run was cancelled before it could be read back.'
    : `It was written, but AWS did not show it within ${inputs.verifyTimeout} s (input verify-timeout). It may show it later: the next run tells.`;
  return { ...result, entries: journal.entries, whyUnseen };
}

async function saveReport(context: RunContext, inputs: Inputs, report: Report): Promise<void> {
  await writeFileWhole(resolve(context.workspace, inputs.reportPath), `${JSON.stringify(toReportFile(report), null, 2)}\n`);
}
