import type { Clock } from '../time/clock.ts';

/** What the entry hands to a run: the only way by which the process's surroundings come in. */
export interface Job {
  /** `process.env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The payload of the event that started the workflow, parsed; `undefined` where there is none. */
  readonly event: unknown;
  /** Text of an input; empty for none. */
  readonly input: (name: string) => string;
  /** GitHub's OIDC token for an audience. */
  readonly fetchIdToken: (audience: string) => Promise<string>;
  /** The run's only clock: timestamps, waiting, retries, signatures and the pace of calls to GitHub all take it from here. */
  readonly clock: Clock;
  /** From now on the run ends in good order when it is cancelled, rather than at once; the signal says that it was. */
  readonly onCancel: () => AbortSignal;
}
