import type { LookupEventsRequest, LookupEventsResponse } from '@aws-sdk/client-cloudtrail';
import type { ServiceInputTypes as IamInput, ServiceOutputTypes as IamOutput } from '@aws-sdk/client-iam';
import type { ServiceInputTypes as StsInput, ServiceOutputTypes as StsOutput } from '@aws-sdk/client-sts';
import { partitionOf } from '../iam/arn.ts';
import type { Clients, IamCommand, StsCommand } from './clients.ts';
import type { RenewedCredentials } from './credentials.ts';
import { errorCode } from './errors.ts';
import type { OrganizationsCalls } from './organizations-client.ts';
import type { PendingCalls } from './pending-calls.ts';
import { type RetryOptions, withRetries } from './retry.ts';
import type { Credentials } from './sdk-stack/signing.ts';
import { ThrottleWindow } from './throttle-window.ts';

/** Calls with one identity. Throttled calls, and failures of the server or the network, are retried here; other errors come through as the SDK throws them. */
export interface Session {
  readonly account: string;
  /** For people: the ARN of the role, or words in its place. */
  readonly principal: string;
  /** Fetches the credentials, if there are none yet. @throws {CallError} when they can't be fetched */
  open(): Promise<void>;
  iam<In extends IamInput, Out extends IamOutput>(command: IamCommand<In, Out>): Promise<Out>;
  sts<In extends StsInput, Out extends StsOutput>(command: StsCommand<In, Out>): Promise<Out>;
  lookupEvents(region: string, input: LookupEventsRequest): Promise<LookupEventsResponse>;
  /** One call to AWS Organizations. They are made one after another: all callers of an organization share one low rate. */
  organizations<T>(call: (calls: OrganizationsCalls) => Promise<T>): Promise<T>;
  /** Makes a call without retries, for calls that write: the caller has to know of every response that was lost. Only expired credentials are renewed. */
  sendOnce<In extends IamInput, Out extends IamOutput>(command: IamCommand<In, Out>): Promise<Out>;
}

/** What all sessions of a run share. */
export interface Transport extends RetryOptions {
  readonly clients: Clients;
  readonly pending: PendingCalls;
}

export interface SessionOptions extends Transport {
  readonly account: string;
  readonly principal: string;
  readonly credentials: RenewedCredentials;
  /** Maximum number of calls to one service at the same time. */
  readonly maxInFlight: number;
}

/** CloudTrail answers two look-ups a second. */
const LOOKUPS_IN_FLIGHT = 2;

export function createSession(options: SessionOptions): Session {
  const { account, clients, clock, credentials, pending } = options;
  const windows = {
    iam: new ThrottleWindow(clock, options.maxInFlight),
    sts: new ThrottleWindow(clock, options.maxInFlight),
    cloudtrail: new ThrottleWindow(clock, LOOKUPS_IN_FLIGHT),
    organizations: new ThrottleWindow(clock, 1),
  };

  async function withCredentials<T>(call: (credentials: Credentials) => Promise<T>): Promise<T> {
    const current = await credentials.get();
    try {
      return await call(current);
    } catch (error) {
      // They can expire early, when clocks differ or somebody revoked the session: one more attempt, with new ones.
      if (!isExpiry(error) || !credentials.discard(current)) throw error;
      return call(await credentials.get());
    }
  }

  function retried<T>(window: ThrottleWindow, attempt: () => Promise<T>): Promise<T> {
    return pending.track(account, window, (call) => withRetries(attempt, call, options));
  }

  return {
    account,
    principal: options.principal,
    open: async () => void (await credentials.get()),
    iam: (command) => retried(windows.iam, () => withCredentials((identity) => clients.iam(command, identity))),
    sts: (command) => retried(windows.sts, () => withCredentials((identity) => clients.sts(command, identity))),
    lookupEvents: (region, input) =>
      retried(windows.cloudtrail, () => withCredentials((identity) => clients.lookupEvents(region, input, identity))),
    organizations: (call) =>
      retried(windows.organizations, () =>
        withCredentials(async (identity) => call((await clients.organizations(partitionOf(options.principal) ?? 'aws'))(identity))),
      ),
    sendOnce: (command) => withCredentials((identity) => clients.iam(command, identity)),
  };
}

export function isExpiry(error: unknown): boolean {
  return /^ExpiredToken(Exception)?$/.test(errorCode(error));
}
