import { expect, test } from '@jest/globals';
import type { ParamInput } from '../../dev/aws/protocol/query.ts';
import { startAws } from '../../dev/aws/server.ts';
import { allow, ask, assume, deny, policy, trust, userWithKey } from './ask.ts';

const ACCOUNT = '111111111111';
const OTHER = '222222222222';
const SELF = `arn:aws:iam::${ACCOUNT}:user/caller`;

const IDENTITY_CASES: readonly (readonly [string, object, 'GetUser' | 'GetGroup', boolean])[] = [
  ['nothing', policy(deny('s3:*')), 'GetUser', false],
  ['the action', policy(allow('iam:GetUser')), 'GetUser', true],
  ['the action in other cases', policy(allow('IAM:getuser')), 'GetUser', true],
  ['a wildcard', policy(allow('iam:Get*')), 'GetUser', true],
  ['a question mark', policy(allow('iam:Get?ser')), 'GetUser', true],
  ['another action', policy(allow('iam:GetUserPolicy')), 'GetUser', false],
  ['all but the action', policy({ Effect: 'Allow', NotAction: 'iam:GetUser', Resource: '*' }), 'GetUser', false],
  ['all but another action', policy({ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }), 'GetUser', true],
  ['the user itself', policy(allow('iam:*', SELF)), 'GetUser', true],
  ['the user in other cases', policy(allow('iam:*', SELF.replace('caller', 'CALLER'))), 'GetUser', false],
  ['another user', policy(allow('iam:*', `arn:aws:iam::${ACCOUNT}:user/other`)), 'GetUser', false],
  ['all users, of a group', policy(allow('iam:*', `arn:aws:iam::${ACCOUNT}:user/*`)), 'GetGroup', false],
  ['all but the user', policy({ Effect: 'Allow', Action: 'iam:*', NotResource: SELF }), 'GetUser', false],
  ['the caller by its variable', policy(allow('iam:GetUser', `arn:aws:iam::${ACCOUNT}:user/$\{aws:username}`)), 'GetUser', true],
  [
    'a variable in the older version, which has none',
    { Version: '2008-10-17', Statement: [allow('iam:GetUser', `arn:aws:iam::${ACCOUNT}:user/$\{aws:username}`)] },
    'GetUser',
    false,
  ],
  ['all, and denies the action', policy(allow('*'), deny('iam:GetUser')), 'GetUser', false],
  ['all, and denies another action', policy(allow('*'), deny('iam:GetGroup')), 'GetUser', true],
  [
    'under a condition that holds',
    policy(allow('*', '*', { Condition: { StringEquals: { 'AWS:PrincipalAccount': ACCOUNT } } })),
    'GetUser',
    true,
  ],
  [
    'under a condition that does not',
    policy(allow('*', '*', { Condition: { StringEquals: { 'aws:PrincipalAccount': OTHER } } })),
    'GetUser',
    false,
  ],
  [
    'under a pattern that holds',
    policy(allow('*', '*', { Condition: { StringLike: { 'aws:PrincipalArn': '*:user/c*' } } })),
    'GetUser',
    true,
  ],
  [
    'under a key that is missing',
    policy(allow('*', '*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } })),
    'GetUser',
    false,
  ],
  [
    'under a key that may be missing',
    policy(allow('*', '*', { Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } } })),
    'GetUser',
    true,
  ],
  [
    'unless a missing key is something',
    policy(allow('*', '*', { Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } })),
    'GetUser',
    true,
  ],
  ['where a key is missing', policy(allow('*', '*', { Condition: { Null: { 'aws:PrincipalOrgID': 'true' } } })), 'GetUser', true],
  [
    'all, and denies under a condition that does not hold',
    policy(allow('*'), deny('*', '*', { Condition: { Bool: { 'aws:x': 'true' } } })),
    'GetUser',
    true,
  ],
  ['from its address', policy(allow('*', '*', { Condition: { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } } })), 'GetUser', true],
  [
    'all, and denies every address',
    policy(allow('*'), deny('*', '*', { Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } })),
    'GetUser',
    false,
  ],
  ['over TLS', policy(allow('*', '*', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } })), 'GetUser', true],
  [
    'until a day that is over',
    policy(allow('*', '*', { Condition: { DateLessThan: { 'aws:CurrentTime': '2020-01-01' } } })),
    'GetUser',
    false,
  ],
  ['since a second', policy(allow('*', '*', { Condition: { NumericGreaterThan: { 'aws:EpochTime': 1577836800 } } })), 'GetUser', true],
  [
    'if any of its addresses is another',
    policy(allow('*', '*', { Condition: { 'ForAnyValue:NotIpAddress': { 'aws:SourceIp': '127.0.0.1' } } })),
    'GetUser',
    false,
  ],
  [
    'under an operator that there is not',
    policy(allow('*', '*', { Condition: { StringIs: { 'aws:SourceIp': '127.0.0.1' } } })),
    'GetUser',
    false,
  ],
  [
    'all, and denies under such an operator',
    policy(allow('*'), deny('*', '*', { Condition: { StringIs: { 'aws:SourceIp': '127.0.0.2' } } })),
    'GetUser',
    false,
  ],
];

test.each(IDENTITY_CASES)('a policy that allows %s', async (_name, document, action, allowed) => {
  await using aws = await startAws();
  const keys = userWithKey(aws, ACCOUNT, document);
  aws.account(ACCOUNT).call('CreateGroup', { GroupName: 'caller' });
  const { status, code } = await ask(aws, 'iam', action, { UserName: 'caller', GroupName: 'caller' }, keys);
  expect({ status, code }).toEqual(allowed ? { status: 200, code: '' } : { status: 403, code: 'AccessDenied' });
});

test('a refusal names caller, action, resource and why', async () => {
  await using aws = await startAws();
  const keys = userWithKey(aws, ACCOUNT, policy(deny('iam:GetRole')));
  const messages = [];
  for (const action of ['GetUser', 'GetRole']) messages.push((await ask(aws, 'iam', action, { RoleName: 'r' }, keys)).message);
  expect(messages).toEqual([
    `User: ${SELF} is not authorized to perform: iam:GetUser on resource: ${SELF} because no identity-based policy allows the iam:GetUser action`,
    `User: ${SELF} is not authorized to perform: iam:GetRole on resource: arn:aws:iam::${ACCOUNT}:role/r with an explicit deny in an identity-based policy`,
  ]);
});

test("a user has its groups' policies and its attached ones, inside its boundary", async () => {
  await using aws = await startAws();
  const keys = userWithKey(aws, ACCOUNT);
  const admin = aws.account(ACCOUNT);
  const get = async () => (await ask(aws, 'iam', 'GetUser', {}, keys)).status;
  const seen = [await get()];
  admin.call('CreateGroup', { GroupName: 'readers' });
  admin.call('AttachGroupPolicy', { GroupName: 'readers', PolicyArn: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess' });
  seen.push(await get());
  admin.call('AddUserToGroup', { GroupName: 'readers', UserName: 'caller' });
  seen.push(await get());
  admin.call('PutUserPermissionsBoundary', { UserName: 'caller', PermissionsBoundary: 'arn:aws:iam::aws:policy/AmazonEC2FullAccess' });
  seen.push(await get());
  admin.call('PutUserPermissionsBoundary', { UserName: 'caller', PermissionsBoundary: 'arn:aws:iam::aws:policy/AdministratorAccess' });
  seen.push(await get());
  expect(seen).toEqual([403, 403, 200, 403, 200]);
});

test('a customer policy has the effect of its default version', async () => {
  await using aws = await startAws();
  const keys = userWithKey(aws, ACCOUNT);
  const admin = aws.account(ACCOUNT);
  const PolicyArn = `arn:aws:iam::${ACCOUNT}:policy/reads`;
  admin.call('CreatePolicy', { PolicyName: 'reads', PolicyDocument: JSON.stringify(policy(allow('s3:*'))) });
  admin.call('AttachUserPolicy', { UserName: 'caller', PolicyArn });
  const before = (await ask(aws, 'iam', 'GetUser', {}, keys)).status;
  admin.call('CreatePolicyVersion', { PolicyArn, PolicyDocument: JSON.stringify(policy(allow('iam:*'))), SetAsDefault: true });
  expect([before, (await ask(aws, 'iam', 'GetUser', {}, keys)).status]).toEqual([403, 200]);
});

test('membership is authorized on the group, attachment by the policy that is attached', async () => {
  await using aws = await startAws();
  const EC2 = 'arn:aws:iam::aws:policy/AmazonEC2FullAccess';
  const keys = userWithKey(
    aws,
    ACCOUNT,
    policy(
      allow('iam:AddUserToGroup', `arn:aws:iam::${ACCOUNT}:group/targets`),
      allow('iam:AttachUserPolicy', '*', { Condition: { ArnEquals: { 'iam:PolicyARN': EC2 } } }),
    ),
  );
  aws.account(ACCOUNT).call('CreateGroup', { GroupName: 'targets' });
  aws.account(ACCOUNT).call('CreateGroup', { GroupName: 'admins' });
  const statuses = [];
  for (const GroupName of ['targets', 'admins'])
    statuses.push((await ask(aws, 'iam', 'AddUserToGroup', { GroupName, UserName: 'caller' }, keys)).status);
  for (const PolicyArn of [EC2, 'arn:aws:iam::aws:policy/AdministratorAccess']) {
    statuses.push((await ask(aws, 'iam', 'AttachUserPolicy', { UserName: 'caller', PolicyArn }, keys)).status);
  }
  expect(statuses).toEqual([200, 403, 200, 403]);
});

test('what is created is authorized by the path it gets, and with tags only for whoever may tag', async () => {
  await using aws = await startAws();
  const keys = userWithKey(aws, ACCOUNT, policy(allow('iam:CreateRole', `arn:aws:iam::${ACCOUNT}:role/ddi/*`)));
  const create = async (RoleName: string, more: object) =>
    (await ask(aws, 'iam', 'CreateRole', { RoleName, AssumeRolePolicyDocument: trust(root(OTHER)), ...more }, keys)).status;
  const Tags = [{ Key: 'team', Value: 'ddi' }];
  const statuses = [await create('a', { Path: '/' }), await create('a', { Path: '/ddi/' }), await create('b', { Path: '/ddi/', Tags })];
  const document = JSON.stringify(policy(allow(['iam:CreateRole', 'iam:TagRole'])));
  aws.account(ACCOUNT).call('PutUserPolicy', { UserName: 'caller', PolicyName: 'p0', PolicyDocument: document });
  expect([...statuses, await create('b', { Path: '/ddi/', Tags })]).toEqual([403, 200, 403, 200]);
});

test('a write can be limited to roles with a boundary', async () => {
  await using aws = await startAws();
  const boundary = 'arn:aws:iam::aws:policy/AmazonEC2FullAccess';
  const unbound = { Condition: { StringNotEquals: { 'iam:PermissionsBoundary': boundary } } };
  const keys = userWithKey(aws, ACCOUNT, policy(allow('iam:*'), deny('iam:*', `arn:aws:iam::${ACCOUNT}:role/*`, unbound)));
  const status = async (action: string, input: ParamInput) => (await ask(aws, 'iam', action, { RoleName: 'r', ...input }, keys)).status;
  const AssumeRolePolicyDocument = trust(root(OTHER));
  const put = () => status('PutRolePolicy', { PolicyName: 'p', PolicyDocument: JSON.stringify(policy(allow('s3:*'))) });
  const statuses = [
    await status('CreateRole', { AssumeRolePolicyDocument }),
    await status('CreateRole', { AssumeRolePolicyDocument, PermissionsBoundary: boundary }),
    await put(),
    await status('PutRolePermissionsBoundary', { PermissionsBoundary: 'arn:aws:iam::aws:policy/AdministratorAccess' }),
    await status('DeleteRolePermissionsBoundary', {}),
    await put(),
  ];
  expect(statuses).toEqual([403, 200, 200, 403, 200, 403]);
});

const MAY_ASSUME = policy(allow('sts:AssumeRole'));
const root = (account: string) => `arn:aws:iam::${account}:root`;

/** Where the role is, whom it trusts, what the caller's own policy says, and whether that is enough. */
const ASSUME_CASES: readonly (readonly [string, string, string, object, boolean])[] = [
  ['another account that trusts the account, with permission', OTHER, trust(root(ACCOUNT)), MAY_ASSUME, true],
  ['another account that trusts the user, with permission', OTHER, trust(SELF), MAY_ASSUME, true],
  ['another account that trusts the user, without permission', OTHER, trust(SELF), policy(allow('s3:*')), false],
  ['another account that trusts everybody, with permission', OTHER, trust('*'), MAY_ASSUME, true],
  ['another account that trusts a third', OTHER, trust(root('333333333333')), MAY_ASSUME, false],
  [
    'another account, with permission for another role',
    OTHER,
    trust(root(ACCOUNT)),
    policy(allow('sts:AssumeRole', `arn:aws:iam::${OTHER}:role/Other`)),
    false,
  ],
  ['another account, denied by the caller', OTHER, trust(root(ACCOUNT)), policy(allow('*'), deny('sts:AssumeRole')), false],
  ['its own account that trusts the user, without permission', ACCOUNT, trust(SELF), policy(allow('s3:*')), true],
  ['its own account that trusts the user, denied by the caller', ACCOUNT, trust(SELF), policy(deny('sts:*')), false],
  ['its own account that trusts the account, without permission', ACCOUNT, trust(root(ACCOUNT)), policy(allow('s3:*')), false],
  [
    'another account that trusts a service',
    OTHER,
    JSON.stringify(policy({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' })),
    MAY_ASSUME,
    false,
  ],
  ['another account that allows tagging alone', OTHER, trust(root(ACCOUNT), { Action: 'sts:TagSession' }), MAY_ASSUME, false],
  [
    'another account that denies the user',
    OTHER,
    JSON.stringify(
      policy(
        { Effect: 'Allow', Principal: { AWS: root(ACCOUNT) }, Action: 'sts:AssumeRole' },
        { Effect: 'Deny', Principal: { AWS: SELF }, Action: 'sts:AssumeRole' },
      ),
    ),
    MAY_ASSUME,
    false,
  ],
];

test.each(ASSUME_CASES)('a role in %s', async (_name, account, document, own, allowed) => {
  await using aws = await startAws();
  const keys = userWithKey(aws, ACCOUNT, own);
  aws.account(account).call('CreateRole', { RoleName: 'Target', AssumeRolePolicyDocument: document });
  const { status } = await ask(
    aws,
    'sts',
    'AssumeRole',
    { RoleArn: `arn:aws:iam::${account}:role/Target`, RoleSessionName: 'audit' },
    keys,
  );
  expect(status).toBe(allowed ? 200 : 403);
});

test('a role is assumed by its whole ARN, path and case', async () => {
  await using aws = await startAws();
  const keys = userWithKey(aws, ACCOUNT, MAY_ASSUME);
  aws.account(OTHER).call('CreateRole', { RoleName: 'Target', Path: '/ddi/', AssumeRolePolicyDocument: trust(root(ACCOUNT)) });
  const statuses = [];
  for (const role of ['ddi/Target', 'Target', 'ddi/target']) {
    statuses.push(
      (await ask(aws, 'sts', 'AssumeRole', { RoleArn: `arn:aws:iam::${OTHER}:role/${role}`, RoleSessionName: 'audit' }, keys)).status,
    );
  }
  expect(statuses).toEqual([200, 403, 403]);
});

test('a chained role is trusted by its role, not by its user, and is limited by its session policy', async () => {
  await using aws = await startAws();
  const keys = userWithKey(aws, ACCOUNT, MAY_ASSUME);
  const hub = aws.account(ACCOUNT);
  hub.call('CreateRole', { RoleName: 'Hub', AssumeRolePolicyDocument: trust(root(ACCOUNT)) });
  hub.call('PutRolePolicy', {
    RoleName: 'Hub',
    PolicyName: 'p',
    PolicyDocument: JSON.stringify(policy(allow(['sts:AssumeRole', 'iam:GetRole']))),
  });
  const hubRole = `arn:aws:iam::${ACCOUNT}:role/Hub`;
  aws.account(OTHER).call('CreateRole', { RoleName: 'Target', AssumeRolePolicyDocument: trust(hubRole) });
  const target = { RoleArn: `arn:aws:iam::${OTHER}:role/Target`, RoleSessionName: 'audit' };
  const session = await assume(aws, hubRole, keys);
  const limited = await assume(aws, hubRole, keys, { Policy: JSON.stringify(policy(allow('iam:GetRole'))) });
  expect([
    (await ask(aws, 'sts', 'AssumeRole', target, keys)).status,
    (await ask(aws, 'sts', 'AssumeRole', target, session)).status,
    (await ask(aws, 'sts', 'AssumeRole', target, limited)).status,
    (await ask(aws, 'iam', 'GetRole', { RoleName: 'Hub' }, limited)).status,
  ]).toEqual([403, 200, 403, 200]);
});

test('a trust in a role that was deleted and made again lets nobody in', async () => {
  await using aws = await startAws();
  const keys = userWithKey(aws, ACCOUNT, MAY_ASSUME);
  aws.account(OTHER).call('CreateRole', { RoleName: 'Target', AssumeRolePolicyDocument: trust(SELF) });
  const target = { RoleArn: `arn:aws:iam::${OTHER}:role/Target`, RoleSessionName: 'audit' };
  const before = (await ask(aws, 'sts', 'AssumeRole', target, keys)).status;
  const admin = aws.account(ACCOUNT);
  admin.call('DeleteAccessKey', { UserName: 'caller', AccessKeyId: keys.accessKeyId });
  admin.call('DeleteUserPolicy', { UserName: 'caller', PolicyName: 'p0' });
  admin.call('DeleteUser', { UserName: 'caller' });
  const again = userWithKey(aws, ACCOUNT, MAY_ASSUME);
  expect([before, (await ask(aws, 'sts', 'AssumeRole', target, again)).status]).toEqual([200, 403]);
});
