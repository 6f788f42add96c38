import type { Inputs } from '../inputs/inputs.ts';
import type { RunContext } from '../publish/run-context.ts';
import type { RunFacts } from '../report/model/build.ts';
import type { Desired } from '../state/desired.ts';
import type { Job } from './job.ts';

/** A run whose inputs and file are right: what an audit, a review, a repair and a rollback set out from. */
export interface Task {
  readonly job: Job;
  readonly context: RunContext;
  readonly inputs: Inputs;
  readonly desired: Desired;
  readonly facts: () => RunFacts;
}
