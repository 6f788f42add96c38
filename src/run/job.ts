import type { AlarmClock } from '../time/clock.ts';

/** What the entry passes to a run. Nothing else of the process and its environment is used. */
export interface Job {
  /** `process.env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The parsed payload of the event that started the workflow; `undefined` if there is none. */
  readonly event: unknown;
  /** The text of an input; empty if it is not set. */
  readonly input: (name: string) => string;
  /** The run's only clock: timestamps, waiting, retries, signatures and the pace of calls to GitHub all take it from here. */
  readonly clock: AlarmClock;
  /** Aborted when the run is cancelled. It then has some seconds to publish what it knows. */
  readonly cancelled: AbortSignal;
}
