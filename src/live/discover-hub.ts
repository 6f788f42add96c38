import type { AwsAccess } from '../aws/access.ts';
import { nameOf, roleOf } from '../iam/arn.ts';
import { sameName } from '../iam/names.ts';
import type { ReadError } from '../state/reading.ts';
import type { Group, Hub, Lookup, State, User } from '../state/state.ts';
import { type AccountReader, createAccountReader } from './account-reader.ts';
import { namedIn, readManagedDocuments, waysMemory } from './indirect-access.ts';
import { readGroup } from './read-group.ts';
import { readUser } from './read-user.ts';

/** Whom a hub is found from: a user, groups, or both. */
export interface HubStart {
  readonly user: string | undefined;
  readonly groups: readonly string[];
}

/** The hub with its user and all groups of his that name roles; or why it could not be found, one sentence for a person, and what could not be read. */
export type HubDiscovery =
  | { readonly hub: Hub; readonly errors: readonly ReadError[] }
  | { readonly obstacle: string; readonly errors: readonly ReadError[] };

/** What ends the search; the message is for people. */
class Obstacle extends Error {}

/**
 * Finds the hub's user and groups and reads them whole: a group that is not named is one of the user's groups whose inline policies name roles, a user who is
 * not named is the one member of the groups. What managed policies let the user do is read as well; of that alone a part may be missing, with its error.
 */
export async function discoverHub(access: AwsAccess, start: HubStart): Promise<HubDiscovery> {
  const reader = createAccountReader({ scope: 'hub', session: access.hub, assumedBy: access.hub.principal, externalId: undefined });
  try {
    const named = await Promise.all(start.groups.map((name) => groupOf(reader, access, name)));
    const user = await userOf(reader, access, start.user ?? onlyMember(named));
    const others = (user.value.groupArns ?? []).filter((group) => !named.some(({ name }) => sameName(name, group.name)));
    const further = await Promise.all(others.map(({ name, arn }) => groupOf(reader, access, name, arn)));
    const groups = [...named, ...further.filter((group) => [...namedIn(group)].some((pattern) => roleOf(pattern) !== undefined))];
    refuseUnread(reader);
    if (groups.length === 0) throw new Obstacle(withoutGrants(user, further));
    const hub: Hub = { account: access.account, user, groups };
    const managedDocuments = await readManagedDocuments(reader, whatIsThere(access, hub), hub, waysMemory());
    return { hub: managedDocuments === undefined ? hub : { ...hub, managedDocuments }, errors: reader.errors };
  } catch (error) {
    if (error instanceof Obstacle) return { obstacle: error.message, errors: reader.errors };
    throw error;
  }
}

interface Found<T> extends Lookup<T> {
  readonly value: T;
}

async function groupOf(reader: AccountReader, access: AwsAccess, name: string, arn = arnOf(access, 'group', name)): Promise<Found<Group>> {
  const found = await readGroup(reader, name, arn);
  if (found === null) throw new Obstacle(`There is no group ${name} in the hub account ${access.account}.`);
  refuseUnread(reader);
  return { name: nameOf(found?.arn ?? arn), value: present(found) };
}

async function userOf(reader: AccountReader, access: AwsAccess, name: string): Promise<Found<User>> {
  const arn = arnOf(access, 'user', name);
  const found = await readUser(reader, name, arn);
  if (found === null) throw new Obstacle(`There is no user ${name} in the hub account ${access.account}.`);
  refuseUnread(reader);
  return { name: nameOf(found?.arn ?? arn), value: present(found) };
}

function arnOf({ partition, account }: AwsAccess, kind: 'user' | 'group', name: string): string {
  return `arn:${partition}:iam::${account}:${kind}/${name}`;
}

/** What was not read has left an error, and errors end the search before this. */
function present<T>(found: T | undefined): T {
  if (found === undefined) throw new Obstacle('The hub could not be read.');
  return found;
}

/** Half a hub makes no desired state: what is missing in it would be called drift, or would never be looked at. */
function refuseUnread({ errors }: AccountReader): void {
  if (errors.length > 0) throw new Obstacle('The hub could not be read whole, so no file was written.');
}

/** @throws {Obstacle} with the candidates, unless there is just one */
function onlyMember(groups: readonly Found<Group>[]): string {
  const [first, ...rest] = groups.map(({ value: found }) => found.members ?? []);
  const shared = (first ?? []).filter(({ name }) => rest.every((members) => members.some((member) => sameName(member.name, name))));
  const [only, ...more] = shared;
  const of = `the ${groups.length === 1 ? 'group' : 'groups'} ${groups.map(({ name }) => name).join(', ')}`;
  if (only === undefined) throw new Obstacle(`No user is in ${of}. Name the hub user with the input hub-user.`);
  if (more.length === 0) return only.name;
  const names = shared.map(({ name }) => name).join(', ');
  throw new Obstacle(
    `${of[0]?.toUpperCase()}${of.slice(1)} has several members: ${names}. Say with the input hub-user which of them is the hub user.`,
  );
}

function withoutGrants(user: Lookup<User>, groups: readonly Lookup<Group>[]): string {
  const names = groups.map(({ name }) => name).join(', ');
  const seen = names === '' ? 'is in no group' : `is in ${names}, and no inline policy of these names a role to assume`;
  return `No grants were found: the user ${user.name} ${seen}. Name the group with the input hub-group, if the user has yet to be put into it.`;
}

/** Everything that is there as if it were wanted, so that all of its managed policies are looked into. */
function whatIsThere({ partition }: AwsAccess, hub: Hub): State {
  return { partition, hub, targets: [] };
}
