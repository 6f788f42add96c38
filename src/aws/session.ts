import type { LookupEventsRequest, LookupEventsResponse } from '@aws-sdk/client-cloudtrail';
import type { ServiceInputTypes as IamInput, ServiceOutputTypes as IamOutput } from '@aws-sdk/client-iam';
import type { ServiceInputTypes as StsInput, ServiceOutputTypes as StsOutput } from '@aws-sdk/client-sts';
import type { Clock } from '../time/clock.ts';
import type { Clients, IamCommand, StsCommand } from './clients.ts';
import type { RenewedCredentials } from './credentials.ts';
import { errorCode } from './errors.ts';
import type { RetryLimits } from './retry.ts';
import { withRetries } from './retry.ts';
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
  /** Makes a call without retries, for calls that write: the caller has to know of every response that was lost. Only expired credentials are renewed. */
  sendOnce<In extends IamInput, Out extends IamOutput>(command: IamCommand<In, Out>): Promise<Out>;
}

/** What all sessions of a run share. */
export interface Transport {
  readonly clients: Clients;
  readonly clock: Clock;
  readonly retries: RetryLimits;
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
  const { clients, clock, credentials, retries } = options;
  const windows = {
    iam: new ThrottleWindow(clock, options.maxInFlight),
    sts: new ThrottleWindow(clock, options.maxInFlight),
    cloudtrail: new ThrottleWindow(clock, LOOKUPS_IN_FLIGHT),
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

  return {
    account: options.account,
    principal: options.principal,
    open: async () => void (await credentials.get()),
    iam: (command) => withRetries(() => withCredentials((identity) => clients.iam(command, identity)), windows.iam, clock, retries),
    sts: (command) => withRetries(() => withCredentials((identity) => clients.sts(command, identity)), windows.sts, clock, retries),
    lookupEvents: (region, input) =>
      withRetries(() => withCredentials((identity) => clients.lookupEvents(region, input, identity)), windows.cloudtrail, clock, retries),
    sendOnce: (command) => withCredentials((identity) => clients.iam(command, identity)),
  };
}

export function isExpiry(error: unknown): boolean {
  return /^ExpiredToken(Exception)?$/.test(errorCode(error));
}
