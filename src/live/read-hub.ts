import type { ReadError } from '../state/reading.ts';
import type { Group, Hub, Named, State, User } from '../state/state.ts';
import type { AccountReader } from './account-reader.ts';
import { createAccountReader } from './account-reader.ts';
import type { AwsAccess } from './open-hub.ts';
import { readGroup } from './read-group.ts';
import { readUser } from './read-user.ts';
import { readManagedDocuments, unnamedTargets } from './ways-in.ts';

export interface HubReading {
  readonly hub: Hub;
  readonly errors: readonly ReadError[];
}

/**
 * Reads the hub's user and groups: nine calls for one group and three for each further one, and one for each inline policy.
 * Only if some target is named by no inline grant are other documents read that might let the user in.
 *
 * @param desired the desired state: which user and groups to look for
 */
export async function readHub(access: AwsAccess, desired: State): Promise<HubReading> {
  const reader = createAccountReader({ scope: 'hub', session: access.hub, assumedBy: access.hub.principal, externalId: undefined });
  const [user, groups] = await Promise.all([readNamedUser(reader, access, desired.hub.user.name), readGroups(reader, access, desired)]);
  const hub: Hub = { account: desired.hub.account, user: knownByMembership(user, groups), groups };
  if (unnamedTargets(desired, hub).length === 0) return { hub, errors: reader.errors };
  const managedDocuments = await readManagedDocuments(reader, desired, hub);
  return { hub: managedDocuments === undefined ? hub : { ...hub, managedDocuments }, errors: reader.errors };
}

async function readNamedUser(reader: AccountReader, access: AwsAccess, name: string): Promise<Named<User>> {
  return { name, found: await readUser(reader, name, `arn:${access.partition}:iam::${access.account}:user/${name}`) };
}

function readGroups(reader: AccountReader, access: AwsAccess, desired: State): Promise<Named<Group>[]> {
  return Promise.all(
    desired.hub.groups.map(async ({ name }) => ({
      name,
      found: await readGroup(reader, name, `arn:${access.partition}:iam::${access.account}:group/${name}`),
    })),
  );
}

/** Where GetUser was refused, a group's list of members still tells the user's ARN. */
function knownByMembership(user: Named<User>, groups: readonly Named<Group>[]): Named<User> {
  if (!user.found || user.found.path !== undefined) return user;
  for (const { found } of groups) {
    const member = found?.members?.find(({ name }) => name.toLowerCase() === user.name.toLowerCase());
    if (member !== undefined) return { ...user, found: { ...user.found, arn: member.arn } };
  }
  return user;
}
