import { shortName } from '../iam/arn.ts';
import type { NameSet } from '../state/state.ts';
import type { Draft } from './draft.ts';
import type { Owner } from './owner.ts';

/** Rules `…-policy-missing` and `…-policy-extra`: attached managed policies, by ARN. */
export function attachedPolicyDrift(owner: Owner, desired: NameSet | undefined, live: NameSet | undefined): Draft[] {
  if (desired === undefined || live === undefined) return [];
  const about = { account: owner.account, entity: owner.arn, location: owner.locate('managedPolicies') };
  const allowed = new Set([...desired.required, ...desired.optional]);
  const missing = desired.required.filter((arn) => !live.required.includes(arn));
  const extra = live.required.filter((arn) => !allowed.has(arn));
  return [
    ...missing.map((arn): Draft => {
      const message = `The ${owner.label} lacks the managed policy ${shortName(arn)}.`;
      return { ...about, rule: `${owner.rules}-policy-missing`, resource: arn, access: 'narrowed', message, desired: arn };
    }),
    ...extra.map((arn): Draft => {
      const message = `The ${owner.label} has the managed policy ${shortName(arn)} attached, which the file does not allow.`;
      return { ...about, rule: `${owner.rules}-policy-extra`, resource: arn, access: 'widened', message, live: arn };
    }),
  ];
}
