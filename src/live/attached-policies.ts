import type { AttachedPolicy } from '@aws-sdk/client-iam';
import { present } from '../aws/answers.ts';
import type { NameSet } from '../state/state.ts';

/** ARNs of attached managed policies. */
export function attachedSet(policies: readonly AttachedPolicy[]): NameSet {
  return nameSet(policies.map((policy) => present(policy.PolicyArn, 'policy ARN')));
}

/** A live set: every name exists, so none is optional. */
export function nameSet(names: readonly string[]): NameSet {
  return { required: names, optional: [] };
}
