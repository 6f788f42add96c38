import { sameName } from '../iam/names.ts';
import { findEntity, withContents } from '../state/edit.ts';
import { arnOfEntity, isOfTarget, roleOfTarget, sameEntity } from '../state/entity.ts';
import { type IamProperty, readProperty } from '../state/property.ts';
import type { PropertyReading } from '../state/reading.ts';
import type { Group, InlinePolicy, NameSet, PolicyContent, Role, State, User } from '../state/state.ts';
import { type AccountReader, hubReader, type ReadOutcome } from './account-reader.ts';
import { readDefaultContent, readVersionDocument, withDocument } from './managed-document.ts';
import { nameSet } from './policies.ts';
import { targetReader } from './read-account.ts';
import { readGroupFacts, readGroupInlinePolicy, readGroupManagedPolicies } from './read-group.ts';
import type { LiveRequest } from './read-live.ts';
import { readRoleFacts, readRoleInlinePolicy, readRoleManagedPolicies, unreadFacts } from './read-role.ts';
import { readGroupsOf, readUserFacts, readUserInlinePolicy, readUserManagedPolicies } from './read-user.ts';

/** Reads one property of the hub, or of a target's role, by the one call that shows it. Lists may have several pages. */
export async function readLiveProperty({ access, auditor, desired }: LiveRequest, property: IamProperty): Promise<PropertyReading> {
  const reader = isOfTarget(property.of) ? targetReader(access, auditor, property.of.account) : hubReader(access);
  const value = readProperty(property, await stateWith(property, desired, reader));
  if (value !== undefined) return { value };
  const [error] = reader.errors;
  if (error === undefined) throw new Error(`No IAM call reads the ${property.kind} of ${property.of.name}.`);
  return { error };
}

/** A state that knows nothing of the property's user, group or role but what the call told. */
async function stateWith(property: IamProperty, desired: State, reader: AccountReader): Promise<State> {
  if (property.kind === 'content' || property.kind === 'version') {
    const content = await readPolicy(property, reader);
    return withContents(desired, property.of, [{ arn: property.of.arn, content }]);
  }
  const { of } = property;
  const { hub, partition } = desired;
  const arn = findEntity(of, desired)?.arn ?? arnOfEntity(partition, of);
  switch (of.kind) {
    case 'User':
      return { ...desired, hub: { ...hub, user: { name: of.name, value: await readUser(property, arn, reader) } } };
    case 'Group': {
      // The auditor may read the members of the file's groups alone.
      if (property.kind === 'member' && !hub.groups.some(({ name }) => sameName(name, of.name))) {
        return {
          ...desired,
          hub: { ...hub, user: { name: property.user, value: await readMemberships(property.user, of.account, partition, reader) } },
        };
      }
      return { ...desired, hub: { ...hub, groups: [{ name: of.name, value: await readGroup(property, arn, reader) }] } };
    }
    case 'Role': {
      const role = { name: of.name, value: await readRole(property, arn, partition, reader) };
      const targets = desired.targets.map((target) => (sameEntity(roleOfTarget(target), of) ? { ...target, role } : target));
      return { ...desired, targets };
    }
  }
}

/** A version that is asked for by its id is given back as the default one: nothing else of the policy is known then. */
async function readPolicy(property: IamProperty<'content' | 'version'>, reader: AccountReader): Promise<PolicyContent | null | undefined> {
  const { of } = property;
  if (property.kind === 'content') return readDefaultContent(reader, of.arn);
  return withDocument(property.id, await readVersionDocument(reader, of.arn, property.id));
}

/** The calls that show parts of a user, group or role. */
interface Reads<T> {
  readonly facts: () => Promise<ReadOutcome<Partial<T>>>;
  readonly inline: (policy: string) => Promise<ReadOutcome<InlinePolicy>>;
  readonly attached: () => Promise<ReadOutcome<NameSet>>;
}

/** @returns `null`: AWS has no such thing, `undefined`: the call failed */
async function readPart<T extends User | Group | Role>(property: IamProperty, reads: Reads<T>, unread: T): Promise<T | null | undefined> {
  switch (property.kind) {
    case 'inline':
      return found(await reads.inline(property.name), (policy) => ({ ...unread, inlinePolicies: [policy] }));
    case 'attached':
      return found(await reads.attached(), (managedPolicies) => ({ ...unread, managedPolicies }));
    default:
      return found(await reads.facts(), (facts) => ({ ...unread, ...facts }));
  }
}

function found<Told, T>(outcome: ReadOutcome<Told>, whole: (told: Told) => T): T | null | undefined {
  if (outcome.kind === 'read') return whole(outcome.value);
  return outcome.kind === 'missing' ? null : undefined;
}

function readUser(property: IamProperty, arn: string, reader: AccountReader): Promise<User | null | undefined> {
  const { name } = property.of;
  const reads = {
    facts: () => readUserFacts(reader, name, arn),
    inline: (policy: string) => readUserInlinePolicy(reader, name, arn, policy),
    attached: () => readUserManagedPolicies(reader, name, arn),
  };
  return readPart(property, reads, unreadUser(arn));
}

/** The user with the names of its groups. */
async function readMemberships(name: string, account: string, partition: string, reader: AccountReader): Promise<User | null | undefined> {
  const arn = arnOfEntity(partition, { kind: 'User', account, name });
  const groups = await readGroupsOf(reader, name, arn);
  return found(groups, (list) => ({ ...unreadUser(arn), groups: nameSet(list.map((group) => group.name)) }));
}

function readGroup(property: IamProperty, arn: string, reader: AccountReader): Promise<Group | null | undefined> {
  const { name } = property.of;
  const reads = {
    facts: () => readGroupFacts(reader, name, arn),
    inline: (policy: string) => readGroupInlinePolicy(reader, name, arn, policy),
    attached: () => readGroupManagedPolicies(reader, name, arn),
  };
  return readPart<Group>(property, reads, { path: undefined, arn, members: undefined, ...NO_POLICIES_READ });
}

function readRole(property: IamProperty, arn: string, partition: string, reader: AccountReader): Promise<Role | null | undefined> {
  const { name } = property.of;
  const reads = {
    facts: () => readRoleFacts(reader, name, arn, partition),
    inline: (policy: string) => readRoleInlinePolicy(reader, name, arn, policy),
    attached: () => readRoleManagedPolicies(reader, name, arn),
  };
  return readPart<Role>(property, reads, { ...unreadFacts(arn), ...NO_POLICIES_READ });
}

const NO_POLICIES_READ = { managedPolicies: undefined, inlinePolicies: undefined } as const;

function unreadUser(arn: string): User {
  const credentials = { accessKeys: undefined, otherCredentials: undefined, consoleLogin: undefined };
  return { path: undefined, arn, boundary: undefined, groups: undefined, ...credentials, ...NO_POLICIES_READ };
}
