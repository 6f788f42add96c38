import type { DriftOptions } from '../drift/drift.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { RunPermissions } from '../inputs/run-permissions.ts';
import type { Comparer } from '../policy/index.ts';
import type { Octokit } from '../publish/octokit.ts';
import type { RunContext } from '../publish/run-context.ts';
import type { RunFacts } from '../report/model/build.ts';
import type { Desired } from '../state/desired.ts';
import type { Deadline } from '../time/deadline.ts';
import type { Job } from './job.ts';

/** A run whose inputs are right. */
export interface CheckedRun {
  readonly job: Job;
  readonly context: RunContext;
  readonly inputs: Inputs;
  readonly permissions: RunPermissions;
  /** `undefined` without a token. */
  readonly octokit: Octokit | undefined;
  /** Of the run: what it has compared is not compared again. */
  readonly comparer: Comparer;
  readonly facts: () => RunFacts;
  /** Until when may be read. */
  readonly deadline: Deadline;
}

/** A run whose inputs and file are right: what an audit, a review, a repair and a rollback set out from. */
export interface Task extends CheckedRun {
  readonly desired: Desired;
}

/** How the task compares states now. */
export function driftOptions({ job, comparer }: Pick<Task, 'job' | 'comparer'>): DriftOptions {
  return { at: new Date(job.clock.now()), comparer };
}
