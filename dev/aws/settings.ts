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
  /** Milliseconds until CloudTrail's lookups find an event. */
  eventDelayMs: number;
  /** Token buckets for each account, CloudTrail's also for each region; a service that is left out is not throttled. */
  throttle: { readonly iam?: Rate; readonly sts?: Rate; readonly cloudtrail?: Rate; readonly organizations?: Rate };
  organizations: OrganizationsSettings;
}

/** How AWS Organizations lists accounts. */
export interface OrganizationsSettings {
  /** Whether an empty page, with a token to go on, comes before each page. */
  readonly emptyPages: boolean;
  /** Whether accounts come with their paths. */
  readonly accountPaths: boolean;
  /** `retired`: the field `Status` in place of `State`. */
  readonly accountStates: 'current' | 'retired';
}

/** AWS's own limit (https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html). */
export const LOOKUP_RATE: Rate = { perSecond: 2, burst: 2 };

export const DEFAULT_SETTINGS: Readonly<Settings> = {
  latencyMs: 0,
  visibilityDelayMs: 0,
  writesWaitForVisibility: false,
  principalIdsMs: 0,
  pageSize: 1_000,
  sessionSeconds: undefined,
  eventDelayMs: 0,
  throttle: {},
  organizations: { emptyPages: false, accountPaths: true, accountStates: 'current' },
};
