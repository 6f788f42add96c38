/**
 * An estate as a person made it by hand over the years: plain calls to IAM's own API, and nothing of the action or of what its other tests are seeded with.
 */

export const HUB = '888888888888';
export const ACCOUNTS: readonly string[] = Array.from({ length: 40 }, (_value, index) => String(500_000_000_001 + index * 7));

/** One call in an account. `x-moto-account-id` says which; both moto and the embedded AWS take it from an administrator. */
export async function call(
  endpoint: string,
  account: string,
  action: string,
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  const response = await fetch(`${endpoint}/`, {
    method: 'POST',
    headers: {
      authorization: 'AWS4-HMAC-SHA256 Credential=admin/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=none',
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'x-moto-account-id': account,
    },
    body: new URLSearchParams({ Action: action, Version: '2010-05-08', ...parameters }).toString(),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${action} in ${account}: ${response.status} ${text}`);
  return text;
}

const AWS = 'arn:aws:iam::aws:policy';

function allow(more: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more }] });
}

/** @returns the access key of the person who runs the capture */
export async function seedByHand(endpoint: string): Promise<{ AWS_ACCESS_KEY_ID: string; AWS_SECRET_ACCESS_KEY: string }> {
  const hub = (action: string, parameters: Readonly<Record<string, string>>) => call(endpoint, HUB, action, parameters);
  await hub('CreateUser', { UserName: 'ddi-service' });
  await hub('AttachUserPolicy', { UserName: 'ddi-service', PolicyArn: `${AWS}/IAMReadOnlyAccess` });
  await hub('CreateAccessKey', { UserName: 'ddi-service' });
  await hub('CreateUser', { UserName: 'admin' });
  const everything = allow({ Action: ['iam:*', 'sts:AssumeRole'], Resource: '*' });
  await hub('PutUserPolicy', { UserName: 'admin', PolicyName: 'all', PolicyDocument: everything });
  const key = await hub('CreateAccessKey', { UserName: 'admin' });
  for (const [index, account] of ACCOUNTS.entries()) await seedAccount(endpoint, account, index);
  for (const name of ['ddi-one', 'ddi-two']) {
    await hub('CreateGroup', { GroupName: name });
    await hub('AddUserToGroup', { GroupName: name, UserName: 'ddi-service' });
  }
  for (const [index, account] of ACCOUNTS.entries()) {
    const Resource = `arn:aws:iam::${account}:role/${roleName(index)}`;
    const PolicyDocument = allow({ Action: 'sts:AssumeRole', Resource });
    await hub('PutGroupPolicy', { GroupName: index < 25 ? 'ddi-one' : 'ddi-two', PolicyName: `to-${account}`, PolicyDocument });
  }
  const between = (tag: string) => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(key)?.[1] ?? '';
  return { AWS_ACCESS_KEY_ID: between('AccessKeyId'), AWS_SECRET_ACCESS_KEY: between('SecretAccessKey') };
}

/** Two accounts have another name for it. */
export function roleName(index: number): string {
  return index === 5 || index === 31 ? 'ddi-legacy' : 'ddi-access';
}

/** Most are alike; some differ in what forty accounts differ in after some years. */
async function seedAccount(endpoint: string, account: string, index: number): Promise<void> {
  const iam = (action: string, parameters: Readonly<Record<string, string>>) => call(endpoint, account, action, parameters);
  const RoleName = roleName(index);
  const AssumeRolePolicyDocument = allow({
    Principal: { AWS: index === 8 ? `arn:aws:iam::${HUB}:user/ddi-service` : `arn:aws:iam::${HUB}:root` },
    Action: 'sts:AssumeRole',
  });
  await iam('CreateRole', {
    RoleName,
    AssumeRolePolicyDocument,
    Description: `DNS: #${index} {x}`,
    'Tags.member.1.Key': 'n: 1',
    'Tags.member.1.Value': '- x',
  });
  await iam('AttachRolePolicy', { RoleName, PolicyArn: `${AWS}/AmazonRoute53FullAccess` });
  await iam('AttachRolePolicy', { RoleName, PolicyArn: `${AWS}/AmazonEC2FullAccess` });
  if (index === 12) await iam('AttachRolePolicy', { RoleName, PolicyArn: `${AWS}/AdministratorAccess` });
  if (index % 3 === 0) await iam('AttachRolePolicy', { RoleName, PolicyArn: `${AWS}/IAMReadOnlyAccess` });
  const buckets = allow({ Action: 's3:ListBucket', Resource: `arn:aws:s3:::zones-${account}` });
  await iam('PutRolePolicy', {
    RoleName,
    PolicyName: 'zones',
    PolicyDocument: index === 20 ? allow({ Action: 's3:*', Resource: '*' }) : buckets,
  });
  const auditor = allow({ Principal: { AWS: `arn:aws:iam::${HUB}:root` }, Action: 'sts:AssumeRole' });
  await iam('CreateRole', { RoleName: 'AssumeRoleAuditor', AssumeRolePolicyDocument: auditor });
  const reads = ['iam:GetRole', 'iam:ListRolePolicies', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies'];
  await iam('PutRolePolicy', {
    RoleName: 'AssumeRoleAuditor',
    PolicyName: 'read',
    PolicyDocument: allow({ Action: reads, Resource: '*' }),
  });
}
