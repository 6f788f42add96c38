import type { Rate } from './faults/throttle.ts';

/** How the embedded AWS behaves; all of it can be changed while it runs. */
export interface Settings {
  /** Milliseconds before every answer. */
  latencyMs: number;
  /** Milliseconds until what was written is seen by readers, by authorization and as a principal. */
  visibilityDelayMs: number;
  /** Whether a write, too, answers NoSuchEntity for what is not visible yet. */
  writesWaitForVisibility: boolean;
  /** Milliseconds for which a trust policy that has just become visible shows unique ids in place of ARNs. */
  principalIdsMs: number;
  /** At most so many items on a page, whatever the client asks for. */
  pageSize: number;
  /** Seconds that sessions really live, whatever the client asks for; `undefined`: as asked. */
  sessionSeconds: number | undefined;
  /** Token buckets for each account; a service that is left out is not throttled. */
  throttle: { readonly iam?: Rate; readonly sts?: Rate };
}

export const DEFAULT_SETTINGS: Readonly<Settings> = {
  latencyMs: 0,
  visibilityDelayMs: 0,
  writesWaitForVisibility: false,
  principalIdsMs: 0,
  pageSize: 1_000,
  sessionSeconds: undefined,
  throttle: {},
};
