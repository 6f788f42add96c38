import type { Finding } from '../drift/finding.ts';
import type { PolicySource } from '../policy/types.ts';
import type { Desired } from '../state/desired.ts';
import type { State } from '../state/state.ts';

/** One IAM call that changes something; `input` has the keys and values of the API. */
export interface IamCall {
  /** `iam:PutGroupPolicy`. */
  readonly action: `iam:${string}`;
  readonly account: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** How one finding would be repaired. */
export interface Repair {
  /** In this order; empty where people have to act. */
  readonly calls: readonly IamCall[];
  /** Why there are no calls; empty otherwise. */
  readonly reason: string;
}

/** What a repair is made from. */
export interface Broken {
  readonly finding: Finding;
  readonly desired: Desired;
  readonly live: State;
}

export function byCalls(...calls: readonly IamCall[]): Repair {
  return { calls, reason: '' };
}

export function byPeople(reason: string): Repair {
  return { calls: [], reason };
}

/** A document as IAM takes it: JSON text. */
export function documentText(document: PolicySource): string {
  return typeof document === 'string' ? document : JSON.stringify(document);
}
