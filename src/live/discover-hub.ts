import type { AwsAccess } from '../aws/access.ts';
import { entityArn, nameOf, roleOf } from '../iam/arn.ts';
import { sameName } from '../iam/names.ts';
import type { ReadError } from '../state/reading.ts';
import type { Group, Hub, Lookup, Member, OtherCredentials, User } from '../state/state.ts';
import type { AccountReader } from './account-reader.ts';
import { groupOf, hubCache, userOf } from './hub-cache.ts';
import { grantedResources, readManagedDocuments } from './indirect-access.ts';

/** Where the search for a hub starts: a user, groups, or both. */
export interface HubStart {
  readonly user: string | undefined;
  readonly groups: readonly string[];
}

/**
 * The hub with its user and all of the user's groups, those that grant roles and the others, or the obstacle, a sentence for a person. `errors` says what could not be read.
 */
export type HubDiscovery =
  | { readonly hub: Hub; readonly errors: readonly ReadError[] }
  | { readonly obstacle: string; readonly errors: readonly ReadError[] };

const NOT_STATED: OtherCredentials = { any: false, listed: [], isDefault: true };

/** Ends the search; the message is for people. */
class Obstacle extends Error {}

/**
 * Finds the hub's user and groups and reads all of their properties. Without a group name, the groups are those of the user whose inline policies name roles;
 * without a user name, the user is the only member of the groups. The managed policies that apply to the user are read as well; they alone may be missing, and
 * `errors` then says why. The user's other credentials are read as far as the auditor may.
 */
export async function discoverHub(access: AwsAccess, start: HubStart): Promise<HubDiscovery> {
  const cache = hubCache(access);
  const { reader } = cache;
  const group = (member: Member) => existing(reader, 'group', member, groupOf(cache, member));
  try {
    const memberOf = (kind: 'user' | 'group', name: string): Member => ({
      name,
      arn: entityArn(access.partition, access.account, kind, name),
    });
    const named = await Promise.all(start.groups.map((name) => group(memberOf('group', name))));
    const member = memberOf('user', start.user ?? onlyMember(named));
    const user = await existing(reader, 'user', member, userOf(cache, member, NOT_STATED));
    const others = (user.value.groupArns ?? []).filter((other) => !named.some(({ name }) => sameName(name, other.name)));
    const further = await Promise.all(others.map(group));
    const groups = [...named, ...further.filter((other) => [...grantedResources(other)].some((pattern) => roleOf(pattern) !== undefined))];
    if (groups.length === 0) throw new Obstacle(withoutGrants(user, further));
    const hub: Hub = { account: access.account, user, groups, otherGroups: further.filter((other) => !groups.includes(other)) };
    // The live hub is passed as the desired one, so that all of its managed policies are read.
    const managedDocuments = await readManagedDocuments(cache, { partition: access.partition, hub, targets: [], accounts: [] }, hub);
    return { hub: managedDocuments === undefined ? hub : { ...hub, managedDocuments }, errors: reader.errors };
  } catch (error) {
    if (error instanceof Obstacle) return { obstacle: error.message, errors: reader.errors };
    throw error;
  }
}

interface Found<T> extends Lookup<T> {
  readonly value: T;
}

/**
 * Reads a user or group all of which has to be readable: a desired state can't be made of a part of the hub. The rest would be reported as drift, or never
 * compared.
 *
 * @throws {Obstacle} if it does not exist, or if anything could not be read
 */
async function existing<T extends User | Group>(
  reader: AccountReader,
  kind: 'user' | 'group',
  { name }: Member,
  read: Promise<T | null | undefined>,
): Promise<Found<T>> {
  const found = await read;
  if (found === null) throw new Obstacle(`The ${kind} ${name} does not exist in the hub account ${reader.session.account}.`);
  if (found === undefined || reader.errors.length > 0)
    throw new Obstacle('The hub account could not be read completely, so no file was written.');
  return { name: nameOf(found.arn), value: found };
}

/** @throws {Obstacle} that lists the candidates, unless there is exactly one */
function onlyMember(groups: readonly Found<Group>[]): string {
  const [first, ...rest] = groups.map(({ value: found }) => found.members ?? []);
  const shared = (first ?? []).filter(({ name }) => rest.every((members) => members.some((member) => sameName(member.name, name))));
  const [only, ...more] = shared;
  const of = `the ${groups.length === 1 ? 'group' : 'groups'} ${groups.map(({ name }) => name).join(', ')}`;
  if (only === undefined) throw new Obstacle(`No user is in ${of}. Set the input hub-user to the name of the hub user.`);
  if (more.length === 0) return only.name;
  const names = shared.map(({ name }) => name).join(', ');
  throw new Obstacle(
    `${of[0]?.toUpperCase()}${of.slice(1)} has several members: ${names}. Set the input hub-user to the one that is the hub user.`,
  );
}

function withoutGrants(user: Lookup<User>, groups: readonly Lookup<Group>[]): string {
  const names = groups.map(({ name }) => name).join(', ');
  const seen = names === '' ? 'is not in any group' : `is in ${names}, but no inline policy of these groups names a role to assume`;
  return `No grants were found: the user ${user.name} ${seen}. If the user is not in the hub group yet, set the input hub-group to the name of the group.`;
}
