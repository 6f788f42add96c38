import { sameName } from '../iam/names.ts';
import type { PropertyValue } from './property.ts';
import type { State } from './state.ts';
import type { TargetAddress } from './targets.ts';

/** A live state, with what could not be read of it. What a failed call would have told is `undefined` in the state. */
export interface Reading {
  readonly state: State;
  readonly errors: readonly ReadError[];
  /** ARN of whoever read the hub: a role or a user. */
  readonly readAs?: string;
  /** ARN of whoever assumed that role with credentials of the job's environment, and assumes the fixer's with them. */
  readonly assumedBy?: string;
}

/** Whether an error keeps something of a target from being known. */
export function isErrorOf({ scope, account, roleName }: ReadError, target: TargetAddress): boolean {
  return scope === 'target' && account === target.account && (roleName === undefined || sameName(roleName, target.roleName));
}

/** One property as it is; `null`: it is not there. */
export type PropertyReading = { readonly value: PropertyValue } | { readonly error: ReadError };

export interface ReadError {
  readonly scope: 'hub' | 'target' | 'organization';
  /** Empty where the error is of the organization: it keeps no account from being read. */
  readonly account: string;
  /** Of a target, if the error is about its role alone. `undefined`: about all that is read in the account. */
  readonly roleName?: string;
  /** AWS's error code (`AccessDenied`), or a network error's. */
  readonly code: string;
  readonly message: string;
  /** `iam:GetRole`, `sts:AssumeRole`. */
  readonly call: string;
  /** What to do: which permission is missing, on which role. */
  readonly advice: string;
}
