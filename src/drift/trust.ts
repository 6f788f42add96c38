import { canonical, decide, withoutUniqueIds } from '../policy/index.ts';
import type { PolicySource } from '../policy/types.ts';
import type { Role, State, Target } from '../state/state.ts';
import { compareOnce, documentDrift, shown } from './documents.ts';
import type { Draft, Sides } from './draft.ts';
import { VERB } from './inline.ts';

/**
 * Rules `trust-changed` and `trust-orphaned`. IAM shows a deleted principal as its unique id; what is left of the trust without these ids is compared
 * by itself, so that an orphan is told as an orphan and does not hide a trust that was opened as well.
 */
export function trustDrift(sides: Sides, target: Target, wanted: Role, there: Role): Draft[] {
  if (wanted.trust === undefined || there.trust === undefined) return [];
  const about = { account: target.account, resource: there.arn, location: sides.locate.target(target.account, 'trust') };
  const desired = withUserPath(wanted.trust, sides);
  const role = `role ${target.roleName} in ${target.account}`;
  const { partition } = sides.desired;
  const { document: rest, ids } = withoutUniqueIds(there.trust, { partition });
  if (ids.length === 0) {
    const compared = documentDrift(desired, there.trust, 'trust', partition);
    if (compared === null) return [];
    return [{ ...about, ...compared, rule: 'trust-changed', message: `The trust policy of ${role} ${VERB[compared.access]}.` }];
  }
  const orphan: Draft = {
    ...about,
    rule: 'trust-orphaned',
    access: 'changed',
    message: `The trust policy of ${role} names ${ids.join(', ')}: a principal that was deleted (re-creating it does not heal the trust) or was created just now.`,
    desired: shown(desired),
    live: shown(there.trust),
    identity: canonical(there.trust, 'trust', { partition }),
  };
  const compared = rest === null ? null : documentDrift(desired, rest, 'trust', partition);
  if (compared === null || compared.access === 'narrowed') return [orphan];
  const message = `Apart from that, the trust policy of ${role} ${VERB[compared.access]}.`;
  return [orphan, { ...about, ...compared, live: shown(there.trust), rule: 'trust-changed', message }];
}

/** A desired state names the hub user without its path; IAM shows the ARN with it. The user's name is unique in the account, so no other can be meant. */
export function withUserPath(trust: PolicySource, { desired, live }: Pick<Sides, 'desired' | 'live'>): PolicySource {
  const wanted = desired.hub.user.value?.arn;
  const actual = live.hub.user.value?.arn;
  if (wanted === undefined || actual === undefined || wanted === actual || typeof trust === 'string') return trust;
  const swapped: PolicySource = JSON.parse(JSON.stringify(trust), (_key, value: unknown) => (value === wanted ? actual : value));
  return swapped;
}

/**
 * Whether the role lets the hub user in, by its trust. Where conditions decide, a trust that is as wanted, or wider, is taken to be meant for the user.
 */
export function trustStatus(desired: State, live: State, wanted: Role, there: Role): 'open' | 'shut' | 'unknown' {
  if (there.trust === undefined) return 'unknown';
  const { partition } = desired;
  const principal = live.hub.user.value?.arn ?? desired.hub.user.value?.arn ?? '';
  const decision = decide(there.trust, 'trust', { action: 'sts:AssumeRole', principal }, { partition });
  if (decision !== 'unknown') return decision === 'allow' ? 'open' : 'shut';
  if (wanted.trust === undefined) return 'unknown';
  const { verdict } = compareOnce(withUserPath(wanted.trust, { desired, live }), there.trust, 'trust', partition);
  return verdict === 'same' || verdict === 'widened' ? 'open' : 'unknown';
}
