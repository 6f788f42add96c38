import type { Difference } from '../drift/difference.ts';
import type { Finding } from '../drift/finding.ts';
import { roleOf } from '../iam/arn.ts';
import type { State } from '../state/state.ts';
import { actorOf } from './actor.ts';
import { type Admission, admissionOf } from './admission.ts';
import type { TrailEvent } from './trail-event.ts';

/** Whether what drifted was used. Times are ISO 8601. */
export interface Use {
  /** When the change was made, else where the event history begins; of a key, when it was created. */
  readonly since: string;
  /** `null`: only the last use is known. */
  readonly count: number | null;
  /** There may be more: a page, or a region that is known to be in use, was not read. */
  readonly atLeast: boolean;
  /** Who, the most frequent first; see `actorOf`. */
  readonly by: readonly string[];
  readonly lastAt: string | null;
  /** The regions whose events were read; of a key, the one where it was used. */
  readonly regions: readonly string[];
}

/** Which calls of AssumeRole on a role tell whether a difference was used. */
export interface UseInquiry {
  /** Whose event history it is. */
  readonly account: string;
  readonly roleArn: string;
  /** A region where the role is known to be in use. */
  readonly region: string | undefined;
  /** Whether the file would have let the caller in. */
  readonly isLetIn: (event: TrailEvent) => Admission;
}

/** @returns `undefined` for differences of which the event history does not show the use */
export function useInquiryOf(
  { difference, access }: Pick<Finding, 'difference' | 'access'>,
  desired: State,
  live: State,
): UseInquiry | undefined {
  if (access !== 'widened' && access !== 'changed') return undefined;
  switch (difference.kind) {
    case 'trust':
    case 'orphans':
      return useOfTrust(difference, live);
    case 'extra-grant':
      return useOfGrant(difference, desired, live);
    default:
      return undefined;
  }
}

function useOfTrust({ of, desired }: Difference<'trust' | 'orphans'>, { hub, targets }: State): UseInquiry {
  const role = targets.find(({ account, role }) => account === of.account && role.value?.arn === of.arn)?.role.value;
  return {
    account: of.account,
    roleArn: of.arn,
    region: role?.lastUsed?.region,
    isLetIn: (event) => admissionOf(event, desired, hub.user.value),
  };
}

/** The hub's own history shows which of its users and roles assumed a role of another account. */
function useOfGrant({ hubAccount, pattern, live: grant }: Difference<'extra-grant'>, desired: State, live: State): UseInquiry | undefined {
  const isAllowed = grant.statements?.some(({ effect }) => effect === 'Allow') ?? false;
  if (roleOf(pattern) === undefined || !isAllowed) return undefined;
  const isTarget = desired.targets.some(({ roleArn }) => roleArn === pattern);
  const user = live.hub.user.value?.arn;
  // A target that is granted in another group than the file says: the hub user may get in.
  return {
    account: hubAccount,
    roleArn: pattern,
    region: undefined,
    isLetIn: ({ identity: { arn } }) => (isTarget && arn === user ? 'yes' : 'no'),
  };
}

/** The AssumeRole events of some regions. */
export interface UseHistory {
  readonly events: readonly TrailEvent[];
  readonly regions: readonly string[];
  readonly isWhole: boolean;
}

/** A role's callers can be thousands of sessions. */
const MOST_CALLERS = 100;

/** @param since milliseconds since the epoch */
export function useOf({ isLetIn }: UseInquiry, { events, regions, isWhole }: UseHistory, since: number): Use {
  const calls = events.filter(({ name, isRefused, at }) => ASSUMES.test(name) && !isRefused && at >= since);
  const admissions = calls.map((event) => ({ event, admission: isLetIn(event) }));
  const found = admissions.flatMap(({ event, admission }) => (admission === 'no' ? [event] : []));
  const counts = new Map<string, number>();
  for (const { identity } of found) counts.set(actorOf(identity), (counts.get(actorOf(identity)) ?? 0) + 1);
  const last = Math.max(...found.map(({ at }) => at));
  return {
    since: new Date(since).toISOString(),
    count: found.length,
    atLeast: !isWhole || admissions.some(({ admission }) => admission === 'unknown'),
    by: [...counts]
      .sort(([, one], [, other]) => other - one)
      .slice(0, MOST_CALLERS)
      .map(([actor]) => actor),
    lastAt: found.length === 0 ? null : new Date(last).toISOString(),
    regions,
  };
}

/** AssumeRole, and its kinds with a token of another identity provider. */
const ASSUMES = /^AssumeRole(WithSAML|WithWebIdentity)?$/;
