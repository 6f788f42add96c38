import type { Occasion } from './cloudtrail/acting.ts';
import type { Actor } from './cloudtrail/actors.ts';
import type { AccountEstate, Estate, GroupEstate, NamedDocument, RoleEstate, UserEstate } from './estate.ts';
import { emptyAccount } from './estate.ts';
import { membersOf, readXml, textOf as textIn } from './protocol/read-xml.ts';
import { type AdminCall, adminClient, seedGroup, seedRole, seedUser, textOf } from './seed.ts';
import { seedCredential, updateSshKeys } from './seed-credential.ts';
import type { EmbeddedAws } from './server.ts';

/** One account, as it is and as it is to be, and who changes it. */
interface Change {
  readonly hands: Hands;
  readonly before: AccountEstate;
  readonly after: AccountEstate;
  readonly call: AdminCall;
}

/** How somebody works in an account. */
interface Hands {
  readonly call: AdminCall;
  readonly account: string;
  /** The ARN of something in the account: `policy/network`. */
  arn(resource: string): string;
  /** Ids of a user's access keys. */
  keys(user: string): Promise<readonly string[]>;
}

/**
 * Makes the calls that lead from an estate that was seeded to another, as somebody whom CloudTrail then knows. What the two have alike is not touched.
 * Throws `AwsError` for what IAM does not allow.
 */
export async function changeEstate(aws: EmbeddedAws, before: Estate, after: Estate, actor: Actor, occasion: Occasion = {}): Promise<void> {
  await makeChanges(before, after, ({ id }) => {
    const admin = aws.account(id);
    const acting = admin.as(actor, occasion);
    return {
      account: id,
      arn: (resource) => admin.arn(resource),
      keys: async (user) => admin.user(user)?.keys.map((key) => key.id) ?? [],
      call: async (action, input) => acting.call(action, input),
    };
  });
}

/** The same over plain HTTP, as an administrator of every account: on moto as well as on the embedded AWS. */
export async function changeEstateAt(endpoint: string, before: Estate, after: Estate): Promise<void> {
  await makeChanges(before, after, ({ id }) => {
    const call = adminClient(endpoint, id);
    return {
      account: id,
      arn: (resource) => `arn:${after.partition}:iam::${id}:${resource}`,
      keys: async (UserName) =>
        membersOf(readXml(await call('ListAccessKeys', { UserName })), 'AccessKeyMetadata').map((key) => textIn(key, 'AccessKeyId') ?? ''),
      call,
    };
  });
}

async function makeChanges(before: Estate, after: Estate, handsIn: (account: AccountEstate) => Hands): Promise<void> {
  const changes = after.accounts.map((account): Change => {
    const there = before.accounts.find(({ id }) => id === account.id) ?? emptyAccount(account.id);
    const hands = handsIn(account);
    return { hands, before: there, after: account, call: hands.call };
  });
  for (const change of changes) await changePolicies(change);
  for (const change of changes) await changeUsers(change);
  for (const change of changes) await changeRoles(change);
  for (const change of changes) await changeGroups(change);
  for (const change of changes) await removeUsers(change);
  for (const change of changes) await removePolicies(change);
}

interface Named {
  readonly name: string;
}

/** The pairs of what is there before and after, what is new, and what is gone. */
function paired<T extends Named>(before: readonly T[], after: readonly T[]): { kept: [T, T][]; added: T[]; gone: T[] } {
  const there = new Map(before.map((one) => [one.name, one]));
  const stay = new Set(after.map(({ name }) => name));
  return {
    kept: after.flatMap((one) => {
      const old = there.get(one.name);
      return old === undefined ? [] : [[old, one]];
    }),
    added: after.filter(({ name }) => !there.has(name)),
    gone: before.filter(({ name }) => !stay.has(name)),
  };
}

function without<T>(some: readonly T[], others: readonly T[]): T[] {
  return some.filter((one) => !others.includes(one));
}

async function changePolicies({ hands, before, after, call }: Change): Promise<void> {
  const { kept, added } = paired(before.policies, after.policies);
  for (const { name, path = '/', document } of added) {
    await call('CreatePolicy', { PolicyName: name, Path: path, PolicyDocument: textOf(document) });
  }
  for (const [old, { name, path = '/', document }] of kept) {
    if (textOf(old.document) === textOf(document)) continue;
    const PolicyArn = hands.arn(`policy${path}${name}`);
    await call('CreatePolicyVersion', { PolicyArn, PolicyDocument: textOf(document), SetAsDefault: true });
  }
}

/** When nothing has them attached any more. */
async function removePolicies({ hands, before, after, call }: Change): Promise<void> {
  for (const { name, path = '/' } of paired(before.policies, after.policies).gone)
    await call('DeletePolicy', { PolicyArn: hands.arn(`policy${path}${name}`) });
}

/** The same calls for users, groups and roles. */
async function changePermissions(
  kind: 'User' | 'Group' | 'Role',
  before: { name: string; managedPolicies: readonly string[]; inlinePolicies: readonly NamedDocument[]; boundary?: string },
  after: Omit<typeof before, 'name'>,
  call: AdminCall,
): Promise<void> {
  const owner = { [`${kind}Name`]: before.name };
  for (const PolicyArn of without(before.managedPolicies, after.managedPolicies))
    await call(`Detach${kind}Policy`, { ...owner, PolicyArn });
  for (const PolicyArn of without(after.managedPolicies, before.managedPolicies))
    await call(`Attach${kind}Policy`, { ...owner, PolicyArn });
  const { kept, added, gone } = paired(before.inlinePolicies, after.inlinePolicies);
  for (const { name } of gone) await call(`Delete${kind}Policy`, { ...owner, PolicyName: name });
  const changed = kept.filter(([old, one]) => textOf(old.document) !== textOf(one.document)).map(([, one]) => one);
  for (const { name, document } of [...added, ...changed]) {
    await call(`Put${kind}Policy`, { ...owner, PolicyName: name, PolicyDocument: textOf(document) });
  }
  if (before.boundary === after.boundary) return;
  if (after.boundary === undefined) await call(`Delete${kind}PermissionsBoundary`, owner);
  else await call(`Put${kind}PermissionsBoundary`, { ...owner, PermissionsBoundary: after.boundary });
}

const NOTHING = { managedPolicies: [], inlinePolicies: [] };

async function changeUsers({ hands, before, after, call }: Change): Promise<void> {
  const { kept, added } = paired(before.users, after.users);
  for (const user of added) await seedUser(hands.account, user, call);
  // Users that the trust policies below name, and that are deleted in the end.
  for (const UserName of without(after.formerUsers, before.formerUsers)) await call('CreateUser', { UserName });
  for (const [old, user] of kept) {
    await changePermissions('User', old, user, call);
    await changeKeys(hands, old, user);
    if (user.login !== true && old.login === true) await call('DeleteLoginProfile', { UserName: user.name });
    if (user.login === true && old.login !== true) await call('CreateLoginProfile', { UserName: user.name, Password: 'changed-Aa1!' });
    for (const credential of (user.credentials ?? []).slice(old.credentials?.length ?? 0))
      await seedCredential(user.name, credential, call);
    const [[was], [is]] = [old.credentials ?? [], user.credentials ?? []];
    if (was !== undefined && is !== undefined && was.status !== is.status) await updateSshKeys(user.name, is.status, call);
  }
}

async function changeKeys({ keys, call }: Hands, before: UserEstate, after: UserEstate): Promise<void> {
  const UserName = after.name;
  const there = await keys(UserName);
  for (const AccessKeyId of there.slice(after.accessKeys.length)) await call('DeleteAccessKey', { UserName, AccessKeyId });
  for (const [index, Status] of after.accessKeys.entries()) {
    if (index >= there.length) await call('CreateAccessKey', { UserName });
    if (Status === (before.accessKeys[index] ?? 'Active')) continue;
    const AccessKeyId = (await keys(UserName))[index];
    await call('UpdateAccessKey', { UserName, AccessKeyId, Status });
  }
}

async function changeRoles({ before, after, call }: Change): Promise<void> {
  const { kept, added, gone } = paired(before.roles, after.roles);
  const moved = kept.filter(([old, role]) => (old.path ?? '/') !== (role.path ?? '/'));
  for (const role of [...gone, ...moved.map(([old]) => old)]) {
    await changePermissions('Role', role, NOTHING, call);
    await call('DeleteRole', { RoleName: role.name });
  }
  for (const role of [...added, ...moved.map(([, role]) => role)]) await seedRole(role, call);
  for (const [old, role] of kept.filter((pair) => !moved.includes(pair))) await changeRole(old, role, call);
}

async function changeRole(before: RoleEstate, after: RoleEstate, call: AdminCall): Promise<void> {
  const RoleName = after.name;
  if (textOf(before.trust) !== textOf(after.trust)) await call('UpdateAssumeRolePolicy', { RoleName, PolicyDocument: textOf(after.trust) });
  await changePermissions('Role', before, after, call);
  const { description: Description, maxSessionDuration: MaxSessionDuration } = after;
  if (before.description !== Description || before.maxSessionDuration !== MaxSessionDuration) {
    await call('UpdateRole', { RoleName, Description, MaxSessionDuration });
  }
  const [oldTags, tags] = [before.tags ?? [], after.tags ?? []];
  const keys = tags.map(({ key }) => key);
  const gone = oldTags.map(({ key }) => key).filter((key) => !keys.includes(key));
  if (gone.length > 0) await call('UntagRole', { RoleName, TagKeys: gone });
  const set = tags.filter(({ key, value }) => !oldTags.some((old) => old.key === key && old.value === value));
  if (set.length > 0) await call('TagRole', { RoleName, Tags: set.map(({ key, value }) => ({ Key: key, Value: value })) });
}

async function changeGroups({ before, after, call }: Change): Promise<void> {
  const { kept, added, gone } = paired(before.groups, after.groups);
  for (const group of added) await seedGroup(group, call);
  for (const [old, group] of kept) await changeGroup(old, group, call);
  for (const group of gone) {
    await changeGroup(group, { ...group, ...NOTHING, members: [] }, call);
    await call('DeleteGroup', { GroupName: group.name });
  }
}

async function changeGroup(before: GroupEstate, after: GroupEstate, call: AdminCall): Promise<void> {
  const GroupName = after.name;
  for (const UserName of without(before.members, after.members)) await call('RemoveUserFromGroup', { GroupName, UserName });
  for (const UserName of without(after.members, before.members)) await call('AddUserToGroup', { GroupName, UserName });
  await changePermissions('Group', before, after, call);
}

async function removeUsers({ hands, before, after, call }: Change): Promise<void> {
  for (const user of paired(before.users, after.users).gone) {
    await changePermissions('User', user, NOTHING, call);
    await changeKeys(hands, user, { ...user, accessKeys: [] });
    if (user.login === true) await call('DeleteLoginProfile', { UserName: user.name });
    await call('DeleteUser', { UserName: user.name });
  }
  for (const UserName of without(after.formerUsers, before.formerUsers)) await call('DeleteUser', { UserName });
}
