import { sameName } from '../iam/names.ts';
import type { Group, Hub, Lookup, Member, State } from '../state/state.ts';
import { readOrUndefined } from './account-reader.ts';
import { groupPoliciesOf, type HubCache } from './hub-cache.ts';
import { readGroupFacts } from './read-group.ts';
import { asNeeded, ifReadable, sharedRead } from './shared-read.ts';

/** The groups that the user is in beside the hub groups of the file; `undefined` where the user's groups could not be read. */
export function otherGroupsOf(desired: State, { user }: Hub): readonly Member[] | undefined {
  if (user.value === null) return [];
  return user.value?.groupArns?.filter(({ name }) => !desired.hub.groups.some((own) => sameName(own.name, name)));
}

/** Whether the file lets the user be in a group beside the hub's own. */
export function isAllowedGroup({ hub }: State, { name }: Pick<Member, 'name'>): boolean {
  const { required = [], optional = [] } = hub.user.value?.groups ?? {};
  return [...required, ...optional].some((allowed) => sameName(allowed, name));
}

/** What the file says of a group's policies; `undefined`: nothing. */
export function statedGroup({ hub: { otherGroups = [] } }: State, { name }: Pick<Member, 'name'>): Group | undefined {
  return otherGroups.find((stated) => sameName(stated.name, name))?.value ?? undefined;
}

/**
 * Reads what the other groups of the user hold, where something depends on it. It has to be known where the file states it, and of every group that the file
 * allows while a grant is missing; elsewhere it is read as far as the auditor may.
 *
 * @param isUnnamed whether some target is named by no grant, so that it matters whether the user gets in another way
 * @returns `undefined` when nothing depends on any of them, or the user's groups are not known
 */
export async function readOtherGroups(
  cache: HubCache,
  desired: State,
  live: Hub,
  isUnnamed: boolean,
): Promise<readonly Lookup<Group>[] | undefined> {
  const groups = otherGroupsOf(desired, live);
  if (groups === undefined) return undefined;
  const isElsewhere = groups.some((group) => !isAllowedGroup(desired, group));
  const stated = groups.filter((group) => statedGroup(desired, group) !== undefined);
  const asked = isUnnamed || isElsewhere ? groups : stated;
  if (!isUnnamed && asked.length === 0) return undefined;
  return Promise.all(
    asked.map((group) => {
      const isStated = stated.includes(group);
      return readOtherGroup(cache, group, { isStated, isNeeded: isStated || (isUnnamed && isAllowedGroup(desired, group)) });
    }),
  );
}

interface Demand {
  readonly isStated: boolean;
  /** What it holds has to be known. */
  readonly isNeeded: boolean;
}

/** A group that has to be known, and that went since it was listed, is `null`. */
async function readOtherGroup(cache: HubCache, group: Member, { isStated, isNeeded }: Demand): Promise<Lookup<Group>> {
  const { name, arn } = group;
  const [policies, members] = await Promise.all([groupPoliciesOf(cache, group), isStated ? readMembers(cache, group) : undefined]);
  const { inline, managed } = isNeeded ? asNeeded(cache.reader, policies) : ifReadable(cache.reader, policies);
  if (isNeeded && (inline.kind === 'missing' || managed.kind === 'missing')) return { name, value: null };
  const found = { path: undefined, arn, members };
  return { name, value: { ...found, managedPolicies: readOrUndefined(managed), inlinePolicies: readOrUndefined(inline) } };
}

/** Not compared: a repair must know whether it takes something from whoever it works as. */
async function readMembers({ reader }: HubCache, { name, arn }: Member): Promise<Group['members']> {
  const facts = await sharedRead(reader, (apart) => readGroupFacts(apart, name, arn));
  return readOrUndefined(ifReadable(reader, facts))?.members;
}
