import { actionMatches } from '../policy/index.ts';
import type { ArnDocument, Group, Hub, Lookup, NameSet, State, Target } from '../state/state.ts';
import { defaultContentOf, type HubCache } from './hub-cache.ts';
import { isAllowedGroup, statedGroup } from './other-groups.ts';
import { asNeeded } from './shared-read.ts';

/**
 * The targets whose role is named by no inline statement of a hub group that may hold the grant. Only for these does it matter whether the user has access
 * in another way.
 */
export function unnamedTargets(desired: State, live: Hub): readonly Target[] {
  const named = new Map(live.groups.map((group) => [group.name.toLowerCase(), grantedResources(group)]));
  return desired.targets.filter(({ roleArn, grantGroup }) => {
    const groups = grantGroup === undefined ? [...named.values()] : [named.get(grantGroup.toLowerCase())];
    return !groups.some((arns) => arns?.has(roleArn));
  });
}

/** The resources on which a group's inline policies allow sts:AssumeRole, as written in their Resource elements: ARNs or patterns. */
export function grantedResources({ value: found }: Lookup<Group>): ReadonlySet<string> {
  const named = new Set<string>();
  for (const policy of found?.inlinePolicies ?? []) {
    for (const statement of policy.document.statements ?? []) {
      const grants = statement.effect === 'Allow' && statement.resource?.negated === false && actionMatches(statement, 'sts:AssumeRole');
      if (grants) for (const resource of statement.resource.values) named.add(resource);
    }
  }
  return named;
}

/**
 * Reads what can give the user access beside the grants: the documents of the managed policies on the user and the hub groups, and the policies of the other
 * groups that the user is in. Only policies and groups that the desired state requires or allows count; any other is a finding of its own. Of a group whose
 * policies the file does not state all are allowed.
 *
 * @param live with its other groups
 * @returns `undefined` when a part could not be read: judged by the rest, access could look missing
 */
export async function readManagedDocuments(cache: HubCache, desired: State, live: Hub): Promise<readonly ArnDocument[] | undefined> {
  const others = live.otherGroups?.filter((group) => isAllowedGroup(desired, group));
  if (others === undefined || !isAllKnown(live)) return undefined;
  const arns = new Set(accepted(desired.hub.user.value?.managedPolicies, live.user.value?.managedPolicies));
  for (const [index, group] of live.groups.entries()) {
    for (const arn of accepted(desired.hub.groups[index]?.value?.managedPolicies, group.value?.managedPolicies)) arns.add(arn);
  }
  const documents: ArnDocument[] = [];
  for (const { name, value: group } of others) {
    if (group === null) continue;
    if (group?.inlinePolicies === undefined || group.managedPolicies === undefined) return undefined;
    const stated = statedGroup(desired, { name });
    const names = stated?.inlinePolicies?.map((policy) => policy.name);
    const inline = group.inlinePolicies.filter((policy) => names?.includes(policy.name) ?? true);
    documents.push(...inline.map((policy) => ({ arn: `${group.arn}/policy/${policy.name}`, document: policy.document })));
    for (const arn of stated === undefined ? group.managedPolicies.required : accepted(stated.managedPolicies, group.managedPolicies))
      arns.add(arn);
  }
  const read = await Promise.all([...arns].map(async (arn) => ({ arn, content: await defaultContentOf(cache, arn) })));
  for (const { arn, content } of read) {
    const found = asNeeded(cache.reader, content);
    if (found === undefined) return undefined;
    if (found !== null) documents.push({ arn, document: found.document });
  }
  return documents;
}

/** Whether the names of the user's and the groups' managed policies could be read. */
function isAllKnown({ user, groups }: Hub): boolean {
  return [user, ...groups].every(({ value: found }) => found === null || found?.managedPolicies !== undefined);
}

function accepted(desired: NameSet | undefined, live: NameSet | undefined): string[] {
  const allowed = new Set([...(desired?.required ?? []), ...(desired?.optional ?? [])]);
  return (live?.required ?? []).filter((arn) => allowed.has(arn));
}
