import type { Location } from '../state/desired.ts';
import type { Rule } from '../state/rules.ts';

/** The live state seen from the desired one. */
export type Access = 'widened' | 'narrowed' | 'changed' | 'none';

/** One difference between desired and live. */
export interface Finding {
  /** Stable across runs while the drift is the same: a digest of rule, account, resource and the canonical live value. */
  readonly id: string;
  readonly rule: Rule;
  readonly account: string;
  /** ARN of what has to change; exceptions match on it exactly. */
  readonly resource: string;
  /** ARN of the user, group or role that it is a part of; the resource itself where it is no part. */
  readonly entity: string;
  readonly access: Access;
  /** One line for a person, unescaped. */
  readonly message: string;
  /** For people, from the comparison of documents: one line each. Empty where none were compared. */
  readonly explanation: readonly string[];
  /** JSON values; policy documents as objects, or as text where they do not parse. `null`: nothing there. */
  readonly desired: unknown;
  readonly live: unknown;
  /** A request that only one side allows; empty where there is none. */
  readonly witness: string | null;
  readonly location: Location;
  readonly exception: AppliedException | null;
}

export interface AppliedException {
  readonly owner: string;
  readonly reason: string;
  readonly expires: string;
  readonly expired: boolean;
}

export type Connection = 'works' | 'broken' | 'unknown';
