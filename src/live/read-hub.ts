import type { AwsAccess } from '../aws/access.ts';
import { entityArn } from '../iam/arn.ts';
import type { ReadError } from '../state/reading.ts';
import type { Group, Hub, Lookup, State, User } from '../state/state.ts';
import type { AccountReader } from './account-reader.ts';
import { hubReader } from './account-reader.ts';
import { type IndirectAccessCache, indirectAccessCache, readManagedDocuments, unnamedTargets } from './indirect-access.ts';
import { Once } from './once.ts';
import { readGroup } from './read-group.ts';
import { readUser } from './read-user.ts';

export interface HubReading {
  readonly hub: Hub;
  readonly errors: readonly ReadError[];
}

/** What was already read of the hub, for the next desired state in the same run. */
export interface HubCache {
  readonly reader: AccountReader;
  readonly users: Once<User | null | undefined>;
  readonly groups: Once<Group | null | undefined>;
  readonly indirect: IndirectAccessCache;
}

export function hubCache(access: AwsAccess): HubCache {
  return { reader: hubReader(access), users: new Once(), groups: new Once(), indirect: indirectAccessCache() };
}

/**
 * Reads the hub's user and groups: nine calls for one group, three for each further group, and one for each inline policy.
 * Documents that give access indirectly are read only if no inline policy names the role of some target.
 *
 * @param desired names the user and the groups
 * @param cache is not read again; its errors are included in the result
 */
export async function readHub(access: AwsAccess, desired: State, cache: HubCache = hubCache(access)): Promise<HubReading> {
  const { reader } = cache;
  const [user, groups] = await Promise.all([readNamedUser(cache, access, desired.hub.user.name), readGroups(cache, access, desired)]);
  const hub: Hub = { account: desired.hub.account, user: knownByMembership(user, groups), groups };
  if (unnamedTargets(desired, hub).length === 0) return { hub, errors: [...reader.errors] };
  const managedDocuments = await readManagedDocuments(reader, desired, hub, cache.indirect);
  return { hub: managedDocuments === undefined ? hub : { ...hub, managedDocuments }, errors: [...reader.errors] };
}

async function readNamedUser({ reader, users }: HubCache, access: AwsAccess, name: string): Promise<Lookup<User>> {
  const arn = entityArn(access.partition, access.account, 'user', name);
  return { name, value: await users.get(name, () => readUser(reader, name, arn)) };
}

function readGroups({ reader, groups }: HubCache, access: AwsAccess, desired: State): Promise<Lookup<Group>[]> {
  return Promise.all(
    desired.hub.groups.map(async ({ name }) => {
      const arn = entityArn(access.partition, access.account, 'group', name);
      return { name, value: await groups.get(name, () => readGroup(reader, name, arn)) };
    }),
  );
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
