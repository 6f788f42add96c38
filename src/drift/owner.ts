import type { Location } from '../state/desired.ts';

/**
 * The user, group or role that a finding is about, for the rules that they share: attached policies, inline policies, boundary.
 * `rules` is the prefix of the rules' names: `hub-user` makes `hub-user-policy-extra`.
 */
export interface Owner<Prefix extends 'hub-user' | 'hub-group' | 'role' = 'hub-user' | 'hub-group' | 'role'> {
  readonly rules: Prefix;
  /** For messages: `user micetro`, `role Micetro`. */
  readonly label: string;
  readonly account: string;
  readonly arn: string;
  /** Where the file speaks of one of its keys, such as `managedPolicies`. */
  readonly locate: (key: string) => Location;
}

/** ARN-like name of an inline policy: its owner's ARN + `/policy/NAME`. */
export function inlinePolicyArn(ownerArn: string, policyName: string): string {
  return `${ownerArn}/policy/${policyName}`;
}
