import type { AwsAccess } from '../aws/access.ts';
import type { ReadError } from '../state/reading.ts';
import type { Group, Hub, Lookup, State, User } from '../state/state.ts';
import type { AccountReader } from './account-reader.ts';
import { createAccountReader } from './account-reader.ts';
import { readManagedDocuments, unnamedTargets, type WaysSeen, waysMemory } from './indirect-access.ts';
import { Once } from './once.ts';
import { readGroup } from './read-group.ts';
import { readUser } from './read-user.ts';

export interface HubReading {
  readonly hub: Hub;
  readonly errors: readonly ReadError[];
}

/** What was read of the hub already, for the next desired state in the same run. */
export interface HubMemory {
  readonly reader: AccountReader;
  readonly users: Once<User | null | undefined>;
  readonly groups: Once<Group | null | undefined>;
  readonly ways: WaysSeen;
}

export function hubMemory(access: AwsAccess): HubMemory {
  const reader = createAccountReader({ scope: 'hub', session: access.hub, assumedBy: access.hub.principal, externalId: undefined });
  return { reader, users: new Once(), groups: new Once(), ways: waysMemory() };
}

/**
 * Reads the hub's user and groups: nine calls for one group and three for each further one, and one for each inline policy.
 * Only if some target is named by no inline grant are other documents read that might let the user in.
 *
 * @param desired the desired state: which user and groups to look for
 * @param seen what is in it is not read again; its errors are among those of this reading
 */
export async function readHub(access: AwsAccess, desired: State, seen: HubMemory = hubMemory(access)): Promise<HubReading> {
  const { reader } = seen;
  const [user, groups] = await Promise.all([readNamedUser(seen, access, desired.hub.user.name), readGroups(seen, access, desired)]);
  const hub: Hub = { account: desired.hub.account, user: knownByMembership(user, groups), groups };
  if (unnamedTargets(desired, hub).length === 0) return { hub, errors: [...reader.errors] };
  const managedDocuments = await readManagedDocuments(reader, desired, hub, seen.ways);
  return { hub: managedDocuments === undefined ? hub : { ...hub, managedDocuments }, errors: [...reader.errors] };
}

async function readNamedUser({ reader, users }: HubMemory, access: AwsAccess, name: string): Promise<Lookup<User>> {
  const arn = `arn:${access.partition}:iam::${access.account}:user/${name}`;
  return { name, value: await users.get(name, () => readUser(reader, name, arn)) };
}

function readGroups({ reader, groups }: HubMemory, access: AwsAccess, desired: State): Promise<Lookup<Group>[]> {
  return Promise.all(
    desired.hub.groups.map(async ({ name }) => {
      const arn = `arn:${access.partition}:iam::${access.account}:group/${name}`;
      return { name, value: await groups.get(name, () => readGroup(reader, name, arn)) };
    }),
  );
}

/** Where GetUser was refused, a group's list of members still tells the user's ARN. */
function knownByMembership(user: Lookup<User>, groups: readonly Lookup<Group>[]): Lookup<User> {
  if (!user.value || user.value.path !== undefined) return user;
  for (const { value: found } of groups) {
    const member = found?.members?.find(({ name }) => name.toLowerCase() === user.name.toLowerCase());
    if (member !== undefined) return { ...user, value: { ...user.value, arn: member.arn } };
  }
  return user;
}
