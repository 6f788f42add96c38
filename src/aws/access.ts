import type { Network } from '../network/network.ts';
import type { Clock } from '../time/clock.ts';
import type { Deadline } from '../time/deadline.ts';
import type { Endpoints } from './clients.ts';
import type { Environment } from './environment-credentials.ts';
import type { AccountWait } from './pending-calls.ts';
import type { RetryLimits } from './retry.ts';
import type { Timeouts } from './sdk-stack/exchange.ts';
import type { Session } from './session.ts';

export interface HubOptions {
  /** The hub account of the desired-state file: credentials of any other account are refused. Both `undefined`: the hub is the account of the credentials. */
  readonly account: string | undefined;
  readonly partition: string | undefined;
  /** ARN of a role in the hub (input `auditor-role` or `fixer-role`); empty: the environment's credentials are used as they are. */
  readonly role: string;
  /** `undefined`: the main region of the partition. */
  readonly region: string | undefined;
  /** Shown in CloudTrail with every call, and in the user agent; see `sessionNameOf`. */
  readonly sessionName: string;
  /** `process.env`, in which credentials are looked for. */
  readonly environment: Environment;
  /** Whether to find out who assumes the role with the environment's credentials, which takes a call. */
  readonly asksCaller?: boolean;
  /** GitHub's OIDC token, if the job can have one. */
  readonly oidc?: { readonly audience: string; readonly fetchIdToken: (audience: string) => Promise<string> } | undefined;
  /** Maximum number of targets in flight; the number of connections follows from it. */
  readonly concurrency: number;
  readonly endpoints?: Endpoints;
  readonly timeouts?: Timeouts;
  readonly retries?: RetryLimits;
  readonly network: Network;
  readonly clock: Clock;
  /** Until when may be read, the sign-in included. */
  readonly deadline: Deadline;
}

/** Access to the hub, and through it to the targets. Account and partition are those of the credentials, and were checked against the options. */
export interface AwsAccess {
  readonly account: string;
  readonly partition: string;
  /** In which STS is called. */
  readonly region: string;
  readonly hub: Session;
  /** ARN of the identity that assumes the role with the environment's credentials, if it was asked for and there is one. */
  readonly assumedBy?: string;
  /** A session of a role that the hub's identity assumes. The same role is assumed once, however often it is asked for. */
  assume(roleArn: string, externalId: string | undefined): Session;
  /** For whom is waited now, the longest first. */
  waits(): readonly AccountWait[];
  /** Closes the connections. */
  close(): void;
}

/** Why the hub could not be reached at all. The message is for people; `advice` says what to do. */
export class HubAccessError extends Error {
  override readonly name = 'HubAccessError';
  readonly code: string;
  /** `sts:AssumeRole`, or `credentials` where no call was made. */
  readonly call: string;
  readonly advice: string;

  constructor(code: string, call: string, message: string, advice: string) {
    super(message);
    this.code = code;
    this.call = call;
    this.advice = advice;
  }
}
