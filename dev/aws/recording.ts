import type { Service } from './protocol/xml.ts';

/** A call that was answered (or dropped). Admin calls are not recorded. */
export interface RecordedCall {
  readonly service: Service;
  readonly action: string;
  /** The account that was called: of the AssumeRole calls the role's. Empty where the caller is not known. */
  readonly account: string;
  /** ARN of the caller, as GetCallerIdentity shows it; empty where it is not known. */
  readonly principal: string;
  readonly params: Readonly<Record<string, string>>;
  /** HTTP status; 0 where the connection was broken or nothing was answered. */
  readonly status: number;
  /** AWS's error code. */
  readonly code: string | undefined;
  readonly userAgent: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** How much was asked of the server, admin calls included. */
export interface Load {
  requests: number;
  connections: number;
  inFlight: number;
  mostInFlight: number;
}
