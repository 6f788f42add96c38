import { roleOf } from '../iam/arn.ts';
import { sameName } from '../iam/names.ts';
import type { InlinePolicy, Target } from '../state/state.ts';
import { isAssume } from './assume-statement.ts';
import type { Sides } from './sides.ts';

/**
 * What is live under another name than the file's. If what the file names does not exist, its name may be a typing error, and then these may be what is meant.
 * Nothing is suggested that the file names elsewhere.
 */

/** For a hub user: the members of the hub groups. */
export function suggestedUsers({ desired, live }: Sides): readonly string[] {
  const named = desired.hub.groups.flatMap(({ value }) => value?.members ?? []);
  const members = live.hub.groups.flatMap(({ value }) => value?.members ?? []).map(({ name }) => name);
  return [...new Set(members)].filter((name) => !named.some((other) => sameName(name, other.name)));
}

/** For a hub group: the other groups of the user that let it assume roles, those with the most roles of targets first. */
export function suggestedGroups({ desired, live }: Sides): readonly string[] {
  const wanted = new Set(desired.targets.map(({ roleArn }) => roleArn));
  const allowed = desired.hub.user.value?.groups?.optional ?? [];
  const { otherGroups = [], driftedDocuments = [] } = live.hub;
  const granting = otherGroups.map(({ name, value: group }) => {
    const attached = driftedDocuments.filter(({ arn }) => group?.managedPolicies?.required.includes(arn));
    const granted = grantedRoles([...(group?.inlinePolicies ?? []), ...attached]);
    return { name, granted: granted.length, ofTargets: granted.filter((pattern) => wanted.has(pattern)).length };
  });
  return granting
    .filter(({ name, granted, ofTargets }) => ofTargets > 0 || (granted > 0 && !allowed.some((other) => sameName(other, name))))
    .sort((a, b) => b.ofTargets - a.ofTargets)
    .map(({ name }) => name);
}

/** For the role of a target: the roles of its account that the user's own policies and its groups grant by their exact ARNs, and that the file does not name. The run's own roles are never meant. */
export function suggestedRoles({ desired, live, toolRoles }: Sides, target: Target): readonly string[] {
  const { user, groups, otherGroups = [] } = live.hub;
  const owners = [user.value, ...[...groups, ...otherGroups].map(({ value }) => value)];
  const policies = owners.flatMap((owner) => owner?.inlinePolicies ?? []);
  const stated = [desired.hub.user.value, ...desired.hub.groups.map(({ value }) => value)].flatMap((owner) => owner?.inlinePolicies ?? []);
  const named = new Set(grantedRoles(stated));
  const taken = [target.roleName, ...toolRoles];
  const names = grantedRoles(policies).flatMap((pattern) => {
    const role = roleOf(pattern);
    const isOfAccount = role?.partition === desired.partition && role.account === target.account;
    const isDeclared = named.has(pattern) || desired.targets.some(({ roleArn }) => roleArn === pattern);
    return isOfAccount && !isDeclared && !taken.some((name) => sameName(name, role.name)) ? [role.name] : [];
  });
  return [...new Set(names)];
}

/** The ARNs and patterns of roles that the policies let a group assume. */
function grantedRoles(policies: readonly Pick<InlinePolicy, 'document'>[]): readonly string[] {
  const statements = policies.flatMap(({ document }) => document.statements ?? []);
  const granting = statements.filter((statement) => statement.effect === 'Allow' && isAssume(statement));
  const patterns = granting.flatMap(({ resource }) => (resource === null || resource.negated ? [] : resource.values));
  return [...new Set(patterns)].filter((pattern) => /^arn:[^:]*:iam::[^:]*:role\//.test(pattern));
}
