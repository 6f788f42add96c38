import type { Location } from '../state/desired.ts';

/** The rules of drift, in the order in which the documentation lists them. `of` says whose findings they are. */
export const RULES = {
  'hub-user-missing': { of: 'hub' },
  'hub-group-missing': { of: 'hub' },
  'hub-user-policy-missing': { of: 'hub' },
  'hub-user-policy-extra': { of: 'hub' },
  'hub-user-inline-policy-missing': { of: 'hub' },
  'hub-user-inline-policy-extra': { of: 'hub' },
  'hub-user-inline-policy-changed': { of: 'hub' },
  'hub-user-boundary-missing': { of: 'hub' },
  'hub-user-boundary-extra': { of: 'hub' },
  'hub-user-boundary-changed': { of: 'hub' },
  'hub-user-group-extra': { of: 'hub' },
  'hub-user-login-extra': { of: 'hub' },
  'hub-user-key-missing': { of: 'hub' },
  'hub-user-key-extra': { of: 'hub' },
  'hub-user-key-old': { of: 'hub' },
  'hub-group-member-missing': { of: 'hub' },
  'hub-group-member-extra': { of: 'hub' },
  'hub-group-policy-missing': { of: 'hub' },
  'hub-group-policy-extra': { of: 'hub' },
  'hub-group-inline-policy-missing': { of: 'hub' },
  'hub-group-inline-policy-extra': { of: 'hub' },
  'hub-group-inline-policy-changed': { of: 'hub' },
  'grant-missing': { of: 'target' },
  'grant-indirect': { of: 'target' },
  'grant-changed': { of: 'target' },
  'grant-extra': { of: 'hub' },
  'role-missing': { of: 'target' },
  'trust-changed': { of: 'target' },
  'trust-orphaned': { of: 'target' },
  'role-path-changed': { of: 'target' },
  'role-policy-missing': { of: 'target' },
  'role-policy-extra': { of: 'target' },
  'role-inline-policy-missing': { of: 'target' },
  'role-inline-policy-extra': { of: 'target' },
  'role-inline-policy-changed': { of: 'target' },
  'role-boundary-missing': { of: 'target' },
  'role-boundary-extra': { of: 'target' },
  'role-boundary-changed': { of: 'target' },
  'role-session-duration-changed': { of: 'target' },
  'role-description-changed': { of: 'target' },
  'role-tag-missing': { of: 'target' },
  'role-tag-changed': { of: 'target' },
  'quota-exceeded': { of: 'hub' },
} as const satisfies Record<string, { of: 'hub' | 'target' }>;

export type Rule = keyof typeof RULES;

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
