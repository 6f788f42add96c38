import type { PolicySource } from '../policy/types.ts';

/**
 * IAM quotas (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entities).
 *
 * Where AWS raises a quota on request, this is the highest value that it grants: what the account's own value is can't be known offline,
 * and a desired state that is live in an account with a raised quota must not be called too large every night.
 */
export const QUOTAS = {
  /** Characters of all inline policies together; white space does not count. Not raisable. */
  inline: { User: 2048, Group: 5120, Role: 10_240 },
  /** Characters; 2,048 unless raised. */
  trustPolicy: 8192,
  /** Characters of one managed policy. Not raisable. */
  managedPolicy: 6144,
  /** Versions of one managed policy. Not raisable. */
  policyVersions: 5,
  /** Managed policies attached; 10 unless raised. A group's is not raisable. */
  managed: { User: 20, Group: 10, Role: 25 },
  /** Groups that a user is in; not raisable. */
  groupsOfUser: 10,
  /** Of a role; not raisable. */
  tags: 50,
} as const;

/** The size of a document as IAM counts it. */
export function policySize(document: PolicySource): number {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  return text.replace(/\s/g, '').length;
}
