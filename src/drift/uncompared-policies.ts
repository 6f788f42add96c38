import { isOfAws, policyReference } from '../iam/managed-policy.ts';
import type { Hub, State } from '../state/state.ts';
import { byTarget } from '../state/targets.ts';
import { policyHolder, requiredPolicies, rolesOf, usablePolicies, usersInHub } from '../state/used-policies.ts';
import { grouped } from '../text/grouped.ts';
import { withJoinedGroups } from './other-groups.ts';
import type { Sides } from './sides.ts';
import type { NotCompared } from './uncompared-entry.ts';

/**
 * The managed policies that the file names and does not state the content of, each once, by its ARN if it is AWS's own and else as the file names it. An
 * optional policy that is attached nowhere gives access to nobody.
 */
export function uncomparedPolicies({ desired, live }: Sides): readonly NotCompared[] {
  const all = [...inHub(desired, live), ...inTargets(desired, live)];
  return [...grouped(all, ({ resource }) => resource)].map(([resource, uses]) => ({
    resource,
    what: 'policy-content',
    accounts: new Set(uses.map(({ account }) => account)).size,
  }));
}

interface Use {
  readonly resource: string;
  readonly account: string;
}

function inHub(desired: State, live: State): Use[] {
  return unstated(usesOf(usersInHub(withJoinedGroups({ desired, live })), usersInHub(live.hub)), desired.hub.account, desired, desired.hub);
}

function inTargets(desired: State, live: State): Use[] {
  const found = byTarget(live.targets);
  return desired.targets.flatMap((target) => {
    const other = found.get(target);
    const uses = usesOf(rolesOf([target]), other === undefined ? [] : rolesOf([other]));
    return unstated(uses, target.account, desired, desired.hub, policyHolder(target.account, desired));
  });
}

/** What the file requires, and what it allows and is there. */
function usesOf(desired: ReturnType<typeof usersInHub>, live: ReturnType<typeof usersInHub>): readonly string[] {
  const attached = new Set(live.flatMap(requiredPolicies));
  const required = new Set(desired.flatMap(requiredPolicies));
  return desired.flatMap(usablePolicies).filter((arn) => required.has(arn) || attached.has(arn));
}

function unstated(arns: readonly string[], account: string, { partition }: State, ...owners: readonly Pick<Hub, 'policies'>[]): Use[] {
  const stated = new Set(owners.flatMap(({ policies = [] }) => policies).map(({ arn }) => arn));
  return arns
    .filter((arn) => !stated.has(arn))
    .map((arn) => ({ resource: isOfAws(arn) ? arn : policyReference(arn, partition, account), account }));
}
