import type { AccountEstate, Document, Estate, GroupEstate, NamedDocument, RoleEstate, UserEstate } from './estate.ts';
import { type ParamInput, Params } from './protocol/query.ts';
import { VERSION } from './protocol/xml.ts';
import { seedCredential } from './seed-credential.ts';
import type { EmbeddedAws } from './server.ts';

/** An access key that seeding made. */
export interface SeededKey {
  readonly account: string;
  readonly user: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface Seeded {
  readonly accessKeys: readonly SeededKey[];
  /** A user's first key. Throws `RangeError` if there is none. */
  key(account: string, user: string): SeededKey;
}

const SIDE_BY_SIDE = 16;

/**
 * Creates an estate over plain HTTP as an administrator of every account, by the header `x-moto-account-id`, which the embedded AWS and moto both
 * accept in place of credentials. `endpoint` is the server's URL. Throws an `Error` with AWS's answer for the first call that is refused.
 */
export function seedEstate(endpoint: string, estate: Estate): Promise<Seeded> {
  return seedBy((account) => adminClient(endpoint, account), estate);
}

/** The same in the embedded AWS, from the inside: without HTTP, which takes most of the time. */
export function seedEmbedded(aws: Pick<EmbeddedAws, 'account'>, estate: Estate): Promise<Seeded> {
  return seedBy((account) => async (action, input) => aws.account(account).call(action, input), estate);
}

async function seedBy(callIn: (account: string) => AdminCall, estate: Estate): Promise<Seeded> {
  const accessKeys: SeededKey[] = [];
  const clients = estate.accounts.map((account) => ({ account, call: callIn(account.id) }));
  // Principals must exist before the trust policies that name them: first users, then the roles of the accounts in order, those of the first (the hub) alone.
  await inParallel(clients, async ({ account, call }) => {
    await seedPolicies(account, call);
    for (const user of account.users) accessKeys.push(...(await seedUser(account.id, user, call)));
    for (const name of account.formerUsers) await call('CreateUser', { UserName: name });
  });
  for (const { account, call } of clients.slice(0, 1)) await seedRoles(account, call);
  await inParallel(clients.slice(1), ({ account, call }) => seedRoles(account, call));
  await inParallel(clients, async ({ account, call }) => {
    for (const group of account.groups) await seedGroup(group, call);
    for (const name of account.formerUsers) await call('DeleteUser', { UserName: name });
  });
  return { accessKeys, key: (account, user) => keyOf(accessKeys, account, user) };
}

function keyOf(keys: readonly SeededKey[], account: string, user: string): SeededKey {
  const key = keys.find((candidate) => candidate.account === account && candidate.user === user);
  if (key === undefined) throw new RangeError(`No key of ${user} in ${account} was seeded`);
  return key;
}

/** Makes one IAM call in an account and returns the XML of the answer. */
export type AdminCall = (action: string, input: ParamInput) => Promise<string>;

export function adminClient(endpoint: string, account: string): AdminCall {
  const headers = {
    authorization: 'AWS4-HMAC-SHA256 Credential=seeding/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=none',
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    'x-moto-account-id': account,
  };
  return async (action, input) => {
    const body = Params.from({ Action: action, Version: VERSION.iam, ...input }).toString();
    const response = await fetch(`${endpoint}/`, { method: 'POST', headers, body });
    const text = await response.text();
    if (!response.ok) throw new Error(`${action} in ${account} was answered with ${response.status}: ${text}`);
    return text;
  };
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
}

export function textOf(document: Document): string {
  return typeof document === 'string' ? document : JSON.stringify(document);
}

async function seedPolicies(account: AccountEstate, call: AdminCall): Promise<void> {
  for (const { name, path = '/', document } of account.policies) {
    await call('CreatePolicy', { PolicyName: name, Path: path, PolicyDocument: textOf(document) });
  }
  for (const { url, audiences } of account.oidcProviders) {
    await call('CreateOpenIDConnectProvider', { Url: url, ClientIDList: audiences, ThumbprintList: ['0'.repeat(40)] });
  }
}

/** Inline and attached policies, by the same calls for users, groups and roles. */
async function seedPermissions(
  kind: 'User' | 'Group' | 'Role',
  owner: { name: string; managedPolicies: readonly string[]; inlinePolicies: readonly NamedDocument[] },
  call: AdminCall,
): Promise<void> {
  const named = { [`${kind}Name`]: owner.name };
  for (const arn of owner.managedPolicies) await call(`Attach${kind}Policy`, { ...named, PolicyArn: arn });
  for (const { name, document } of owner.inlinePolicies) {
    await call(`Put${kind}Policy`, { ...named, PolicyName: name, PolicyDocument: textOf(document) });
  }
}

export async function seedUser(account: string, user: UserEstate, call: AdminCall): Promise<SeededKey[]> {
  const { name, path = '/', boundary, accessKeys, credentials = [], login = false } = user;
  await call('CreateUser', { UserName: name, Path: path, PermissionsBoundary: boundary });
  await seedPermissions('User', user, call);
  if (login) await call('CreateLoginProfile', { UserName: name, Password: `seeded-${Math.random()}-Aa1!` });
  for (const credential of credentials) await seedCredential(name, credential, call);
  const keys: SeededKey[] = [];
  for (const status of accessKeys) {
    const answer = await call('CreateAccessKey', { UserName: name });
    const accessKeyId = textBetween(answer, 'AccessKeyId');
    keys.push({ account, user: name, accessKeyId, secretAccessKey: textBetween(answer, 'SecretAccessKey') });
    if (status === 'Inactive') await call('UpdateAccessKey', { UserName: name, AccessKeyId: accessKeyId, Status: status });
  }
  return keys;
}

function textBetween(xml: string, tag: string): string {
  const [, text] = new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml) ?? [];
  if (text === undefined) throw new Error(`The answer has no ${tag}`);
  return text;
}

export async function seedGroup(group: GroupEstate, call: AdminCall): Promise<void> {
  await call('CreateGroup', { GroupName: group.name, Path: group.path ?? '/' });
  await seedPermissions('Group', group, call);
  for (const member of group.members) await call('AddUserToGroup', { GroupName: group.name, UserName: member });
}

async function seedRoles(account: AccountEstate, call: AdminCall): Promise<void> {
  for (const role of account.roles) await seedRole(role, call);
}

export async function seedRole(role: RoleEstate, call: AdminCall): Promise<void> {
  await call('CreateRole', {
    RoleName: role.name,
    Path: role.path ?? '/',
    AssumeRolePolicyDocument: textOf(role.trust),
    Description: role.description,
    MaxSessionDuration: role.maxSessionDuration,
    PermissionsBoundary: role.boundary,
    Tags: role.tags?.map(({ key, value }) => ({ Key: key, Value: value })),
  });
  await seedPermissions('Role', role, call);
}
