import { sameName } from '../iam/names.ts';
import type { Hub, Member, OtherGroup, State } from '../state/state.ts';
import { readOrUndefined } from './account-reader.ts';
import { groupPoliciesOf, type HubCache } from './hub-cache.ts';
import { ifReadable } from './shared-read.ts';

/** The groups that the user is in beside the hub groups of the file; `undefined` where the user's groups could not be read. */
export function otherGroupsOf(desired: State, { user }: Hub): readonly Member[] | undefined {
  if (user.value === null) return [];
  return user.value?.groupArns?.filter(({ name }) => !desired.hub.groups.some((own) => sameName(own.name, name)));
}

/** Whether the file lets the user be in a group beside the hub's own. */
export function isAllowedGroup({ hub }: State, { name }: Member): boolean {
  const { required = [], optional = [] } = hub.user.value?.groups ?? {};
  return [...required, ...optional].some((allowed) => sameName(allowed, name));
}

/** Reads what the other groups of the user hold, as far as the auditor may. */
export async function readOtherGroups(cache: HubCache, desired: State, live: Hub): Promise<readonly OtherGroup[] | undefined> {
  const groups = otherGroupsOf(desired, live);
  return groups && Promise.all(groups.map((group) => readOtherGroup(cache, group)));
}

async function readOtherGroup(cache: HubCache, group: Member): Promise<OtherGroup> {
  const { inline, managed } = ifReadable(cache.reader, await groupPoliciesOf(cache, group));
  return { ...group, managedPolicies: readOrUndefined(managed)?.required, inlinePolicies: readOrUndefined(inline) };
}
