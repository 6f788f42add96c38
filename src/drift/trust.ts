import { decide, type Policy, parsePolicy, principalsOf, withoutUniqueIds } from '../policy/index.ts';
import type { Location } from '../state/desired.ts';
import type { Hub, Role, Target } from '../state/state.ts';
import type { Owner } from './differences/kind.ts';
import type { FindingInput } from './finding.ts';
import { comparedPolicies } from './policies.ts';
import type { Sides } from './sides.ts';

/**
 * Rules `trust-changed` and `trust-orphaned`. IAM shows a deleted principal as its unique id. What is left of the trust without these ids is compared by
 * itself, so that an orphan is reported as an orphan and does not hide a trust that was opened as well.
 */
export function trustDrift(sides: Sides, of: Owner<'Role'>, location: Location, role: Role, { trust: live }: Role): FindingInput[] {
  if (role.trust === undefined || live === undefined) return [];
  const desired = withUserPath(role.trust, sides);
  const { policy: rest, ids } = withoutUniqueIds(live);
  const compared = rest === null ? null : comparedPolicies(sides.comparer, desired, rest);
  const changed: FindingInput[] =
    compared === null || rest === null
      ? []
      : [{ difference: { kind: 'trust', of, hubAccount: sides.desired.hub.account, desired, live, judged: rest }, ...compared, location }];
  if (ids.length === 0) return changed;
  const orphans: FindingInput = { difference: { kind: 'orphans', of, ids, desired, live }, access: 'changed', location };
  return compared?.access === 'narrowed' ? [orphans] : [orphans, ...changed];
}

/** A desired state names the hub user without its path; IAM shows the ARN with it. The user's name is unique in the account, so no other can be meant. */
export function withUserPath(trust: Policy, { desired, live }: Pick<Sides, 'desired' | 'live'>): Policy {
  const stated = desired.hub.user.value?.arn;
  const actual = live.hub.user.value?.arn;
  if (stated === undefined || actual === undefined || stated === actual || typeof trust.source === 'string') return trust;
  const source = JSON.parse(trust.text, (_key, value: unknown) => (value === stated ? actual : value));
  return parsePolicy(source, 'trust', trust);
}

/**
 * Whether the role lets the hub user in, by its trust. Where conditions decide, a trust that is as desired, or wider, is taken to be meant for the user.
 */
export function trustStatus({ desired, live, comparer }: Sides, role: Role, { trust }: Role): 'open' | 'shut' | 'unknown' {
  if (trust === undefined) return 'unknown';
  const principal = live.hub.user.value?.arn ?? desired.hub.user.value?.arn ?? '';
  const decision = decide(trust, { action: 'sts:AssumeRole', principal });
  if (decision !== 'unknown') return decision === 'allow' ? 'open' : 'shut';
  if (role.trust === undefined) return 'unknown';
  const { verdict } = comparer.compare(withUserPath(role.trust, { desired, live }), trust);
  return verdict === 'same' || verdict === 'widened' ? 'open' : 'unknown';
}

/**
 * Whether the trust of a role in the hub's own account names the hub user, which then needs no policy of its own.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function letsInByName({ account, role }: Target, hub: Hub): boolean {
  const [trust, principal] = [role.value?.trust, hub.user.value?.arn];
  if (account !== hub.account || trust === undefined || principal === undefined) return false;
  const isIt = principalsOf(trust).some(({ kind, id }) => kind === 'AWS' && id === principal);
  return isIt && decide(trust, { action: 'sts:AssumeRole', principal }) === 'allow';
}
