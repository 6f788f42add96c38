import type { AccountEstate, CredentialEstate, Document, GroupEstate, KeyStatus, NamedDocument, RoleEstate, UserEstate } from './estate.ts';
import { emptyAccount } from './estate.ts';
import type { ParamInput } from './protocol/query.ts';
import { find, membersOf, readXml, textOf, type XmlNode } from './protocol/read-xml.ts';
import { type AdminCall, adminClient } from './seed.ts';

/**
 * What is in some accounts, read over HTTP as their administrator and without the action's code. In the form of an estate, sorted and with documents as
 * objects, so that two results (or a result and the `canonical` form of an estate) can be compared directly. Leaves out identity providers and former users.
 */
export async function readEstate(endpoint: string, accounts: readonly string[]): Promise<AccountEstate[]> {
  const read: AccountEstate[] = [];
  for (const id of accounts) read.push(await readAccount(id, adminClient(endpoint, id)));
  return read;
}

/** The same form of an estate that was written by hand. */
export function canonical(accounts: readonly AccountEstate[]): AccountEstate[] {
  return accounts.map((account) => ({
    ...emptyAccount(account.id),
    policies: sorted(account.policies.map(({ name, path = '/', document }) => ({ name, path, document: parsed(document) }))),
    users: sorted(account.users.map((user) => canonicalUser(user))),
    groups: sorted(
      account.groups.map(({ path = '/', ...group }) => ({
        ...group,
        path,
        members: group.members.toSorted(alphabetically),
        ...canonicalPolicies(group),
      })),
    ),
    roles: sorted(account.roles.map((role) => canonicalRole(role))),
  }));
}

function canonicalUser({ path = '/', login = false, credentials = [], ...user }: UserEstate): UserEstate {
  const sortedCredentials = credentials.toSorted((a, b) => alphabetically(a.kind + a.status, b.kind + b.status));
  return {
    ...user,
    path,
    login,
    accessKeys: user.accessKeys.toSorted(alphabetically),
    credentials: sortedCredentials,
    ...canonicalPolicies(user),
  };
}

function canonicalRole({ path = '/', description, maxSessionDuration = 3_600, tags = [], ...role }: RoleEstate): RoleEstate {
  const described = description === undefined ? {} : { description };
  const byKey = tags.toSorted((a, b) => a.key.localeCompare(b.key));
  return { ...role, ...described, path, maxSessionDuration, tags: byKey, trust: parsed(role.trust), ...canonicalPolicies(role) };
}

interface Permissions {
  managedPolicies: string[];
  inlinePolicies: NamedDocument[];
}

function canonicalPolicies({ managedPolicies, inlinePolicies }: Permissions): Permissions {
  return {
    managedPolicies: managedPolicies.toSorted(alphabetically),
    inlinePolicies: sorted(inlinePolicies.map(({ name, document }) => ({ name, document: parsed(document) }))),
  };
}

function parsed(document: Document): Document {
  return typeof document === 'string' ? parse(document) : document;
}

/** Text that is not a JSON object stays text. */
function parse(text: string): Document {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : text;
  } catch {
    return text;
  }
}

function alphabetically(a: string, b: string): number {
  return a < b ? -1 : 1;
}

function sorted<T extends { readonly name: string }>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => alphabetically(a.name, b.name));
}

async function readAccount(id: string, call: AdminCall): Promise<AccountEstate> {
  const ask = async (action: string, input: ParamInput = {}) => readXml(await call(action, input));
  const names = async (action: string, list: string, name: string) =>
    membersOf(await ask(action, { MaxItems: 1_000 }), list).map((member) => textOf(member, name) ?? '');
  const account = emptyAccount(id);
  for (const name of await names('ListUsers', 'Users', 'UserName')) account.users.push(await readUser(name, ask));
  for (const name of await names('ListGroups', 'Groups', 'GroupName')) account.groups.push(await readGroup(name, ask));
  for (const name of await names('ListRoles', 'Roles', 'RoleName')) account.roles.push(await readRole(name, ask));
  for (const policy of membersOf(await ask('ListPolicies', { Scope: 'Local', MaxItems: 1_000 }), 'Policies')) {
    account.policies.push(await readPolicy(policy, ask));
  }
  const [canonicalAccount = account] = canonical([account]);
  return canonicalAccount;
}

type Ask = (action: string, input?: ParamInput) => Promise<XmlNode>;

async function readUser(UserName: string, ask: Ask): Promise<UserEstate> {
  const user = await ask('GetUser', { UserName });
  const keys = membersOf(await ask('ListAccessKeys', { UserName, MaxItems: 1_000 }), 'AccessKeyMetadata');
  return {
    name: UserName,
    path: textOf(user, 'Path') ?? '/',
    ...(await readPermissions('User', UserName, ask)),
    ...boundaryOf(user),
    accessKeys: keys.map(statusOf),
    credentials: await readCredentials(UserName, ask),
    login: await hasLogin(UserName, ask),
  };
}

async function readCredentials(UserName: string, ask: Ask): Promise<CredentialEstate[]> {
  const listed = (answer: XmlNode, list: string, kind: CredentialEstate['kind']) =>
    membersOf(answer, list).map((member): CredentialEstate => ({ kind, status: statusOf(member) }));
  return [
    ...listed(await ask('ListSSHPublicKeys', { UserName, MaxItems: 1_000 }), 'SSHPublicKeys', 'ssh-public-key'),
    ...listed(await ask('ListSigningCertificates', { UserName, MaxItems: 1_000 }), 'Certificates', 'signing-certificate'),
    ...(await ifKnown(async () =>
      listed(await ask('ListServiceSpecificCredentials', { UserName, MaxItems: 1_000 }), 'ServiceSpecificCredentials', 'service-specific'),
    )),
  ];
}

/** Only moto lacks this call, and answers with 500. */
async function ifKnown<T>(read: () => Promise<T[]>): Promise<T[]> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Error && error.message.includes('was answered with 500')) return [];
    throw error;
  }
}

function statusOf(node: XmlNode): KeyStatus {
  return textOf(node, 'Status') === 'Active' ? 'Active' : 'Inactive';
}

async function hasLogin(UserName: string, ask: Ask): Promise<boolean> {
  try {
    await ask('GetLoginProfile', { UserName });
    return true;
  } catch (error) {
    if (error instanceof Error && error.message.includes('NoSuchEntity')) return false;
    throw error;
  }
}

async function readGroup(GroupName: string, ask: Ask): Promise<GroupEstate> {
  const group = await ask('GetGroup', { GroupName, MaxItems: 1_000 });
  return {
    name: GroupName,
    path: textOf(group, 'Path') ?? '/',
    members: membersOf(group, 'Users').map((user) => textOf(user, 'UserName') ?? ''),
    ...(await readPermissions('Group', GroupName, ask)),
  };
}

async function readRole(RoleName: string, ask: Ask): Promise<RoleEstate> {
  const role = await ask('GetRole', { RoleName });
  const description = textOf(role, 'Description');
  return {
    name: RoleName,
    path: textOf(role, 'Path') ?? '/',
    trust: parse(decodeURIComponent(textOf(role, 'AssumeRolePolicyDocument') ?? '')),
    ...(await readPermissions('Role', RoleName, ask)),
    ...boundaryOf(role),
    ...(description === undefined ? {} : { description }),
    maxSessionDuration: Number(textOf(role, 'MaxSessionDuration') ?? 3_600),
    tags: membersOf(role, 'Tags').map((tag) => ({ key: textOf(tag, 'Key') ?? '', value: textOf(tag, 'Value') ?? '' })),
  };
}

function boundaryOf(node: XmlNode): { boundary?: string } {
  const boundary = find(node, 'PermissionsBoundary');
  const arn = boundary === undefined ? undefined : textOf(boundary, 'PermissionsBoundaryArn');
  return arn === undefined ? {} : { boundary: arn };
}

async function readPermissions(kind: 'User' | 'Group' | 'Role', name: string, ask: Ask): Promise<Permissions> {
  const owner = { [`${kind}Name`]: name };
  const attached = membersOf(await ask(`ListAttached${kind}Policies`, { ...owner, MaxItems: 1_000 }), 'AttachedPolicies');
  const names = membersOf(await ask(`List${kind}Policies`, { ...owner, MaxItems: 1_000 }), 'PolicyNames');
  const inlinePolicies: NamedDocument[] = [];
  for (const { text: policy } of names) {
    const answer = await ask(`Get${kind}Policy`, { ...owner, PolicyName: policy });
    inlinePolicies.push({ name: policy, document: parse(decodeURIComponent(textOf(answer, 'PolicyDocument') ?? '')) });
  }
  return { managedPolicies: attached.map((member) => textOf(member, 'PolicyArn') ?? ''), inlinePolicies };
}

async function readPolicy(policy: XmlNode, ask: Ask): Promise<AccountEstate['policies'][number]> {
  const version = await ask('GetPolicyVersion', {
    PolicyArn: textOf(policy, 'Arn') ?? '',
    VersionId: textOf(policy, 'DefaultVersionId') ?? '',
  });
  const document = textOf(version, 'Document') ?? '';
  // Only moto returns this one unencoded.
  return {
    name: textOf(policy, 'PolicyName') ?? '',
    path: textOf(policy, 'Path') ?? '/',
    document: parse(document.startsWith('{') ? document : decodeURIComponent(document)),
  };
}
