import type { WorkflowEvent } from '../publish/event-file.ts';
import type { Runner } from '../publish/runner.ts';
import type { AlarmClock } from '../time/clock.ts';

/** What the entry passes to a run. Nothing else of the process and its environment is used. */
export interface Job {
  /** `process.env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly event: WorkflowEvent;
  /** The text of an input; empty if it is not set. */
  readonly input: (name: string) => string;
  /** Where the run logs, annotates, and sets outputs. */
  readonly runner: Runner;
  /** The run's only clock: timestamps, waiting, retries, signatures and the pace of calls to GitHub all take it from here. */
  readonly clock: AlarmClock;
  /** Aborted when the run is cancelled. It then has some seconds to publish what it knows. */
  readonly cancelled: AbortSignal;
}
