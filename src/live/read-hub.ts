import type { AwsAccess } from '../aws/access.ts';
import { entityArn } from '../iam/arn.ts';
import type { HubPrincipal } from '../state/principals.ts';
import type { ReadError } from '../state/reading.ts';
import type { Group, Hub, Lookup, State, User } from '../state/state.ts';
import { readDriftedDocuments } from './drifted-documents.ts';
import { groupOf, type HubCache, hubCache, userOf } from './hub-cache.ts';
import { readManagedDocuments, unnamedTargets } from './indirect-access.ts';
import { readOtherGroups } from './other-groups.ts';
import { otherPaths } from './other-paths.ts';
import { readHubContents } from './policy-contents.ts';
import { readHubPrincipals } from './read-principals.ts';
import { asNeeded } from './shared-read.ts';

export interface HubReading {
  readonly hub: Hub;
  readonly errors: readonly ReadError[];
}

/**
 * Reads the hub's user and groups: twelve calls for one group, three for each further group, and one for each inline policy.
 * The user's other groups are read only if the file states their policies, if no inline policy names the role of some target, or if the file does not allow
 * one of these groups; documents that give access indirectly only if a target is not named; documents of other managed policies only if live and file differ
 * by them, or if the file states them: two calls for each.
 * The users and roles of the account are read only if the file says which of them may assume the targets' roles.
 *
 * @param desired names the user and the groups
 * @param cache is not read again; its errors are included in the result
 */
export async function readHub(access: AwsAccess, desired: State, cache: HubCache = hubCache(access)): Promise<HubReading> {
  const [user, groups, policies, principals] = await Promise.all([
    readNamedUser(cache, access, desired.hub.user),
    Promise.all(desired.hub.groups.map((group) => readNamedGroup(cache, access, group))),
    readHubContents(cache, desired),
    desired.hub.otherCallers === undefined ? undefined : neededPrincipals(cache),
  ]);
  const named = { account: desired.hub.account, user: knownByMembership(user, groups), groups };
  const hub: Hub = {
    ...named,
    ...(desired.hub.policies === undefined ? {} : { policies }),
    ...(principals === undefined ? {} : { principals }),
  };
  cache.reader.record(otherPaths(desired.hub, hub));
  const indirect = await readIndirectly(cache, desired, hub);
  return { hub: { ...hub, ...indirect }, errors: [...cache.reader.errors] };
}

type ReadWhereNeeded = Pick<Hub, 'managedDocuments' | 'otherGroups' | 'driftedDocuments'>;

/** What is read of the hub only where something depends on it. */
async function readIndirectly(cache: HubCache, desired: State, hub: Hub): Promise<ReadWhereNeeded> {
  const isUnnamed = unnamedTargets(desired, hub).length > 0;
  const otherGroups = await readOtherGroups(cache, desired, hub, isUnnamed);
  const live = otherGroups === undefined ? hub : { ...hub, otherGroups };
  const [managedDocuments, driftedDocuments] = await Promise.all([
    isUnnamed ? readManagedDocuments(cache, desired, live) : undefined,
    readDriftedDocuments(cache, desired, live),
  ]);
  return {
    ...(managedDocuments === undefined ? {} : { managedDocuments }),
    ...(otherGroups === undefined ? {} : { otherGroups }),
    ...(driftedDocuments === undefined ? {} : { driftedDocuments }),
  };
}

/** The file states who else may get in, so they have to be known. */
async function neededPrincipals(cache: HubCache): Promise<readonly HubPrincipal[] | undefined> {
  return asNeeded(cache.reader, await cache.principals.get('', () => readHubPrincipals(cache)));
}

async function readNamedUser(cache: HubCache, access: AwsAccess, { name, value: desired }: Lookup<User>): Promise<Lookup<User>> {
  const user = { name, arn: desired?.arn ?? entityArn(access.partition, access.account, 'user', name) };
  return { name, value: await userOf(cache, user, desired?.otherCredentials) };
}

async function readNamedGroup(cache: HubCache, access: AwsAccess, { name, value: desired }: Lookup<Group>): Promise<Lookup<Group>> {
  const group = { name, arn: desired?.arn ?? entityArn(access.partition, access.account, 'group', name) };
  return { name, value: await groupOf(cache, group) };
}

/** If GetUser was refused, the user's ARN is taken from the list of members of a group. */
function knownByMembership(user: Lookup<User>, groups: readonly Lookup<Group>[]): Lookup<User> {
  if (!user.value || user.value.path !== undefined) return user;
  for (const { value: found } of groups) {
    const member = found?.members?.find(({ name }) => name.toLowerCase() === user.name.toLowerCase());
    if (member !== undefined) return { ...user, value: { ...user.value, arn: member.arn } };
  }
  return user;
}
