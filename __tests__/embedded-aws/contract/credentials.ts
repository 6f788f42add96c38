import { allow, type Case, type Keys, outcome, type Place, trust } from './case.ts';

const RoleName = 'Auditor';

async function userWithKey({ iam }: Place, policy?: string): Promise<Keys & { readonly arn: string }> {
  const { User } = await iam.createUser({ UserName: 'workflow' });
  if (policy !== undefined) await iam.putUserPolicy({ UserName: 'workflow', PolicyName: 'p', PolicyDocument: policy });
  const { AccessKey } = await iam.createAccessKey({ UserName: 'workflow' });
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '', arn: User?.Arn ?? '' };
}

const roleArn = (account: string) => `arn:aws:iam::${account}:role/${RoleName}`;
const assume = ({ as }: Place, keys: Keys, account: string, more: object = {}) =>
  as(keys).sts.assumeRole({ RoleArn: roleArn(account), RoleSessionName: 'audit', ...more });

async function session(at: Place, keys: Keys, account: string): Promise<Keys> {
  const { Credentials } = await assume(at, keys, account);
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
}

const MAY_ASSUME = allow('sts:AssumeRole');
const CROSS_ACCOUNT = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html';
const NOT_ENFORCED = 'moto enforces neither trust nor identity policies unless its authentication is switched on';

export const credentialCases: readonly Case[] = [
  {
    name: "a user's key picks its account, and GetCallerIdentity needs no permission",
    run: async (at) => {
      const keys = await userWithKey(at);
      const { Account, Arn, UserId } = await at.as(keys).sts.getCallerIdentity({});
      return { Account, Arn, UserId };
    },
    is: { Account: 'ACCOUNT', Arn: 'arn:aws:iam::ACCOUNT:user/workflow', UserId: 'ID' },
  },
  {
    name: 'an assumed role reads the account of the role',
    run: async (at) => {
      const keys = await userWithKey(at, MAY_ASSUME);
      await at.other.iam.createRole({ RoleName, AssumeRolePolicyDocument: trust({ AWS: `arn:aws:iam::${at.account}:root` }) });
      await at.other.iam.putRolePolicy({ RoleName, PolicyName: 'p', PolicyDocument: allow('iam:GetRole') });
      const target = at.as(await session(at, keys, at.other.account));
      const { Account, Arn } = await target.sts.getCallerIdentity({});
      return [Account, Arn, (await target.iam.getRole({ RoleName })).Role?.Arn];
    },
    is: ['OTHER', 'arn:aws:sts::OTHER:assumed-role/Auditor/audit', 'arn:aws:iam::OTHER:role/Auditor'],
  },
  {
    name: 'AssumeRole answers with temporary credentials and who they are for',
    run: async (at) => {
      const keys = await userWithKey(at, MAY_ASSUME);
      await at.other.iam.createRole({ RoleName, AssumeRolePolicyDocument: trust({ AWS: `arn:aws:iam::${at.account}:root` }) });
      const { Credentials, AssumedRoleUser } = await assume(at, keys, at.other.account);
      return [AssumedRoleUser, Credentials?.AccessKeyId, typeof Credentials?.SessionToken, Credentials?.Expiration];
    },
    is: [{ AssumedRoleId: 'AROA*:audit', Arn: 'arn:aws:sts::OTHER:assumed-role/Auditor/audit' }, 'ASIA*', 'string', 'TIME'],
  },
  {
    name: 'a role that does not trust the caller, or does not exist, is AccessDenied',
    run: async (at) => {
      const keys = await userWithKey(at, MAY_ASSUME);
      const missing = await outcome(assume(at, keys, at.other.account));
      await at.other.iam.createRole({ RoleName, AssumeRolePolicyDocument: trust({ AWS: `arn:aws:iam::${at.other.account}:root` }) });
      return [missing, await outcome(assume(at, keys, at.other.account))];
    },
    is: ['AccessDenied 403', 'AccessDenied 403'],
    differs: { moto: ['ok', 'ok'], why: NOT_ENFORCED, doc: CROSS_ACCOUNT },
  },
  {
    name: "trust in another account is not enough without the caller's own permission",
    run: async (at) => {
      const keys = await userWithKey(at);
      await at.other.iam.createRole({ RoleName, AssumeRolePolicyDocument: trust({ AWS: `arn:aws:iam::${at.account}:root` }) });
      return outcome(assume(at, keys, at.other.account));
    },
    is: 'AccessDenied 403',
    differs: { moto: 'ok', why: NOT_ENFORCED, doc: CROSS_ACCOUNT },
  },
  {
    name: 'an external id that the trust asks for has to be given',
    run: async (at) => {
      const keys = await userWithKey(at, MAY_ASSUME);
      const document = trust({ AWS: `arn:aws:iam::${at.account}:root` }, { StringEquals: { 'sts:ExternalId': 'id-1' } });
      await at.other.iam.createRole({ RoleName, AssumeRolePolicyDocument: document });
      return [
        await outcome(assume(at, keys, at.other.account)),
        await outcome(assume(at, keys, at.other.account, { ExternalId: 'id-2' })),
        await outcome(assume(at, keys, at.other.account, { ExternalId: 'id-1' })),
      ];
    },
    is: ['AccessDenied 403', 'AccessDenied 403', 'ok'],
    differs: { moto: ['ok', 'ok', 'ok'], why: NOT_ENFORCED, doc: CROSS_ACCOUNT },
  },
  {
    name: 'an IAM call that no policy allows is AccessDenied',
    run: async (at) => {
      const keys = await userWithKey(at, allow('iam:GetUser', '*'));
      const { iam } = at.as(keys);
      return [await outcome(iam.getUser({ UserName: 'workflow' })), await outcome(iam.listUserPolicies({ UserName: 'workflow' }))];
    },
    is: ['ok', 'AccessDenied 403'],
    differs: { moto: ['ok', 'ok'], why: NOT_ENFORCED, doc: CROSS_ACCOUNT },
  },
  {
    name: 'a key that is unknown or inactive is InvalidClientTokenId',
    run: async (at) => {
      const keys = await userWithKey(at);
      await at.iam.updateAccessKey({ UserName: 'workflow', AccessKeyId: keys.accessKeyId, Status: 'Inactive' });
      const unknown = { accessKeyId: 'AKIAAAAAAAAAAAAAAAAA', secretAccessKey: 'x' };
      return [await outcome(at.as(unknown).sts.getCallerIdentity({})), await outcome(at.as(keys).sts.getCallerIdentity({}))];
    },
    is: ['InvalidClientTokenId 403', 'InvalidClientTokenId 403'],
    differs: {
      moto: ['ok', 'ok'],
      why: 'moto takes any key',
      doc: 'https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html',
    },
  },
  {
    name: 'a session lasts no longer than its role allows, and an hour when a role assumes a role',
    run: async (at) => {
      const keys = await userWithKey(at, MAY_ASSUME);
      const root = trust({ AWS: `arn:aws:iam::${at.account}:root` });
      await at.iam.createRole({ RoleName, AssumeRolePolicyDocument: root });
      await at.iam.putRolePolicy({ RoleName, PolicyName: 'p', PolicyDocument: MAY_ASSUME });
      await at.other.iam.createRole({ RoleName, AssumeRolePolicyDocument: root, MaxSessionDuration: 43_200 });
      const chained = await session(at, keys, at.account);
      return [
        await outcome(assume(at, keys, at.account, { DurationSeconds: 899 })),
        await outcome(assume(at, keys, at.account, { DurationSeconds: 3_601 })),
        await outcome(assume(at, keys, at.other.account, { DurationSeconds: 43_200 })),
        await outcome(assume(at, chained, at.other.account, { DurationSeconds: 3_601 })),
        await outcome(assume(at, chained, at.other.account, { DurationSeconds: 3_600 })),
      ];
    },
    is: ['ValidationError 400', 'ValidationError 400', 'ok', 'ValidationError 400', 'ok'],
    differs: {
      moto: Array(5).fill('ok'),
      why: 'moto takes any duration',
      doc: 'https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html',
    },
  },
  {
    name: 'a session name has from 2 to 64 characters of a small alphabet',
    run: async (at) => {
      const keys = await userWithKey(at, MAY_ASSUME);
      await at.other.iam.createRole({ RoleName, AssumeRolePolicyDocument: trust({ AWS: `arn:aws:iam::${at.account}:root` }) });
      const named = (RoleSessionName: string) => outcome(assume(at, keys, at.other.account, { RoleSessionName }));
      return [await named('a'), await named('a'.repeat(64)), await named('a'.repeat(65)), await named('a b')];
    },
    is: ['ValidationError 400', 'ok', 'ValidationError 400', 'ValidationError 400'],
    differs: {
      moto: ['ok', 'ok', 'ValidationError 400', 'ok'],
      why: 'moto looks at the longest length alone',
      doc: 'https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html',
    },
  },
];
