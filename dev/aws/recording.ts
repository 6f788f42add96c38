import type { Service } from './protocol/service.ts';

/** A call that was answered, or dropped. Admin calls are not recorded. */
export interface RecordedCall {
  readonly service: Service;
  readonly action: string;
  /** The account that was called: for the AssumeRole calls, the role's. Empty if the caller is unknown. */
  readonly account: string;
  /** ARN of the caller, as GetCallerIdentity shows it; empty if it is unknown. */
  readonly principal: string;
  readonly params: Readonly<Record<string, string>>;
  /** HTTP status; 0 if the connection broke or there was no answer. */
  readonly status: number;
  /** AWS's error code. */
  readonly code: string | undefined;
  readonly userAgent: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** How busy the server was, including admin calls. */
export interface Load {
  requests: number;
  connections: number;
  inFlight: number;
  mostInFlight: number;
}
