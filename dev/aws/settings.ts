import type { Rate } from './faults/throttle.ts';

/** How the embedded AWS behaves. All settings can be changed while it runs. */
export interface Settings {
  /** Milliseconds before every answer. */
  latencyMs: number;
  /** Milliseconds until readers, authorization and trust policies see what was written. */
  visibilityDelayMs: number;
  /** Whether writes, too, answer NoSuchEntity for what is not visible yet. */
  writesWaitForVisibility: boolean;
  /** Milliseconds for which a trust policy that has just become visible shows unique ids in place of ARNs. */
  principalIdsMs: number;
  /** Maximum number of items on a page, whatever the client asks for. */
  pageSize: number;
  /** Seconds that sessions live, whatever the client asks for; `undefined`: as asked. */
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
