import type { Comparer } from '../policy/index.ts';
import type { Location } from '../state/desired.ts';
import { policyEntity } from '../state/entity.ts';
import type { Hub, ManagedPolicy, PolicyContent, State } from '../state/state.ts';
import type { AccountPart } from '../state/targets.ts';
import { isInHub, type PolicyUser, requiredPolicies, rolesOf, usersInHub } from '../state/used-policies.ts';
import type { PolicyOwner } from './differences/kind.ts';
import type { FindingInput } from './finding.ts';
import { withJoinedGroups } from './other-groups.ts';
import { accessOfMissing, comparedPolicies } from './policies.ts';
import type { Sides } from './sides.ts';

/** Rules `policy-missing` and `policy-changed` of AWS's own policies, for all accounts, and of those of the hub account. */
export function hubPolicyDrift({ desired, live, locate, comparer }: Sides): FindingInput[] {
  // AWS's own policies are the hub's wherever they are used.
  const usersIn = (hub: Hub, { targets }: State) => [...usersInHub(hub), ...rolesOf(targets)];
  const isUsed = usedBy(usersIn(withJoinedGroups({ desired, live }), desired), usersIn(live.hub, live));
  const hubAccount = desired.hub.account;
  return contentDrift(desired.hub.policies, live.hub.policies, {
    account: hubAccount,
    hubAccount,
    isUsed,
    locate: locate.policy,
    comparer,
  });
}

/** Whether the file requires a policy, or it is attached, as far as known: what an optional policy that is attached to nothing says does not matter. */
function usedBy(desired: readonly PolicyUser[], live: readonly PolicyUser[]): (arn: string) => boolean {
  const used = new Set([...desired, ...live].flatMap(requiredPolicies));
  const isUnknown = live.some(({ managedPolicies }) => managedPolicies === undefined);
  return (arn) => isUnknown || used.has(arn);
}

/** The same of the customer managed policies of an account of targets, each once, whichever of the roles use it. */
export function accountPolicyDrift({ desired, locate, comparer }: Sides, part: AccountPart, live: AccountPart): FindingInput[] {
  if (isInHub(part.account, desired)) return [];
  const { account, policies } = part.account;
  const isUsed = usedBy(rolesOf(part.targets), rolesOf(live.targets));
  const sides = { account, hubAccount: desired.hub.account, isUsed, locate: locate.policy, comparer };
  return contentDrift(policies, live.account.policies, sides);
}

interface ContentSides {
  readonly account: string;
  readonly hubAccount: string;
  readonly isUsed: (arn: string) => boolean;
  readonly locate: (arn: string) => Location;
  readonly comparer: Comparer;
}

type Policies = readonly ManagedPolicy[] | undefined;

function contentDrift(
  desired: Policies = [],
  live: Policies = [],
  { account, hubAccount, isUsed, locate, comparer }: ContentSides,
): FindingInput[] {
  return desired.flatMap(({ arn, content }) => {
    const found = live.find((policy) => policy.arn === arn)?.content;
    if (!content || found === undefined || !isUsed(arn)) return [];
    const of = policyEntity(arn, account, hubAccount);
    const one = content.version === undefined ? ofCustomer(of, content, found, comparer) : ofAws(of, content.version, found, comparer);
    return one.map((finding) => ({ ...finding, location: locate(arn) }));
  });
}

type Unlocated = Omit<FindingInput, 'location'>;

function ofCustomer(of: PolicyOwner, { document }: PolicyContent, found: PolicyContent | null, comparer: Comparer): Unlocated[] {
  if (document === undefined) return [];
  if (found === null)
    return [{ difference: { kind: 'policy-content', of, desired: document, live: null }, access: accessOfMissing(document) }];
  if (found.document === undefined) return [];
  const compared = comparedPolicies(comparer, document, found.document);
  return compared === null ? [] : [{ difference: { kind: 'policy-content', of, desired: document, live: found.document }, ...compared }];
}

/** A new version that says the same as the reviewed one is no drift. */
function ofAws(of: PolicyOwner, reviewed: string, found: PolicyContent | null, comparer: Comparer): Unlocated[] {
  const bare = { kind: 'aws-policy-content', of, reviewed, isVersionMissing: false, desired: null, live: null } as const;
  if (found === null) return [{ difference: { ...bare, version: null }, access: 'narrowed' }];
  if (found.version === undefined || found.version === reviewed) return [];
  const { version, document: live = null, reviewed: desired } = found;
  if (desired === null) return [{ difference: { ...bare, version, isVersionMissing: true, live }, access: 'changed' }];
  // Two files that state different versions: what these say is not known.
  if (desired === undefined || live === null) return [{ difference: { ...bare, version }, access: 'changed' }];
  const compared = comparedPolicies(comparer, desired, live);
  return compared === null ? [] : [{ difference: { ...bare, version, desired, live }, ...compared }];
}
