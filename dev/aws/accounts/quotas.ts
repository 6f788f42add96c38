import { limitExceeded } from '../protocol/errors.ts';

/** Limits of an account, with AWS's defaults (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html). Sizes leave white space out. */
export const DEFAULT_QUOTAS = {
  inlineCharacters: { User: 2_048, Group: 5_120, Role: 10_240 },
  attachedPolicies: { User: 10, Group: 10, Role: 10 },
  trustCharacters: 2_048,
  policyCharacters: 6_144,
  policyVersions: 5,
  accessKeysPerUser: 2,
  sshPublicKeysPerUser: 5,
  signingCertificatesPerUser: 2,
  credentialsPerUserAndService: 2,
  groupsPerUser: 10,
  tags: 50,
  users: 5_000,
  groups: 300,
  roles: 1_000,
  policies: 1_500,
};

export type Quotas = typeof DEFAULT_QUOTAS;

/** Throws `LimitExceeded` when `used` is above the limit. */
export function checkQuota(used: number, limit: number, quota: string): void {
  if (used > limit) throw limitExceeded(`Cannot exceed quota for ${quota}: ${limit}`);
}

/** Throws `LimitExceeded` with AWS's message for inline policies. */
export function checkInlineSize(used: number, limit: number, owner: string): void {
  if (used > limit) throw limitExceeded(`Maximum policy size of ${limit} bytes exceeded for ${owner}`);
}
