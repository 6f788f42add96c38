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

/** Calls with one identity. Throttling and failures of the network are waited out here; all other errors come through as the SDK throws them. */
export interface Session {
  readonly account: string;
  /** For people: the ARN of the role, or what stands in for it. */
  readonly principal: string;
  /** Takes the credentials, if they were not taken yet. @throws {CallError} when they can't be had */
  open(): Promise<void>;
  iam<In extends IamInput, Out extends IamOutput>(command: IamCommand<In, Out>): Promise<Out>;
  sts<In extends StsInput, Out extends StsOutput>(command: StsCommand<In, Out>): Promise<Out>;
  /** One try of a call that changes something: who writes has to know of every answer that was lost. Expired credentials alone are renewed. */
  attempt<In extends IamInput, Out extends IamOutput>(command: IamCommand<In, Out>): Promise<Out>;
}

export interface SessionOptions {
  readonly account: string;
  readonly principal: string;
  readonly credentials: RenewedCredentials;
  readonly clients: Clients;
  readonly clock: Clock;
  readonly retries: RetryLimits;
  /** Calls to one service at the same time. */
  readonly maxInFlight: number;
}

export function createSession(options: SessionOptions): Session {
  const { clients, clock, credentials, retries } = options;
  const windows = { iam: new ThrottleWindow(clock, options.maxInFlight), sts: new ThrottleWindow(clock, options.maxInFlight) };

  async function withCredentials<T>(call: (credentials: Credentials) => Promise<T>): Promise<T> {
    const taken = await credentials.get();
    try {
      return await call(taken);
    } catch (error) {
      // Before their time, if the clocks differ or somebody revoked the session: once more with new ones.
      if (!isExpiry(error) || !credentials.discard(taken)) throw error;
      return call(await credentials.get());
    }
  }

  return {
    account: options.account,
    principal: options.principal,
    open: async () => void (await credentials.get()),
    iam: (command) => withRetries(() => withCredentials((taken) => clients.iam(command, taken)), windows.iam, clock, retries),
    sts: (command) => withRetries(() => withCredentials((taken) => clients.sts(command, taken)), windows.sts, clock, retries),
    attempt: (command) => withCredentials((taken) => clients.iam(command, taken)),
  };
}

export function isExpiry(error: unknown): boolean {
  return /^ExpiredToken(Exception)?$/.test(errorCode(error));
}
